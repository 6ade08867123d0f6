using Academy.Domain.Catalogues;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Reloading_the_curriculum
{
    private static readonly CurriculumReloaded First = new(Thing, "aaaa", ["lab/deploy-ai-app"], Ann, Noon);

    [Fact]
    public void is_recorded_with_what_changed() => CurriculumHistory.Reload(null, Thing, "aaaa", ["lab/deploy-ai-app"], Ann, Noon).ShouldRecord(First);

    [Fact]
    public void changes_nothing_where_the_content_is_the_same() =>
        CurriculumHistory.Reload(Given<CurriculumHistory>(First), Thing, "aaaa", [], Ann, Later).ShouldChangeNothing();

    [Fact]
    public void is_recorded_each_time_the_content_differs()
    {
        var history = Given<CurriculumHistory>(First);
        CurriculumHistory.Reload(history, Thing, "bbbb", ["quiz/c/t"], Ben, Later).ShouldRecord(new CurriculumReloaded(Thing, "bbbb", ["quiz/c/t"], Ben, Later));
    }
}
