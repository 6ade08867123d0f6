using Academy.Domain;
using Academy.Domain.Environments;
using CsCheck;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Having_an_environment
{
    private static readonly DateTimeOffset Evening = Noon.AddHours(8);
    private static readonly ExtensionPolicy Policy = new(2, 4);
    private static readonly EnvironmentRequested Requested = new(Thing, Ben, Ann, Ben, "deploy-ai-app", 1, "lab-b002", Evening, Noon);
    private static readonly EnvironmentProvisioned Provisioned = new(["Namespace/lab-b002"], Evening, Noon);

    private static AttemptEnvironment Fresh => Given<AttemptEnvironment>(Requested);

    private static AttemptEnvironment Ready => Fresh.And(Provisioned);

    [Fact]
    public void is_requested_once_and_again_only_when_nothing_of_the_last_one_is_left()
    {
        EnvironmentDecisions.Request(null, Requested).ShouldRecord(Requested);
        EnvironmentDecisions.Request(Fresh, Requested).ShouldBeRefused(RefusalKind.Conflict, "environment.exists");
        var ending = Ready.Then(Ready.End("enough", Ann, Later));
        EnvironmentDecisions.Request(ending, Requested).ShouldBeRefused(RefusalKind.Conflict, "environment.exists");
        var gone = ending.Then(ending.Gone(Later));
        gone.Then(EnvironmentDecisions.Request(gone, Requested)).Status.ShouldBe(EnvironmentStatus.Requested);
    }

    [Fact]
    public void is_ready_once_made_and_not_made_twice()
    {
        Fresh.Provisioned(Provisioned.Made, Evening, Noon).ShouldRecord(Provisioned);
        Ready.Provisioned(Provisioned.Made, Evening, Noon).ShouldChangeNothing();
    }

    [Fact]
    public void that_was_ended_while_it_was_made_stays_ended()
    {
        var ended = Fresh.Then(Fresh.End("no more", Ann, Later));
        ended.Provisioned(Provisioned.Made, Evening, Later).ShouldChangeNothing();
        ended.Fail("environment.refused", "no", Later).ShouldChangeNothing();
        ended.Gone(Later).ShouldRecord(new EnvironmentRemoved(Later));
    }

    [Fact]
    public void is_tried_again_after_waits_that_double_and_given_up_in_the_end()
    {
        var state = Fresh;
        var waits = new List<double>();
        for (var i = 1; i < 12; i++)
        {
            state = state.Then(state.Delay("cluster.timeout", "slow", 12, Noon));
            waits.Add((state.NextTry!.Value - Noon).TotalSeconds);
        }

        waits.ShouldBe([5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800]);
        state.Delay("cluster.timeout", "slow", 12, Noon).ShouldRecord(new EnvironmentFailed("cluster.timeout", "slow", Noon));
        var failed = state.And(new EnvironmentFailed("cluster.timeout", "slow", Noon));
        failed.Gone(Later).ShouldRecord(new EnvironmentRemoved(Later));
        failed.And(new EnvironmentRemoved(Later)).Status.ShouldBe(EnvironmentStatus.Failed, "that it failed is still to be seen");
    }

    [Fact]
    public void is_removed_however_often_that_fails()
    {
        var ending = Ready.Then(Ready.End("enough", Ann, Later));
        for (var i = 0; i < 200; i++)
        {
            ending = ending.Then(ending.Delay("cluster.unreachable", "away", 3, Later));
        }

        ending.Status.ShouldBe(EnvironmentStatus.Ending);
        ending.Gone(Later).ShouldRecord(new EnvironmentRemoved(Later));
    }

    [Fact]
    public void is_extended_a_few_times_by_a_few_hours()
    {
        Ready.Extend(4, Policy, Ann, Later).ShouldRecord(new EnvironmentExtended(4, Evening.AddHours(4), Ann, Later));
        Ready.Extend(5, Policy, Ann, Later).ShouldBeRefused(RefusalKind.Invalid, "environment.extension-too-long");
        Ready.Extend(0, Policy, Ann, Later).ShouldBeRefused(RefusalKind.Invalid, "environment.extension-too-long");
        Ready.Extend(1, Policy, Ann, Evening).ShouldBeRefused(RefusalKind.Conflict, "environment.ended");
        var twice = Ready.Then(Ready.Extend(1, Policy, Ann, Later));
        twice = twice.Then(twice.Extend(1, Policy, Ann, Later));
        twice.ExpiresAt.ShouldBe(Evening.AddHours(2));
        twice.MarkedExpiry.ShouldBe(Evening, "the namespace does not tell it yet");
        twice.Extend(1, Policy, Ann, Later).ShouldBeRefused(RefusalKind.Conflict, "environment.extensions-used-up");
    }

    [Fact]
    public void sleeps_and_wakes_and_minds_what_was_wished_last()
    {
        Fresh.Sleep(Ann, Later).ShouldBeRefused(RefusalKind.Conflict, "environment.not-ready");
        var falling = Ready.Then(Ready.Sleep(Ann, Later));
        falling.Sleep(Ann, Later).ShouldChangeNothing();
        var waking = falling.Then(falling.Wake(Ann, Later));
        waking.Slept(["Deployment/x"], Later).ShouldChangeNothing();
        waking.Then(waking.Woken(["Deployment/x"], Later)).Status.ShouldBe(EnvironmentStatus.Ready);
        var asleep = falling.Then(falling.Slept([], Later));
        asleep.Status.ShouldBe(EnvironmentStatus.Asleep);
        asleep.Woken([], Later).ShouldChangeNothing();
    }

    [Fact]
    public void announces_its_end_once_and_then_expires()
    {
        var hour = TimeSpan.FromHours(1);
        Ready.Warn(hour, Evening.AddHours(-2)).ShouldChangeNothing();
        Ready.Warn(hour, Evening.AddMinutes(-59)).ShouldRecord(new EnvironmentExpiryWarned(Evening.AddMinutes(-59)));
        Ready.And(new EnvironmentExpiryWarned(Later)).Warn(hour, Evening.AddMinutes(-1)).ShouldChangeNothing();
        Ready.Expire(Evening.AddSeconds(-1)).ShouldChangeNothing();
        Ready.Expire(Evening).ShouldRecord(new EnvironmentExpired(Evening));
        Ready.And(new EnvironmentExpired(Evening)).Expire(Evening).ShouldChangeNothing();
    }

    [Fact]
    public void gives_credentials_only_while_it_can_be_worked_in()
    {
        Fresh.Issue(Evening, Later).ShouldBeRefused(RefusalKind.Conflict, "environment.not-ready");
        Ready.Issue(Evening, Later).ShouldRecord(new EnvironmentKubeconfigIssued(Evening, Later));
        Ready.Issue(Evening, Evening).ShouldBeRefused(RefusalKind.Conflict, "environment.ended");
    }

    /// <summary>Whatever is asked and whatever the jobs report, in any order.</summary>
    [Fact]
    public void is_always_removed_in_the_end_and_never_before_it_has_ended()
    {
        Func<AttemptEnvironment, Decision>[] moves =
        [
            e => e.Provisioned(["Namespace/x"], e.ExpiresAt, Later), e => e.Delay("cluster.timeout", "slow", 3, Later), e => e.Fail("environment.manifest", "bad", Later),
            e => e.Extend(1, Policy, Ann, Later), e => e.Sleep(Ann, Later), e => e.Slept([], Later), e => e.Wake(Ann, Later), e => e.Woken([], Later),
            e => e.Warn(TimeSpan.FromHours(1), Later), e => e.Expire(Evening.AddHours(9)), e => e.End("enough", Ann, Later), e => e.Marked(e.ExpiresAt, Later), e => e.Gone(Later),
        ];
        Gen.Int[0, moves.Length - 1].Array[0, 40].Sample(chosen =>
        {
            var state = Fresh;
            foreach (var move in chosen)
            {
                var decision = moves[move](state);
                if (decision.Events.OfType<EnvironmentRemoved>().Any())
                {
                    state.Status.ShouldBeOneOf(EnvironmentStatus.Ending, EnvironmentStatus.Failed);
                }

                var version = state.Version;
                state = state.And(decision.Events);
                (state.Version - version).ShouldBe(decision.Events.Count);
            }

            state = state.And(state.Expire(Evening.AddHours(99)).Events);
            state = state.And(state.Gone(Later).Events);
            state.Remains.ShouldBeFalse();
        });
    }
}
