using System.Security.Cryptography;
using Academy.Clusters;
using Academy.Domain.Clusters;
using Academy.Features.Door.Sealing;
using FastEndpoints;
using Microsoft.AspNetCore.Http;

namespace Academy.Features.Connecting;

/// <summary>Takes the recording of a cluster that no server can reach.</summary>
/// <param name="ClusterId">The cluster it is a newer recording of; null: a new one.</param>
/// <param name="Name">Of a new cluster.</param>
/// <param name="Content">JSON or YAML as kubectl writes it, or a tar or tar.gz of a folder.</param>
[Audience(Roles.Student)]
public sealed record UploadSnapshot(Guid? ClusterId, string Name, byte[] Content) : IAcademyCommand<ClusterView>;

internal sealed class UploadSnapshotValidator : AbstractValidator<UploadSnapshot>
{
    public UploadSnapshotValidator()
    {
        RuleFor(c => c.Name).MustBeName();
        RuleFor(c => c.Content).NotEmpty().WithMessage("Send the snapshot as the body of the request.");
    }
}

internal sealed class UploadSnapshotHandler(IDocumentSession session, IActor actor, PersonKeys keys, ClustersOptions options, TimeProvider clock)
    : IRequestHandler<UploadSnapshot, Result<ClusterView>>
{
    public async Task<Result<ClusterView>> Handle(UploadSnapshot request, CancellationToken cancellationToken)
    {
        Diagnosis.ClusterSnapshot snapshot;
        try
        {
            snapshot = SnapshotArchive.Read(new MemoryStream(request.Content), options, cancellationToken);
        }
        catch (SnapshotRefusedException trouble)
        {
            return new Refusal(trouble.Code is "snapshot.too-large" or "snapshot.too-many" ? RefusalKind.TooLarge : RefusalKind.Invalid, trouble.Code, trouble.Message);
        }

        var view = request.ClusterId is null
            ? session.Register(actor, ClusterKind.Snapshot, request.Name, null, clock)
            : await session.LoadAsync<Cluster>(request.ClusterId.Value, cancellationToken) is { } mine && mine.OwnerId == actor.Id ? ClusterView.Of(mine) : null;
        if (view is null)
        {
            return Refusals.NotFound<Cluster>(request.ClusterId!);
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(request.Content));
        var uploaded = new SnapshotUploaded(sha256, snapshot.Objects.Count, clock.GetUtcNow());
        if (request.ClusterId is null)
        {
            session.Events.Append(view.Id, uploaded);
        }
        else if ((await session.Decide<Cluster>(view.Id, actor, c => c.Upload(sha256, snapshot.Objects.Count, clock.GetUtcNow()), cancellationToken)).Refusal is { } refusal)
        {
            return refusal;
        }

        session.Store(new ClusterRecording(view.Id, sha256, await keys.Seal(actor.Id, RecordingFormat.Write(snapshot), cancellationToken)));
        return view;
    }
}

/// <summary>The body is the file itself, of any content type; what it is shows in its content.</summary>
internal abstract class UploadEndpoint(IDoor door, ClustersOptions options) : EndpointWithoutRequest<ClusterView>
{
    protected void Describe(string verb, string path, string summary)
    {
        Verbs(verb);
        Routes(DoorEndpoint<UploadSnapshot, ClusterView>.Prefix + path);
        Description(d => d.Accepts<byte[]>("application/octet-stream", "application/gzip", "application/json", "application/yaml", "*/*"));
        Summary(s => s.Summary = summary);
    }

    protected async Task Upload(Guid? cluster, string name, CancellationToken ct)
    {
        if (await HttpContext.ReadRaw(options.MaxUploadBytes, ct) is not { } content)
        {
            await HttpContext.WriteProblem(new Refusal(
                RefusalKind.TooLarge, "snapshot.too-large", $"The upload is larger than {options.MaxUploadBytes} bytes. Record one namespace only."));
            return;
        }

        var reply = await door.Send(new UploadSnapshot(cluster, name, content), HttpContext.Actor(), ct);
        await (reply.Refusal is { } refusal ? HttpContext.WriteProblem(refusal) : HttpContext.WriteReply(reply.Value!, ct));
    }
}

internal sealed class UploadNewSnapshotEndpoint(IDoor door, ClustersOptions options) : UploadEndpoint(door, options)
{
    public override void Configure() => Describe("POST", "clusters/snapshots", "A student uploads a recording of a cluster; ?name= names it");

    public override Task HandleAsync(CancellationToken ct) =>
        Upload(null, HttpContext.Request.Query["name"] is [{ Length: > 0 } name] ? name : "Snapshot", ct);
}

internal sealed class UploadNewerSnapshotEndpoint(IDoor door, ClustersOptions options) : UploadEndpoint(door, options)
{
    public override void Configure() => Describe("PUT", "clusters/{clusterId}/snapshot", "A newer recording of the same cluster");

    public override Task HandleAsync(CancellationToken ct) => Guid.TryParse(Route<string>("clusterId"), out var id)
        ? Upload(id, "Snapshot", ct)
        : HttpContext.WriteProblem(Refusals.NotFound<Cluster>(Route<string>("clusterId")!));
}
