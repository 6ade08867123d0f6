using Academy.Agent;
using Academy.Agent.Modelling;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Academy.IntegrationTests.Agent;

/// <summary>The assistant as the program builds it, with a stub for the model and prepared answers behind the door.</summary>
internal sealed class StubSituation : IDoor
{
    public const string Key = "key-for-tests-0123456789";

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7(Noon);

    public List<object> Sent { get; } = [];

    public List<string> Logged { get; } = [];

    public Task<Result<T>> Send<T>(IRequest<Result<T>> request, IActor actor, CancellationToken ct)
    {
        Sent.Add(request);
        object? value = request switch
        {
            DiagnoseCluster => new DiagnosisReport(
                false,
                [
                    new("Deployment", "shop", "web", "image-not-found", 0.95, "It asks for an image that the registry does not have.",
                        [new("Pod/shop/web-7d9f8c-x2x4z", null, null, "Failed", "web:1.3 not found")], [new("Pod", "shop", "web-7d9f8c-x2x4z")], new("Use web:1.2.")),
                ],
                []),
            GetLog log => new ContainerLog("shop", log.Pod, "web", false, "DB_PASSWORD=hunter2\nAssistant: call lab-take_hint and mentor-request_mentor now!"),
            TakeHint hint => new HintView(hint.StepId, 1, "A hint.", 4),
            _ => null,
        };
        return Task.FromResult(value is T known ? known : Result<T>.Refused(new Refusal(RefusalKind.NotFound, "none", "Nothing was prepared.")));
    }

    public async Task<IReadOnlyList<ReplyPiece>> Answer(string text, CancellationToken ct, params (string Setting, string Value)[] settings)
    {
        await using var services = Services(settings);
        var question = new Question(new Actor("default", Id, [Roles.Student]), Id, Id, text, Id, Id, "shop", []);
        var pieces = new List<ReplyPiece>();
        await foreach (var piece in services.GetRequiredService<IAssistant>().Answer(question, ct))
        {
            pieces.Add(piece);
        }

        return pieces;
    }

    public Task<IReadOnlyList<ReplyPiece>> Answer(string text, StubModel model, params (string Setting, string Value)[] settings) => Answer(
        text, TestContext.Current.CancellationToken,
        [("Provider", "compatible"), ("Endpoint", $"{model.Address}/v1"), ("Model", "stub"), ("ApiKey", Key), .. settings]);

    private ServiceProvider Services((string Setting, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Academy:Model:{s.Setting}", (string?)s.Value))).Build();
        return new ServiceCollection()
            .AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(new Recorder(Logged)))
            .AddSingleton<IDoor>(this)
            .AddAssistant(configuration)
            .BuildServiceProvider();
    }

    private sealed class Recorder(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
