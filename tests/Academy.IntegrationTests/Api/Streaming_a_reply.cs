using Academy.Features.Conversing;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.IntegrationTests.Api;

/// <summary>A server whose assistant the test leads.</summary>
public sealed class ScriptedAcademy : OwnAcademy
{
    public ScriptedAssistant Assistant { get; } = new();

    protected override ServerOptions Options => new(Services: s => s.AddSingleton<IAssistant>(Assistant));
}

public sealed class Streaming_a_reply(ScriptedAcademy own, PostgresFixture postgres) : IClassFixture<ScriptedAcademy>
{
    private static readonly ToolStarted Looks = new("1", "diagnosis.diagnose", "Looking");
    private static readonly ToolFinished Looked = new("1", "diagnosis.diagnose", true, "Two things are broken");

    [Fact]
    public async Task sends_the_pieces_in_order_with_growing_ids()
    {
        var (student, conversation, script) = await Conversation();
        await using var reply = await LiveReply.Ask(student, conversation, "Why?");
        foreach (var piece in new ReplyPiece[] { Looks, Looked, new HintGiven("image", 1, "What does the Pod say?"), new TextWritten("Look at the image.") })
        {
            await script.WriteAsync(piece, TestContext.Current.CancellationToken);
        }

        script.Complete();
        var events = await reply.Rest();
        events.Select(e => e.Name).ShouldBe(["tool-started", "tool-finished", "hint", "text", "done"]);
        events.Select(e => e.Id).ShouldBe(events.Select(e => e.Id).Distinct().Order());
        events[3].Data["text"]!.GetValue<string>().ShouldBe("Look at the image.");
        events[4].Data["outcome"]!.GetValue<string>().ShouldBe("done");
    }

