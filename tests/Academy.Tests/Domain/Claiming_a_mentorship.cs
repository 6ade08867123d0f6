using Academy.Domain;
using Academy.Domain.Mentorships;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Claiming_a_mentorship
{
    private static readonly Guid Cleo = Guid.Parse("0193a1b2-0000-7000-8000-00000000f006");
    private static readonly Mentorship Requested = Given<Mentorship>(new MentorshipRequested(Thing, Ann, Secret("Services"), Noon));
    private static readonly Mentorship Taken = Requested.And(new MentorshipClaimed(Ben, Noon));

    [Fact]
    public void is_recorded() => Requested.Claim(Ben, Later).ShouldRecord(new MentorshipClaimed(Ben, Later));

    [Fact]
    public void is_refused_once_taken() => Taken.Claim(Cleo, Later).ShouldBeRefused(RefusalKind.Conflict, "mentorship.taken");

    [Fact]
    public void changes_nothing_for_who_holds_it() => Taken.Claim(Ben, Later).ShouldChangeNothing();

    [Fact]
    public void is_refused_to_the_student() => Requested.Claim(Ann, Later).ShouldBeRefused(RefusalKind.Forbidden, "mentorship.self");

    [Fact]
    public void is_refused_after_the_end() => Requested.And(new MentorshipEnded(Ann, Noon)).Claim(Ben, Later).ShouldBeRefused(RefusalKind.Conflict, "mentorship.ended");

    [Fact]
    public void is_ended_by_the_student_or_the_mentor()
    {
        Taken.End(Ann, Later).ShouldRecord(new MentorshipEnded(Ann, Later));
        Taken.End(Ben, Later).ShouldRecord(new MentorshipEnded(Ben, Later));
    }

    [Fact]
    public void is_ended_by_nobody_else() => Taken.End(Cleo, Later).ShouldBeRefused(RefusalKind.Forbidden, "mentorship.not-yours");

    [Fact]
    public void is_ended_once() => Taken.And(new MentorshipEnded(Ann, Noon)).End(Ann, Later).ShouldBeRefused(RefusalKind.Conflict, "mentorship.ended");
}
