using Academy.Features.Door.Sealing;
using Academy.Features.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Academy.Features.Attempting;

/// <summary>The files that a lab asks for, with what is handed in of each.</summary>
[Audience]
public sealed record ListArtefacts(Guid AttemptId) : IAcademyQuery<IReadOnlyList<ArtefactSlot>>;

/// <param name="File">The name it usually has, e.g. <c>plan.json</c>.</param>
/// <param name="HandedIn">Null: nothing yet.</param>
public sealed record ArtefactSlot(string ArtefactId, string Title, string File, string Type, int MaxKiB, ArtefactView? HandedIn);

[Audience]
public sealed record GetArtefact(Guid AttemptId, string ArtefactId) : IAcademyQuery<ArtefactView>;

/// <param name="Sha256">Of an older version that is still kept; the newest where it is not given.</param>
[Audience]
public sealed record GetArtefactContent(Guid AttemptId, string ArtefactId, string? Sha256 = null) : IAcademyQuery<ArtefactFile>;

public sealed record ArtefactFile(string Name, byte[] Content);

internal sealed class ReadArtefactsHandlers(IQuerySession session, IActor actor, Contents contents, PersonKeys keys) :
    IRequestHandler<ListArtefacts, Result<IReadOnlyList<ArtefactSlot>>>,
    IRequestHandler<GetArtefact, Result<ArtefactView>>,
    IRequestHandler<GetArtefactContent, Result<ArtefactFile>>
{
    public async Task<Result<IReadOnlyList<ArtefactSlot>>> Handle(ListArtefacts request, CancellationToken cancellationToken)
    {
        var seen = await session.See<AttemptView>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        if (seen.Value is not { } attempt)
        {
            return seen.Refusal!;
        }

        var lab = await contents.Lab(attempt.LabId, attempt.Content, cancellationToken);
        return (lab?.Artefacts ?? []).Select(a => new ArtefactSlot(a.Id, a.Title, a.File, a.Type, a.MaxKiB, attempt.FindArtefact(a.Id))).ToList();
    }

    public async Task<Result<ArtefactView>> Handle(GetArtefact request, CancellationToken cancellationToken)
    {
        var seen = await session.See<AttemptView>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        return seen.Value is not { } attempt ? seen.Refusal!
            : attempt.FindArtefact(request.ArtefactId) is { } artefact ? artefact
            : Refusals.NotFound("artefact", request.ArtefactId);
    }

    public async Task<Result<ArtefactFile>> Handle(GetArtefactContent request, CancellationToken cancellationToken)
    {
        var seen = await session.See<AttemptView>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        if (seen.Value is not { } attempt)
        {
            return seen.Refusal!;
        }

        if (attempt.FindArtefact(request.ArtefactId) is not { } artefact)
        {
            return Refusals.NotFound("artefact", request.ArtefactId);
        }

        var lab = await contents.Lab(attempt.LabId, attempt.Content, cancellationToken);
        var kept = await session.LoadAsync<ArtefactContent>(ArtefactContent.IdOf(attempt.Id, artefact.ArtefactId, request.Sha256 ?? artefact.Sha256), cancellationToken);
        return kept is not null && await keys.Unseal(attempt.StudentId, kept.Cipher, cancellationToken) is { } plain
            ? new ArtefactFile(lab?.FindArtefact(artefact.ArtefactId)?.File ?? artefact.ArtefactId, plain)
            : Refusals.NotFound("artefact", request.Sha256 ?? request.ArtefactId);
    }
}

internal sealed class ListArtefactsEndpoint(IDoor door) : DoorEndpoint<ListArtefacts, IReadOnlyList<ArtefactSlot>>(door)
{
    public override void Configure() => Describe("GET", "attempts/{attemptId}/artefacts", "The files that the lab asks for, with what is handed in");
}

internal sealed class GetArtefactEndpoint(IDoor door) : DoorEndpoint<GetArtefact, ArtefactView>(door)
{
    public override void Configure() => Describe("GET", "attempts/{attemptId}/artefacts/{artefactId}", "What is handed in of a file, and what was before");
}

internal sealed class GetArtefactContentEndpoint(IDoor door) : DoorEndpoint<GetArtefactContent, ArtefactFile>(door)
{
    private const string Type = "application/octet-stream";

    public override void Configure()
    {
        Describe("GET", "attempts/{attemptId}/artefacts/{artefactId}/content", "The file itself, as it was handed in");
        Description(d => d.Produces<byte[]>(StatusCodes.Status200OK, Type), clearDefaults: false);
    }

    /// <summary>A download, whatever a browser thinks that it is.</summary>
    public override async Task HandleAsync(GetArtefactContent req, CancellationToken ct)
    {
        var reply = await Door.Send(req, HttpContext.Actor(), ct);
        if (reply.Value is not { } file)
        {
            await HttpContext.WriteProblem(reply.Refusal!);
            return;
        }

        HttpContext.Response.ContentType = Type;
        HttpContext.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileNameStar = file.Name }.ToString();
        await HttpContext.Response.Body.WriteAsync(file.Content, ct);
    }
}
