using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Academy.IntegrationTests.Agent;

/// <summary>A server that speaks the chat completions protocol with streaming, and does in each round what a test has written down.</summary>
internal sealed class StubModel : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _rounds = new();
    private readonly WebApplication _app;
    private Func<HttpContext, Task>? _always;

    private StubModel(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>The requests as they came, oldest first.</summary>
    public ConcurrentQueue<(string Path, string? Key, JsonNode Body)> Requests { get; } = new();

    public static async Task<StubModel> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubModel(app);
        app.Run(stub.Serve);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>The next round does this.</summary>
    public StubModel Then(Func<HttpContext, Task> round)
    {
        _rounds.Enqueue(round);
        return this;
    }

    /// <summary>Every round for which nothing else is written down does this.</summary>
    public StubModel Always(Func<HttpContext, Task> round)
    {
        _always = round;
        return this;
    }

    public StubModel Says(params string[] parts) => Then(http => Stream(http, [.. parts.Select(Text), Finish("stop")]));

    /// <summary>Calls a tool; its arguments arrive in the pieces given.</summary>
    public StubModel Calls(string tool, params string[] argumentPieces) => Then(http => CallTool(http, tool, argumentPieces));

    public static Task CallTool(HttpContext http, string tool, params string[] argumentPieces) => Stream(http,
        [
            Delta(new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = Call(("id", "call_1"), ("name", tool), ("arguments", "")) }),
            .. argumentPieces.Select(p => Delta(new JsonObject { ["tool_calls"] = Call(("arguments", p)) })),
            Finish("tool_calls"),
        ]);

    public static async Task Stream(HttpContext http, params string[] chunks)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var chunk in chunks.Append("[DONE]"))
        {
            await http.Response.WriteAsync($"data: {chunk}\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    public static string Text(string text) => Delta(new JsonObject { ["content"] = text });

    private static string Finish(string reason) => Chunk(new JsonObject(), reason);

    private static string Delta(JsonObject delta) => Chunk(delta, null);

    private static string Chunk(JsonObject delta, string? finish) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_700_000_000,
        ["model"] = "stub",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
    }.ToJsonString();

    private static JsonArray Call(params (string Key, string Value)[] parts)
    {
        var function = new JsonObject();
        var call = new JsonObject { ["index"] = 0 };
        foreach (var (key, value) in parts)
        {
            if (key == "id")
            {
                call["id"] = value;
                call["type"] = "function";
            }
            else
            {
                function[key] = value;
            }
        }

        call["function"] = function;
        return new JsonArray(call);
    }

    private async Task Serve(HttpContext http)
    {
        var key = http.Request.Headers.Authorization.Count > 0 ? http.Request.Headers.Authorization.ToString() : http.Request.Headers["api-key"].ToString();
        Requests.Enqueue((http.Request.Path + http.Request.QueryString.Value, key, (await JsonSerializer.DeserializeAsync<JsonNode>(http.Request.Body, cancellationToken: http.RequestAborted))!));
        await (_rounds.TryDequeue(out var round) ? round(http) : _always?.Invoke(http) ?? Stream(http, Text("Nothing was written down for this round."), Finish("stop")));
    }
}
