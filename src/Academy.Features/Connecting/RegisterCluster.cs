using System.Text.Json;
using Academy.Clusters;
using Academy.Domain.Clusters;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Connecting;

/// <summary>Registers a live cluster. Its credentials are enciphered at once and never read back.</summary>
/// <param name="Kubeconfig">YAML, with certificates and tokens as values: <c>kubectl config view --minify --flatten --raw</c>.</param>
/// <param name="Context">The file's current context where it is not given.</param>
[Audience(Roles.Student)]
public sealed record RegisterCluster(string Name, string Kubeconfig, string? Context = null) : IAcademyCommand<ClusterView>;

internal sealed class RegisterClusterValidator : AbstractValidator<RegisterCluster>
{
    public RegisterClusterValidator()
    {
        RuleFor(c => c.Name).MustBeName();
        RuleFor(c => c.Kubeconfig).NotEmpty();
    }
}

internal sealed class RegisterClusterHandler(IDocumentSession session, IActor actor, PersonKeys keys, ClustersOptions options, TimeProvider clock)
    : IRequestHandler<RegisterCluster, Result<ClusterView>>
{
    public async Task<Result<ClusterView>> Handle(RegisterCluster request, CancellationToken cancellationToken)
    {
        var vetted = Vetting.Connection(request.Kubeconfig, request.Context, options);
        if (vetted.Value is not { } connection)
        {
            return vetted.Refusal!;
        }

        var registered = session.Register(actor, ClusterKind.Live, request.Name, null, clock);
        session.Store(new ClusterCredentials(registered.Id, await keys.Seal(actor.Id, JsonSerializer.SerializeToUtf8Bytes(connection), cancellationToken)));
        return registered;
    }
}

internal sealed class RegisterClusterEndpoint(IDoor door) : DoorEndpoint<RegisterCluster, ClusterView>(door)
{
    public override void Configure() => Describe("POST", "clusters", "A student registers a live cluster with a kubeconfig");
}

internal static class Vetting
{
    /// <summary>What may be used of a kubeconfig, or every field that is at fault.</summary>
    public static Result<ClusterConnection> Connection(string kubeconfig, string? context, ClustersOptions options)
    {
        var vetted = KubeconfigVetter.Vet(kubeconfig, context, options);
        return vetted.Connection is { } connection
            ? connection
            : new Refusal(RefusalKind.Invalid, vetted.Refusals[0].Code, vetted.Refusals[0].Message)
            {
                Fields = [.. vetted.Refusals.Select(r => new FieldError(r.Field.Length == 0 ? "kubeconfig" : $"kubeconfig:{r.Field}", r.Message))],
            };
    }
}

internal static class Registering
{
    public static IRuleBuilderOptions<T, string> MustBeName<T>(this IRuleBuilder<T, string> rule) => rule.NotEmpty().MaximumLength(100);

    public static ClusterView Register(this IDocumentSession session, IActor actor, ClusterKind kind, string name, string? practice, TimeProvider clock)
    {
        var registered = new ClusterRegistered(Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, kind, name.Trim(), practice, clock.GetUtcNow());
        session.Events.StartStream<Cluster>(registered.ClusterId, registered);
        return ClusterView.Of(Cluster.Fold(null, registered)!);
    }
}
