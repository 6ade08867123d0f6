using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Features.Door.Sealing;
using Academy.Features.Publishing;
using FastEndpoints;
using Microsoft.AspNetCore.Http;

namespace Academy.Features.Attempting;

public sealed class ArtefactOptions
{
    /// <summary>Most bytes of one file, whatever a lab allows; 1 KiB to 64 MiB.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 8 * 1024 * 1024;
}

/// <summary>Hands a file in. A newer one takes the place of the older, which stays on record.</summary>
/// <param name="ArtefactId">As the lab names it.</param>
[Audience(Roles.Student)]
public sealed record UploadArtefact(Guid AttemptId, string ArtefactId, byte[] Content) : IAcademyCommand<ArtefactView>;

internal sealed class UploadArtefactValidator : AbstractValidator<UploadArtefact>
{
    public UploadArtefactValidator() => RuleFor(c => c.Content).NotEmpty().WithMessage("Send the file as the body of the request.");
}

/// <summary>What a student handed in, enciphered with the key of the student.</summary>
public sealed record ArtefactContent(Guid Id, byte[] Cipher)
{
    internal static Guid IdOf(Guid attempt, string artefact, string sha256) => Ids.From("artefact", attempt, artefact, sha256);
}

internal sealed class UploadArtefactHandler(IDocumentSession session, IActor actor, Contents contents, PersonKeys keys, ArtefactOptions options, TimeProvider clock)
    : IRequestHandler<UploadArtefact, Result<ArtefactView>>
{
    /// <summary>So many versions of one file can still be read.</summary>
    private const int ContentsKept = 10;

    public async Task<Result<ArtefactView>> Handle(UploadArtefact request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<AttemptView>(request.AttemptId, cancellationToken) is not { } view || view.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var lab = await contents.Lab(view.LabId, view.Content, cancellationToken);
        if (lab?.FindArtefact(request.ArtefactId) is not { } artefact)
        {
            return Refusals.NotFound("artefact", request.ArtefactId);
        }

        var most = Math.Min(artefact.MaxKiB * 1024L, options.MaxBytes);
        if (request.Content.LongLength > most)
        {
            return TooLarge(most);
        }

        if (ArtefactScanner.Scan(artefact, request.Content) is { } problem)
        {
            return new Refusal(RefusalKind.Invalid, "artefact.unreadable", $"This is no {artefact.Type} that can be checked: {problem}.")
            {
                Fields = [new FieldError(problem.Line > 0 ? $"content:{problem.Line}:{problem.Column}" : "content", problem.Message)],
            };
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(request.Content));
        var reply = await session.DecideView(
            view.Id, actor, view, a => a.Upload(artefact.Id, sha256, request.Content.LongLength, artefact.Type, clock.GetUtcNow()), cancellationToken);
        if (reply.Value?.FindArtefact(artefact.Id) is not { } now)
        {
            return reply.Refusal!;
        }

        session.Store(new ArtefactContent(ArtefactContent.IdOf(view.Id, artefact.Id, sha256), await keys.Seal(actor.Id, request.Content, cancellationToken)));
        foreach (var old in now.History.SkipLast(ContentsKept - 1).Where(v => v.Sha256 != sha256))
        {
            session.Delete<ArtefactContent>(ArtefactContent.IdOf(view.Id, artefact.Id, old.Sha256));
        }

        return now;
    }

    internal static Refusal TooLarge(long most) => new(RefusalKind.TooLarge, "artefact.too-large", $"This file may have {most} bytes at most.");
}

/// <summary>The body is the file itself, of any content type; what it has to be is what the lab says.</summary>
internal sealed class UploadArtefactEndpoint(IDoor door, ArtefactOptions options) : EndpointWithoutRequest<ArtefactView>
{
    public override void Configure()
    {
        Verbs("PUT");
        Routes(DoorEndpoint<UploadArtefact, ArtefactView>.Prefix + "attempts/{attemptId}/artefacts/{artefactId}");
        Description(d => d.Accepts<byte[]>("application/octet-stream", "application/gzip", "application/json", "application/yaml", "*/*"));
        Summary(s => s.Summary = "A student hands in a file that the lab asks for; the body is the file");
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        if (!Guid.TryParse(Route<string>("attemptId"), out var attempt))
        {
            await HttpContext.WriteProblem(Refusals.NotFound<Attempt>(Route<string>("attemptId")!));
            return;
        }

        if (await HttpContext.ReadRaw(options.MaxBytes, ct) is not { } content)
        {
            await HttpContext.WriteProblem(UploadArtefactHandler.TooLarge(options.MaxBytes));
            return;
        }

        var reply = await door.Send(new UploadArtefact(attempt, Route<string>("artefactId")!, content), HttpContext.Actor(), ct);
        await (reply.Refusal is { } refusal ? HttpContext.WriteProblem(refusal) : HttpContext.WriteReply(reply.Value!, ct));
    }
}

[Audience(Roles.Student)]
public sealed record RemoveArtefact(Guid AttemptId, string ArtefactId) : IAcademyCommand<Done>;

internal sealed class RemoveArtefactHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<RemoveArtefact, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemoveArtefact request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<AttemptView>(request.AttemptId, cancellationToken) is not { } view || view.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var gone = view.FindArtefact(request.ArtefactId);
        foreach (var sha256 in gone?.History.Select(v => v.Sha256).Append(gone.Sha256) ?? [])
        {
            session.Delete<ArtefactContent>(ArtefactContent.IdOf(view.Id, request.ArtefactId, sha256));
        }

        return await session.Decide<Attempt>(view.Id, actor, a => a.Remove(request.ArtefactId, clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class RemoveArtefactEndpoint(IDoor door) : DoorEndpoint<RemoveArtefact, Done>(door)
{
    public override void Configure() => Describe("DELETE", "attempts/{attemptId}/artefacts/{artefactId}", "A student takes a file back; its content is deleted");
}
