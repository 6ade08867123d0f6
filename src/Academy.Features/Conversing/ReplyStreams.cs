using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Academy.Features.Conversing;

/// <summary>Sends what is written to a conversation as server-sent events, until the reply ends. Ids are versions of the stream.</summary>
internal static class ReplyStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static async Task Send(HttpContext http, IDoor door, ConversationSignal signal, TimeProvider clock, Guid conversation, long after, CancellationToken ct)
    {
        var actor = http.Actor();
        var reader = new Actor(actor.Tenant, actor.Id, actor.Roles) { Scopes = actor.Scopes };
        var quiet = clock.GetTimestamp();
        while (!ct.IsCancellationRequested)
        {
            var next = signal.Next(conversation, ct);
            var reply = await door.Send(new ReadReply(conversation, after), reader, ct);
            if (reply.Value is not { Events: var events, Busy: var busy })
            {
                await (http.Response.HasStarted ? Task.CompletedTask : http.WriteProblem(reply.Refusal!));
                return;
            }

            if (!http.Response.HasStarted)
            {
                if (events.Count == 0 && !busy)
                {
                    // an EventSource takes this as the end and does not come back
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    return;
                }

                Open(http);
                await http.Response.WriteAsync(": open\n\n", ct);
            }

            foreach (var e in events)
            {
                await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {e.Version}\nevent: {e.Name}\ndata: {e.Data}\n\n"), ct);
                after = e.Version;
            }

            if (events.Count == 0 && clock.GetElapsedTime(quiet) > Heartbeat)
            {
                await http.Response.WriteAsync(": still here\n\n", ct);
                quiet = clock.GetTimestamp();
            }

            await http.Response.Body.FlushAsync(ct);
            if (!busy)
            {
                return;
            }

            await next;
        }
    }

    private static void Open(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
    }
}

internal sealed class AskQuestionEndpoint(IDoor door, ReplyWriter writer, ConversationSignal signal, TimeProvider clock) : Endpoint<AskQuestion>
{
    public override void Configure()
    {
        Verbs("POST");
        Routes(DoorEndpoint<AskQuestion, AskedQuestion>.Prefix + "conversations/{conversationId}/messages");
        Summary(s => s.Summary = "Asks the assistant; the reply is streamed as server-sent events");
        Description(d => d.Produces<string>(200, "text/event-stream"));
    }

    public override async Task HandleAsync(AskQuestion req, CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        var asked = await door.Send(req, actor, ct);
        if (asked.Value is not { } question)
        {
            await HttpContext.WriteProblem(asked.Refusal!);
            return;
        }

        writer.Begin(question, actor, req.Text);
        await ReplyStream.Send(HttpContext, door, signal, clock, question.ConversationId, question.After, ct);
    }
}

/// <param name="ConversationId">Last-Event-ID, or <paramref name="After"/>, says where to go on.</param>
public sealed record FollowConversation(Guid ConversationId, long? After = null);

internal sealed class FollowConversationEndpoint(IDoor door, ConversationSignal signal, TimeProvider clock) : Endpoint<FollowConversation>
{
    public override void Configure()
    {
        Verbs("GET");
        Routes(DoorEndpoint<AskQuestion, AskedQuestion>.Prefix + "conversations/{conversationId}/events");
        Summary(s => s.Summary = "Goes on with the reply after Last-Event-ID, on any connection, until it ends");
        Description(d => d.Produces<string>(200, "text/event-stream"));
    }

    public override async Task HandleAsync(FollowConversation req, CancellationToken ct)
    {
        var header = HttpContext.Request.Headers["Last-Event-ID"].ToString();
        var last = req.After ?? 0;
        if (header.Length > 0 && !long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out last))
        {
            await HttpContext.WriteProblem(new Refusal(RefusalKind.Invalid, "stream.last-event-id", "Last-Event-ID is not one of this conversation's: send the id of the last event you got."));
            return;
        }

        await ReplyStream.Send(HttpContext, door, signal, clock, req.ConversationId, last, ct);
    }
}
