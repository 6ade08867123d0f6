using Academy.Clusters;
using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Features.Connecting;
using Academy.Features.Door.Sealing;
using Academy.Features.Progressing;
using Academy.Features.Publishing;

namespace Academy.Features.Attempting;

/// <summary>Looks at the clusters and the files of an attempt and records what was seen of every step.</summary>
[Audience(Roles.Student)]
public sealed record CheckWork(Guid AttemptId) : IAcademyCommand<AttemptView>;

internal sealed class CheckWorkHandler(
    IDocumentSession session, IActor actor, Catalog catalog, Contents contents, ClusterAccess clusters, ServiceProbe probe, PersonKeys keys, CompletionReaction completion, TimeProvider clock)
    : IRequestHandler<CheckWork, Result<AttemptView>>
{
    public async Task<Result<AttemptView>> Handle(CheckWork request, CancellationToken cancellationToken)
    {
        var found = await session.LoadAsync<AttemptView>(request.AttemptId, cancellationToken);
        if (found is not { } view || view.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        if (await contents.Lab(view.LabId, view.Content, cancellationToken) is not { } lab)
        {
            return Refusals.NotFound<Lab>(view.LabId);
        }

        var site = new AttemptSite(view, await Artefacts(view, cancellationToken), clusters, probe, catalog.FindLab(lab.Id)?.Recordings);
        CheckReport report;
        try
        {
            report = await site.Check(lab, clock, cancellationToken);
        }
        catch (ClusterRefusedException trouble)
        {
            return trouble.Refusal;
        }

        var steps = report.Steps.Select(s => new StepObservation(s.StepId, s.Passed, [.. s.Checks.Select(c => Observation(c, lab))])).ToList();
        var reply = await session.DecideView(request.AttemptId, actor, view, a => a.Check(steps, clock.GetUtcNow()), cancellationToken);
        if (reply.Value is { Passed: true })
        {
            completion.Announce(session, actor.Tenant, actor.Id);
        }

        return reply.Value?.Against(contents) ?? reply;
    }

    private async Task<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> Artefacts(AttemptView view, CancellationToken ct)
    {
        var artefacts = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var artefact in view.Artefacts)
        {
            var kept = await session.LoadAsync<ArtefactContent>(ArtefactContent.IdOf(view.Id, artefact.ArtefactId, artefact.Sha256), ct);
            if (kept is not null && await keys.Unseal(view.StudentId, kept.Cipher, ct) is { } plain)
            {
                artefacts[artefact.ArtefactId] = plain;
            }
        }

        return artefacts;
    }

    private static CheckObservation Observation(CheckResult check, Lab lab) => new(
        check.CheckId, check.Title, check.Passed, check.Points, check.MaxPoints, check.Observed,
        check.Outcome switch
        {
            Curriculum.CheckOutcome.Passed => Domain.Attempts.CheckOutcome.Passed,
            Curriculum.CheckOutcome.NotCarriedOut => Domain.Attempts.CheckOutcome.NotCarriedOut,
            _ => Domain.Attempts.CheckOutcome.Failed,
        },
        lab.FindCheck(check.CheckId)?.Skills ?? []);
}

internal sealed class CheckWorkEndpoint(IDoor door) : DoorEndpoint<CheckWork, AttemptView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/checks", "Checks the work of an attempt on its cluster");
}
