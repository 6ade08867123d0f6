using Academy.Domain;
using Academy.Domain.Conversations;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Asking_the_assistant
{
    private static readonly Guid First = Guid.Parse("0193a1b2-0000-7000-8000-00000000d004");
    private static readonly Guid Second = Guid.Parse("0193a1b2-0000-7000-8000-00000000e005");
    private static readonly Conversation Silent = Given<Conversation>(new ConversationStarted(Thing, Ann, null, Ben, "ai-app", Noon));
    private static readonly Conversation Asked = Silent.And(new QuestionAsked(First, Secret("why?"), Noon));
    private static readonly Conversation Begun = Asked.And(new ReplyBegun(First, Noon));

    [Fact]
    public void is_recorded_with_the_words_sealed() => Silent.Ask(First, Secret("why?"), Later).ShouldRecord(new QuestionAsked(First, Secret("why?"), Later));

    [Fact]
    public void is_refused_while_it_answers() => Asked.Ask(Second, Secret("and?"), Later).ShouldBeRefused(RefusalKind.Conflict, "conversation.busy");

    [Fact]
    public void gives_the_reply_one_writer()
    {
        Asked.Begin(First, Later).ShouldRecord(new ReplyBegun(First, Later));
        Begun.Begin(First, Later).ShouldBeRefused(RefusalKind.Conflict, "reply.begun");
    }

    [Fact]
    public void records_pieces_in_their_order() => Begun.Write(First, [("text", Secret("a")), ("text", Secret("b"))], Later)
        .ShouldRecord(new ReplyPieceWritten(First, "text", Secret("a"), Later), new ReplyPieceWritten(First, "text", Secret("b"), Later));

    [Fact]
    public void frees_the_conversation_when_the_reply_is_finished_or_failed()
    {
        Begun.Then(Begun.Finish(First, Later)).Open.ShouldBeNull();
        Begun.Then(Begun.Fail(First, "reply.timeout", "It took too long.", Later)).Ask(Second, Secret("again?"), Later).Refusal.ShouldBeNull();
    }

    [Fact]
    public void can_be_taken_back()
    {
        Begun.Cancel(Later).ShouldRecord(new ReplyCancelled(First, Later));
        Silent.Cancel(Later).ShouldChangeNothing();
    }

    [Fact]
    public void lets_nobody_write_to_a_reply_that_is_closed()
    {
        var cancelled = Begun.And(new ReplyCancelled(First, Noon));
        cancelled.Write(First, [("text", Secret("late"))], Later).ShouldBeRefused(RefusalKind.Conflict, "reply.closed");
        cancelled.Finish(First, Later).ShouldBeRefused(RefusalKind.Conflict, "reply.closed");
        cancelled.Begin(First, Later).ShouldBeRefused(RefusalKind.Conflict, "reply.closed");
    }

    [Fact]
    public void lets_nobody_write_to_another_question()
    {
        var next = Begun.And(new ReplyFinished(First, Noon), new QuestionAsked(Second, Secret("and?"), Noon));
        next.Write(First, [("text", Secret("late"))], Later).ShouldBeRefused(RefusalKind.Conflict, "reply.closed");
        next.Begin(Second, Later).Refusal.ShouldBeNull();
    }

    [Fact]
    public void ends_a_reply_that_fell_silent_and_no_other()
    {
        var silence = TimeSpan.FromMinutes(5);
        Begun.EndInterrupted(silence, Noon + silence).Events.ShouldHaveSingleItem().ShouldBeOfType<ReplyFailed>().Code.ShouldBe("reply.interrupted");
        Begun.And(new ReplyPieceWritten(First, "text", Secret("…"), Later)).EndInterrupted(silence, Noon + silence).ShouldChangeNothing();
        Silent.EndInterrupted(silence, Noon.AddDays(1)).ShouldChangeNothing();
    }
}