    [Fact]
    public async Task goes_on_for_another_connection_with_the_rest_exactly_once()
    {
        var (student, conversation, script) = await Conversation();
        var seen = new List<LiveEvent>();
        await using (var first = await LiveReply.Ask(student, conversation, "Why?"))
        {
            script.TryWrite(Looks);
            script.TryWrite(Looked);
            seen.Add((await first.Next())!);
        }

        script.TryWrite(new HintGiven("image", 1, "…"));
        await using (var second = await LiveReply.Follow(student.Client, conversation, seen[^1].Id))
        {
            seen.Add((await second.Next())!);
            seen.Add((await second.Next())!);
        }

        script.TryWrite(new TextWritten("Done."));
        script.Complete();
        await using var third = await LiveReply.Follow(student.Client, conversation, seen[^1].Id);
        seen.AddRange(await third.Rest());
        seen.Select(e => e.Name).ShouldBe(["tool-started", "tool-finished", "hint", "text", "done"]);
        seen.Select(e => e.Id).ShouldBeUnique();

        await using var whole = await LiveReply.Follow(student.Client, conversation, 0);
        (await whole.Rest()).Select(e => e.Id).ShouldBe(seen.Select(e => e.Id));
        using var nothing = await student.Client.Send(HttpMethod.Get, $"conversations/{conversation}/events", null, ("Last-Event-ID", $"{seen[^1].Id}"));
        ((int)nothing.StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task goes_on_when_the_student_hangs_up()
    {
        var (student, conversation, script) = await Conversation();
        await using (await LiveReply.Ask(student, conversation, "Why?"))
        {
        }

        script.TryWrite(Looks);
        script.TryWrite(new TextWritten("All the same."));
        script.Complete();
        await using var later = await LiveReply.Follow(student.Client, conversation, 0);
        (await later.Rest()).Select(e => e.Name).ShouldBe(["tool-started", "text", "done"]);
        var history = await student.Get($"conversations/{conversation}");
        history["exchanges"]![0]!["outcome"]!.GetValue<string>().ShouldBe("done");
        history["busy"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task stops_when_the_student_cancels()
    {
        var (student, conversation, script) = await Conversation();
        await using var reply = await LiveReply.Ask(student, conversation, "Why?");
        script.TryWrite(Looks);
        await reply.Next();
        await student.Post($"conversations/{conversation}/cancel", new { });
        var end = await reply.Rest();
        end.ShouldHaveSingleItem().Data["outcome"]!.GetValue<string>().ShouldBe("cancelled");
        await own.Assistant.Stopped(conversation).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        (await student.Get($"conversations/{conversation}"))["exchanges"]![0]!["outcome"]!.GetValue<string>().ShouldBe("cancelled");
    }

    [Fact]
    public async Task takes_one_question_at_a_time()
    {
        var (student, conversation, script) = await Conversation();
        await using var reply = await LiveReply.Ask(student, conversation, "Why?");
        using var second = await student.Client.Send(HttpMethod.Post, $"conversations/{conversation}/messages", new { text = "And?" });
        await second.ShouldBeProblem(409, "conversation.busy");
        script.Complete();
        (await reply.Rest()).Select(e => e.Name).ShouldBe(["done"]);
        await using var next = await LiveReply.Ask(student, conversation, "And?");
        (await next.Rest()).Select(e => e.Name).ShouldBe(["done"]);
    }

    [Fact]
    public async Task answers_a_question_once_that_was_sent_twice()
    {
        var (student, conversation, script) = await Conversation();
        var before = own.Assistant.Asked;
        await using var first = await LiveReply.Ask(student, conversation, "Why?", "q1");
        await using var second = await LiveReply.Ask(student, conversation, "Why?", "q1");
        script.TryWrite(Looks);
        script.Complete();
        var events = await first.Rest();
        (await second.Rest()).Select(e => (e.Id, e.Name)).ShouldBe(events.Select(e => (e.Id, e.Name)));
        (own.Assistant.Asked - before).ShouldBe(1);
        (await student.Get($"conversations/{conversation}"))["exchanges"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task says_so_when_the_assistant_breaks_down_and_keeps_what_was_said()
    {
        var (student, conversation, script) = await Conversation();
        await using var reply = await LiveReply.Ask(student, conversation, "Why?");
        script.TryWrite(new TextWritten("So far"));
        script.Complete(new InvalidOperationException("secret of the house"));
        var events = await reply.Rest();
        events.Select(e => e.Name).ShouldBe(["text", "error"]);
        events[1].Data["code"]!.GetValue<string>().ShouldBe("reply.failed");
        events[1].Data.ToJsonString().ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task refuses_an_event_id_that_was_never_given(string last)
    {
        var (student, conversation, _) = await Conversation();
        using var response = await student.Client.Send(HttpMethod.Get, $"conversations/{conversation}/events", null, ("Last-Event-ID", last));
        await response.ShouldBeProblem(400, "stream.last-event-id");
    }

    [Theory]
    [InlineData("9223372036854775806", 204)]
    [InlineData("9223372036854775807", 400)]
    [InlineData("-5", 400)]
    public async Task takes_only_numbers_that_a_place_can_have(string after, int status)
    {
        var (student, conversation, _) = await Conversation();
        using var response = await student.Client.Send(HttpMethod.Get, $"conversations/{conversation}/events?after={after}");
        ((int)response.StatusCode).ShouldBe(status);
    }

    /// <summary>Replicas behind a load balancer: the reply is written by one and followed on another.</summary>
    [Fact]
    public async Task goes_on_at_another_server_on_the_same_database()
    {
        var (student, conversation, script) = await Conversation();
        await using var replica = await AcademyServer.Start(postgres, new ServerOptions(ConnectionString: student.Server.ConnectionString));
        await using var here = await LiveReply.Ask(student, conversation, "Why?");
        script.TryWrite(Looks);
        var first = (await here.Next())!;
        using var elsewhere = replica.WithToken(student.Token);
        await using var there = await LiveReply.Follow(elsewhere, conversation, first.Id);
        script.TryWrite(Looked);
        (await there.Next())!.Name.ShouldBe("tool-finished");
        script.TryWrite(new TextWritten("Done."));
        script.Complete();
        (await there.Rest()).Select(e => e.Name).ShouldBe(["text", "done"]);

        using var cancel = await elsewhere.Send(HttpMethod.Post, $"conversations/{conversation}/cancel");
        ((int)cancel.StatusCode).ShouldBe(204, "there is nothing left to cancel, and that is no mistake");
    }

    private async Task<(Someone Student, Guid Conversation, System.Threading.Channels.ChannelWriter<ReplyPiece> Script)> Conversation()
    {
        var student = await (await own.Server(postgres)).Student();
        var conversation = await student.StartsConversation();
        return (student, conversation, own.Assistant.In(conversation));
    }
}
