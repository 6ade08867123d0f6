using Academy.Features.Mastering;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Skills;

/// <param name="Mine">Whether it is the visitor's own.</param>
public sealed record SkillsModel(SkillMap Map, bool Mine);

internal static class SkillPages
{
    public static Task<IResult> Mine(Visitor visitor, CancellationToken ct) => Of(visitor, "me", ct);

    public static Task<IResult> Learner(Visitor visitor, Guid learnerId, CancellationToken ct) => Of(visitor, learnerId.ToString(), ct);

    private static async Task<IResult> Of(Visitor visitor, string learner, CancellationToken ct)
    {
        var map = await visitor.Ask(new GetSkillMap(learner), ct);
        return visitor.Show<SkillsPage, SkillsModel>(() => new(map!, map!.LearnerId == visitor.Me!.Id));
    }
}
