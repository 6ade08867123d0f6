using Academy.Diagnosis;

namespace Academy.Features.Connecting;

/// <summary>Finds the root causes of what is broken.</summary>
/// <param name="Namespace">Null: all namespaces that can be read.</param>
[Audience(Roles.Student)]
public sealed record DiagnoseCluster(Guid ClusterId, string? Namespace = null) : IAcademyQuery<DiagnosisReport>
{
    private Action<RootCause>? _found;

    /// <summary>The same, for an asker who wants each cause that is already certain at once; all of them stand in the report too.</summary>
    /// <param name="found">Called while the logs of a live cluster are still being read, by the thread that reads.</param>
    public DiagnoseCluster Telling(Action<RootCause> found) => this with { _found = found };

    /// <summary>Who is told does not change what is asked.</summary>
    public bool Equals(DiagnoseCluster? other) => other is not null && ClusterId == other.ClusterId && Namespace == other.Namespace;

    public override int GetHashCode() => HashCode.Combine(ClusterId, Namespace);

    internal Action<ClusterSnapshot>? ObjectsRead(CancellationToken ct) => _found is not { } tell ? null : objects =>
    {
        foreach (var cause in Diagnoser.Certain(objects, Namespace, ct))
        {
            tell(cause);
        }
    };
}

internal sealed class DiagnoseClusterValidator : AbstractValidator<DiagnoseCluster>
{
    public DiagnoseClusterValidator() => RuleFor(c => c.Namespace).MustBeNamespace();
}

internal sealed class DiagnoseClusterHandler(ClusterAccess clusters) : IRequestHandler<DiagnoseCluster, Result<DiagnosisReport>>
{
    public async Task<Result<DiagnosisReport>> Handle(DiagnoseCluster request, CancellationToken cancellationToken)
    {
        var cluster = await clusters.Read(request.ClusterId, request.Namespace, cancellationToken, request.ObjectsRead(cancellationToken));
        return cluster.Value is { } snapshot ? Diagnoser.Diagnose(snapshot, request.Namespace, cancellationToken) : cluster.Refusal!;
    }
}

internal sealed class DiagnoseClusterEndpoint(IDoor door) : DoorEndpoint<DiagnoseCluster, DiagnosisReport>(door)
{
    public override void Configure() => Describe("GET", "clusters/{clusterId}/diagnosis", "The root causes of what is broken in a cluster or a namespace");
}
