using Academy.Agent.Modelling;
using Academy.Agent.Prompts;
using Academy.Agent.Tutoring;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door;
using MediatR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Academy.Agent;

/// <summary>
/// Reads the prompts before the first student asks, and then answers one question of its own, so that the first student does not
/// wait for code that was never run. It reaches nothing: its door is closed.
/// </summary>
internal sealed class WarmUp(PromptLibrary prompts, Tutor tutor, TimeProvider clock, ILogger<WarmUp> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the start is done: that is not to take longer for this.
        await Task.Yield();
        var options = Options.Create(new ModelOptions());
        using var none = new ModelConnection(options);
        var assistant = new Assistant(new ClosedDoor(), prompts, none, tutor, options, clock, NullLogger<Assistant>.Instance);
        var question = new Question(new Actor(Actor.DefaultTenant, Guid.Empty, [Roles.Student]), Guid.Empty, Guid.Empty, "why is my pod broken?", null, Guid.Empty, null, []);
        try
        {
            await foreach (var _ in assistant.Answer(question, stoppingToken))
            {
                // Nobody reads it.
            }
        }
        catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
        {
            // Students are not to lose the server over it; the first of them will see the same trouble.
            logger.LogWarning(trouble, "The assistant could not answer a question of its own");
        }
    }

    private sealed class ClosedDoor : IDoor
    {
        private static readonly DiagnosisReport Report = new(
            false,
            [new("Pod", "default", "web", "image-not-found", 1, "-", [new("Pod/default/web", null, null, "Failed", "-"), new("Pod/default/web", "spec", null, null, "-")], [], new("-"))],
            []);

        public Task<Result<T>> Send<T>(IRequest<Result<T>> request, IActor actor, CancellationToken ct) => Task.FromResult(
            request is DiagnoseCluster && Report is T report ? report : Result<T>.Refused(new Refusal(RefusalKind.NotFound, "warm-up", "-")));
    }
}
