using Academy.Domain;
using Academy.Domain.Attempts;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Attempting_a_lab
{
    private const int AllHints = 5;
    private static readonly AttemptStarted Began = new(Thing, Ann, "deploy-ai-app", 1, Ben, "ai-app", ["image", "service"], 3, Noon);

    [Fact]
    public void a_check_that_fails_is_recorded_with_what_was_seen()
    {
        var seen = new[] { Seen("image", false), Seen("service", false) };
        Given<Attempt>(Began).Check(seen, Later).ShouldRecord(new WorkChecked(seen, Later));
    }

    [Fact]
    public void a_step_that_passes_is_completed()
    {
        var seen = new[] { Seen("image", true), Seen("service", false) };
        Given<Attempt>(Began).Check(seen, Later).ShouldRecord(new WorkChecked(seen, Later), new StepCompleted("image", Later));
    }

    [Fact]
    public void a_completed_step_is_completed_once_and_stays_so()
    {
        var done = Given<Attempt>(Began, new StepCompleted("image", Noon));
        var broken = new[] { Seen("image", false), Seen("service", false) };
        var after = done.Then(done.Check(broken, Later));
        after.Completed.ShouldBe(["image"]);
        after.Check([Seen("image", true)], Later).Events.OfType<StepCompleted>().ShouldBeEmpty();
    }

    [Fact]
    public void the_last_step_completes_the_lab()
    {
        var seen = new[] { Seen("service", true) };
        var last = Given<Attempt>(Began, new StepCompleted("image", Noon)).Check(seen, Later);
        last.ShouldRecord(new WorkChecked(seen, Later), new StepCompleted("service", Later), new LabCompleted(Later));
    }

    [Fact]
    public void a_step_that_the_attempt_does_not_know_counts_for_nothing() =>
        Given<Attempt>(Began).Check([Seen("added-by-the-author-today", true)], Later).Events.ShouldHaveSingleItem().ShouldBeOfType<WorkChecked>();

    [Fact]
    public void hints_come_one_rung_after_the_other()
    {
        var attempt = Given<Attempt>(Began);
        attempt.TakeHint("image", AllHints, Later).ShouldRecord(new HintTaken("image", 1, Later));
        attempt.And(new HintTaken("image", 1, Noon)).TakeHint("image", AllHints, Later).ShouldRecord(new HintTaken("image", 2, Later));
    }

    [Fact]
    public void hints_of_one_step_leave_the_other_steps_alone() =>
        Given<Attempt>(Began, new HintTaken("image", 1, Noon)).TakeHint("service", AllHints, Later).ShouldRecord(new HintTaken("service", 1, Later));

    [Fact]
    public void hints_end_where_the_lab_says_so() =>
        Given<Attempt>(Began, new HintTaken("image", 3, Noon)).TakeHint("image", AllHints, Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.no-more-hints");

    [Fact]
    public void hints_end_where_the_author_wrote_no_more() =>
        Given<Attempt>(Began).TakeHint("image", 0, Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.no-more-hints");

    [Fact]
    public void there_is_no_hint_for_a_step_that_is_done() =>
        Given<Attempt>(Began, new StepCompleted("image", Noon)).TakeHint("image", AllHints, Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.step-completed");

    [Fact]
    public void there_is_no_hint_for_a_step_that_is_not_there() =>
        Given<Attempt>(Began).TakeHint("cake", AllHints, Later).ShouldBeRefused(RefusalKind.NotFound, "attempt.no-such-step");

    [Fact]
    public void can_be_given_up() => Given<Attempt>(Began).Abandon(Later).ShouldRecord(new AttemptAbandoned(Later));

    [Fact]
    public void expires_when_it_has_lain_untouched() =>
        Given<Attempt>(Began).Expire(TimeSpan.FromDays(7), Noon.AddDays(7)).ShouldRecord(new AttemptExpired(Noon.AddDays(7)));

    [Fact]
    public void does_not_expire_a_moment_too_early() => Given<Attempt>(Began).Expire(TimeSpan.FromDays(7), Noon.AddDays(7).AddTicks(-1)).ShouldChangeNothing();

    [Fact]
    public void is_kept_alive_by_a_check_and_by_a_hint()
    {
        var day6 = Noon.AddDays(6);
        Given<Attempt>(Began, new WorkChecked([], day6)).Expire(TimeSpan.FromDays(7), Noon.AddDays(7)).ShouldChangeNothing();
        Given<Attempt>(Began, new HintTaken("image", 1, day6)).Expire(TimeSpan.FromDays(7), Noon.AddDays(7)).ShouldChangeNothing();
    }

    [Fact]
    public void is_closed_once_it_has_ended()
    {
        foreach (var end in new object[] { new LabCompleted(Noon), new AttemptAbandoned(Noon), new AttemptExpired(Noon) })
        {
            var over = Given<Attempt>(Began, end);
            over.Check([Seen("image", true)], Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.closed");
            over.TakeHint("image", AllHints, Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.closed");
            over.Abandon(Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.closed");
            over.Expire(TimeSpan.FromDays(7), Noon.AddYears(1)).ShouldChangeNothing();
        }
    }

    private static StepObservation Seen(string step, bool passed) =>
        new(step, passed, [new CheckObservation("c1", "A check", passed, passed ? 2 : 0, 2, passed ? "as it should be" : "replicas is 0")]);
}
