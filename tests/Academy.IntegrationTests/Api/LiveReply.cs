using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

/// <summary>One server-sent event as it came over the wire.</summary>
internal sealed record LiveEvent(long Id, string Name, JsonNode Data);

/// <summary>A connection on which a reply comes in.</summary>
internal sealed class LiveReply : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly SseParser<string> _parser;

    private LiveReply(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _parser = SseParser.Create(stream);
        _items = _parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();
    }

    /// <summary>Asks a question.</summary>
    public static async Task<LiveReply> Ask(Someone student, Guid conversation, string text, string? key = null) =>
        await Open(await student.Client.Send(HttpMethod.Post, $"conversations/{conversation}/messages", new { text }, key is null ? [] : [("Idempotency-Key", key)]));

    /// <summary>Goes on with the reply after an event.</summary>
    public static async Task<LiveReply> Follow(HttpClient client, Guid conversation, long? after) =>
        await Open(await client.Send(HttpMethod.Get, $"conversations/{conversation}/events", null, after is { } id ? [("Last-Event-ID", $"{id}")] : []));

    /// <summary>The next event; null at the end.</summary>
    public async Task<LiveEvent?> Next() => await _items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60))
        ? new LiveEvent(long.Parse(_parser.LastEventId, System.Globalization.CultureInfo.InvariantCulture), _items.Current.EventType, JsonNode.Parse(_items.Current.Data)!)
        : null;

    public async Task<List<LiveEvent>> Rest()
    {
        var all = new List<LiveEvent>();
        while (await Next() is { } one)
        {
            all.Add(one);
        }

        return all;
    }

    public ValueTask DisposeAsync()
    {
        // Hangs up, even in the middle of a read.
        _response.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<LiveReply> Open(HttpResponseMessage response)
    {
        ((int)response.StatusCode).ShouldBe(200, response.IsSuccessStatusCode ? null : await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new LiveReply(response, await response.Content.ReadAsStreamAsync());
    }
}
