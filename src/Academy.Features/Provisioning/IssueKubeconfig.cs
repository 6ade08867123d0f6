using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Domain.Attempts;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>Makes credentials for the student's own kubectl. They are in this reply and nowhere else.</summary>
/// <param name="Minutes">Until they expire, at least 10; an hour where it is not given. They end with the environment in any case.</param>
[Audience(Roles.Student)]
public sealed record IssueKubeconfig(Guid AttemptId, int? Minutes = null) : IAcademyCommand<IssuedKubeconfig>, IShownOnce;

/// <param name="Kubeconfig">Save it as a file and name it in KUBECONFIG.</param>
public sealed record IssuedKubeconfig(string Kubeconfig, string Namespace, DateTimeOffset ExpiresAt);

internal sealed class IssueKubeconfigHandler(IDocumentSession session, IActor actor, ClassroomAccess classrooms, EnvironmentsOptions options, TimeProvider clock)
    : IRequestHandler<IssueKubeconfig, Result<IssuedKubeconfig>>
{
    public async Task<Result<IssuedKubeconfig>> Handle(IssueKubeconfig request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Attempt>(request.AttemptId, cancellationToken) is not { } attempt || attempt.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var minutes = request.Minutes ?? options.TokenMinutes;
        if (minutes < StudentTokens.Shortest.TotalMinutes || minutes > options.MaxTokenMinutes)
        {
            var range = $"A kubeconfig lives {StudentTokens.Shortest.TotalMinutes:0} to {options.MaxTokenMinutes} minutes.";
            return new Refusal(RefusalKind.Invalid, "environment.token-life", range) { Fields = [new("minutes", range)] };
        }

        var id = EnvironmentNames.Environment(attempt.Id);
        if (await session.LoadAsync<AttemptEnvironment>(id, cancellationToken) is not { } environment)
        {
            return Refusals.NotFound("environment", id);
        }

        var now = clock.GetUtcNow();
        if (environment.Usable(now) is { Refusal: { } refusal })
        {
            return refusal;
        }

        using var room = await classrooms.Open(environment.ClassroomId, cancellationToken);
        if (room is null)
        {
            return new Refusal(RefusalKind.Unavailable, "environment.no-classroom", "The classroom of this environment is not open to Academy any more.");
        }

        try
        {
            var life = TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(minutes).Ticks, (environment.ExpiresAt - now).Ticks));
            var token = await StudentTokens.RequestAsync(room.Server, environment.Namespace, life, cancellationToken);
            var kubeconfig = StudentTokens.Kubeconfig(StudentTokens.Connection(room.Connection, environment.Namespace, token), environment.Namespace);
            return await session.Decide<AttemptEnvironment, IssuedKubeconfig>(
                id, actor, e => e.Issue(token.ExpiresAt, now), _ => new(kubeconfig, environment.Namespace, token.ExpiresAt), cancellationToken);
        }
        catch (ClusterReadException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
        catch (ClassroomException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
    }
}

internal sealed class IssueKubeconfigEndpoint(IDoor door) : DoorEndpoint<IssueKubeconfig, IssuedKubeconfig>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment/kubeconfig", "Short-lived credentials for kubectl in an environment; they are shown this once");
}
