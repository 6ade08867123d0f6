using System.Reflection;
using Academy.Domain;
using Academy.Domain.Attempts;
using Academy.Domain.Conversations;
using Academy.Domain.Mentorships;
using Academy.Tests.Events;
using CsCheck;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

/// <summary>Invariants under any sequence of commands or events.</summary>
public sealed class Whatever_happens
{
    private static readonly string[] Steps = ["image", "service", "limits"];
    private static readonly Guid[] People = [Ann, Ben, Guid.Parse("0193a1b2-0000-7000-8000-00000000f006")];

    [Fact]
    public void a_completed_step_never_opens_again_and_hints_climb_one_by_one()
    {
        var check = Gen.Bool.Array[3].Select(passed => (Func<Attempt, Decision>)(a =>
            a.Check([.. Steps.Zip(passed, (s, p) => new StepObservation(s, p, []))], Later)));
        var hint = Gen.OneOf(Steps).Select(step => (Func<Attempt, Decision>)(a => a.TakeHint(step, 5, Later)));
        var end = Gen.OneOf<Func<Attempt, Decision>>(a => a.Abandon(Later), a => a.Expire(TimeSpan.FromDays(1), Noon.AddDays(2)));
        Gen.Frequency((6, check), (6, hint), (1, end)).Array[0, 30].Sample(commands =>
        {
            var attempt = Given<Attempt>(new AttemptStarted(Thing, Ann, "lab", 1, Ben, "ns", Steps, 3, Noon));
            foreach (var command in commands)
            {
                var before = attempt;
                attempt = Apply(attempt, command);
                attempt.Completed.IsSupersetOf(before.Completed).ShouldBeTrue();
                Steps.ShouldAllBe(s => attempt.NextRung(s) - before.NextRung(s) >= 0 && attempt.NextRung(s) - before.NextRung(s) <= 1 && attempt.NextRung(s) <= 4);
                (attempt.Status == AttemptStatus.Completed).ShouldBe(Steps.All(attempt.Completed.Contains));
                (before.Status != AttemptStatus.Active && attempt != before).ShouldBeFalse("what has ended does not move");
            }
        });
    }

    [Fact]
    public void a_question_has_one_writer_and_one_end()
    {
        var questions = Enumerable.Range(1, 4).Select(i => Guid.Parse($"0193a1b2-0000-7000-8000-{i:D12}")).ToArray();
        var command = Gen.Select(Gen.OneOf(questions), Gen.Int[0, 5]).Select((q, what) => (Func<Conversation, Decision>)(c => what switch
        {
            0 => c.Ask(q, Secret("?"), Later),
            1 => c.Begin(q, Later),
            2 => c.Write(q, [("text", Secret("…"))], Later),
            3 => c.Finish(q, Later),
            4 => c.Cancel(Later),
            _ => c.Fail(q, "reply.failed", "Trouble.", Later),
        }));
        command.Array[0, 40].Sample(commands =>
        {
            var conversation = Given<Conversation>(new ConversationStarted(Thing, Ann, null, null, null, Noon));
            var (asked, begun, ended) = (0, 0, 0);
            foreach (var decide in commands)
            {
                var events = decide(conversation).Events;
                asked += events.OfType<QuestionAsked>().Count();
                begun += events.OfType<ReplyBegun>().Count();
                ended += events.Count(e => e is ReplyFinished or ReplyFailed or ReplyCancelled);
                conversation = conversation.And(events);
                begun.ShouldBeLessThanOrEqualTo(asked);
                (asked - ended).ShouldBe(conversation.Open is null ? 0 : 1);
            }
        });
    }

    [Fact]
    public void a_mentorship_has_one_mentor_at_most()
    {
        var command = Gen.Select(Gen.OneOf(People), Gen.Bool).Select((who, claim) =>
            (Func<Mentorship, Decision>)(m => claim ? m.Claim(who, Later) : m.End(who, Later)));
        command.Array[0, 20].Sample(commands =>
        {
            var mentorship = Given<Mentorship>(new MentorshipRequested(Thing, Ann, Secret("?"), Noon));
            foreach (var decide in commands)
            {
                var before = mentorship;
                mentorship = Apply(mentorship, decide);
                (before.MentorId is not null && mentorship.MentorId != before.MentorId).ShouldBeFalse();
                mentorship.MentorId.ShouldNotBe(Ann);
                (before.Ended && mentorship != before).ShouldBeFalse("what has ended does not move");
            }
        });
    }

    /// <summary>Events of all streams in any order: a state is made or stays as it is, and nothing throws.</summary>
    [Fact]
    public void every_fold_takes_every_event()
    {
        var events = Samples.EventTypes.Select(Samples.Load).ToArray();
        var folds = StreamTypes().Select(t => t.GetMethod("Fold", BindingFlags.Public | BindingFlags.Static)!).ToArray();
        folds.Length.ShouldBeGreaterThanOrEqualTo(10);
        Gen.Select(Gen.OneOf(folds), Gen.OneOf(events).Array[0, 25]).Sample((fold, some) =>
        {
            object? state = null;
            foreach (var e in some)
            {
                var next = fold.Invoke(null, [state, e]);
                (state is not null && next is null).ShouldBeFalse($"{fold.DeclaringType!.Name} was lost by {e.GetType().Name}");
                state = next;
            }
        });
    }

    private static IEnumerable<Type> StreamTypes() =>
        typeof(Attempt).Assembly.GetTypes().Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>)));

    private static TState Apply<TState>(TState state, Func<TState, Decision> decide)
        where TState : class, IState<TState> =>
        state.And(decide(state).Events);
}
