using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Features.Connecting;

/// <param name="Kind">E.g. <c>Pod</c>; all kinds where it is not given.</param>
[Audience(Roles.Student)]
public sealed record ListObjects(Guid ClusterId, string? Namespace = null, string? Kind = null) : IAcademyQuery<IReadOnlyList<ObjectRef>>;

/// <param name="Namespace">Null for an object of the whole cluster.</param>
[Audience(Roles.Student)]
public sealed record GetObject(Guid ClusterId, string Kind, string Name, string? Namespace = null) : IAcademyQuery<JsonObject>;

/// <summary>The end of a log.</summary>
/// <param name="Container">The first one where it is not given.</param>
/// <param name="Previous">Of the instance before the last restart.</param>
/// <param name="Lines">1 to 500; 50 where it is not given.</param>
[Audience(Roles.Student)]
public sealed record GetLog(Guid ClusterId, string Namespace, string Pod, string? Container = null, bool Previous = false, int? Lines = null) : IAcademyQuery<ContainerLog>;

internal sealed class GetLogValidator : AbstractValidator<GetLog>
{
    public GetLogValidator() => RuleFor(q => q.Lines).InclusiveBetween(1, 500);
}

/// <summary>Read-only looks at single things; the values of Secrets never come this far.</summary>
internal sealed class LookIntoClusterHandlers(ClusterAccess clusters) :
    IRequestHandler<ListObjects, Result<IReadOnlyList<ObjectRef>>>,
    IRequestHandler<GetObject, Result<JsonObject>>,
    IRequestHandler<GetLog, Result<ContainerLog>>
{
    private const int MostObjects = 1000;

    public async Task<Result<IReadOnlyList<ObjectRef>>> Handle(ListObjects request, CancellationToken cancellationToken)
    {
        var cluster = await clusters.Read(request.ClusterId, request.Namespace, cancellationToken);
        return cluster.Value is { } snapshot
            ? snapshot.Objects.Select(Ref).Where(o => request.Kind is null || Same(o.Kind, request.Kind)).Take(MostObjects).ToList()
            : cluster.Refusal!;
    }

    public async Task<Result<JsonObject>> Handle(GetObject request, CancellationToken cancellationToken)
    {
        var cluster = await clusters.Read(request.ClusterId, request.Namespace, cancellationToken);
        return cluster.Value is { } snapshot
            ? snapshot.Objects.FirstOrDefault(o => Is(Ref(o), request)) is { } found ? (JsonObject)found.DeepClone() : Refusals.NotFound("object", $"{request.Kind}/{request.Name}")
            : cluster.Refusal!;
    }

    public async Task<Result<ContainerLog>> Handle(GetLog request, CancellationToken cancellationToken)
    {
        var cluster = await clusters.Read(request.ClusterId, request.Namespace, cancellationToken);
        if (cluster.Value is not { } snapshot)
        {
            return cluster.Refusal!;
        }

        var log = snapshot.Logs.FirstOrDefault(l =>
            l.Namespace == request.Namespace && l.Pod == request.Pod && l.Previous == request.Previous && (request.Container is null || l.Container == request.Container));
        return log is not null
            ? log with { Text = string.Join('\n', log.Text.TrimEnd().Split('\n').TakeLast(request.Lines ?? 50)) }
            : Refusals.NotFound("log", request.Pod);
    }

    private static bool Is(ObjectRef found, GetObject wanted) =>
        Same(found.Kind, wanted.Kind) && found.Name == wanted.Name && (found.Namespace is null || found.Namespace == wanted.Namespace);

    private static bool Same(string kind, string wanted) => kind.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static ObjectRef Ref(JsonObject o) => new(Text(o["kind"]) ?? "", Text(o["metadata"]?["namespace"]), Text(o["metadata"]?["name"]) ?? "");

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

internal sealed class ListObjectsEndpoint(IDoor door) : DoorEndpoint<ListObjects, IReadOnlyList<ObjectRef>>(door)
{
    public override void Configure() => Describe("GET", "clusters/{clusterId}/objects", "What there is in a cluster, at most 1,000 objects");
}

internal sealed class GetObjectEndpoint(IDoor door) : DoorEndpoint<GetObject, JsonObject>(door)
{
    public override void Configure() => Describe("GET", "clusters/{clusterId}/objects/{kind}/{name}", "One object as it stands in the cluster");
}

internal sealed class GetLogEndpoint(IDoor door) : DoorEndpoint<GetLog, ContainerLog>(door)
{
    public override void Configure() => Describe("GET", "clusters/{clusterId}/logs/{pod}", "The end of the log of a pod");
}
