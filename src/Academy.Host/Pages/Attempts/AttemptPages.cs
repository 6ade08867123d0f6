using Academy.Domain.Attempts;
using Academy.Features.Attempting;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Learning;
using Academy.Features.Provisioning;
using Academy.Features.Storing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Attempts;

/// <param name="Status">Only attempts in it are shown; null: all.</param>
/// <param name="LabId">Only attempts at it are shown; null: at all labs.</param>
public sealed record AttemptListModel(Page<AttemptView> Attempts, IReadOnlyList<LabSummary> Labs, AttemptStatus? Status, string? LabId, string? Cursor);

/// <param name="Lab">As the attempt is held to it.</param>
/// <param name="Cluster">Null where it was removed, or the visitor is not its owner.</param>
/// <param name="Practice">What the cluster is a recording of, where it is a practice cluster.</param>
/// <param name="Conversation">The latest about this attempt, where there is one.</param>
/// <param name="Mine">Whether the visitor is the student.</param>
public sealed record AttemptModel(
    AttemptView Attempt, LabView Lab, IReadOnlyList<HintView> Hints, ClusterView? Cluster, PracticeClusterView? Practice, Guid? Conversation, bool Mine)
{
    /// <summary>The files that the lab asks for, with what is handed in.</summary>
    public IReadOnlyList<ArtefactSlot> Artefacts { get; init; } = [];

    /// <summary>The place in a classroom, where the attempt has one.</summary>
    public EnvironmentView? Environment { get; init; }
}

internal static class AttemptPages
{
    public static async Task<IResult> List(Visitor visitor, string? status, string? lab, string? cursor, CancellationToken ct)
    {
        AttemptStatus? wanted = Enum.TryParse<AttemptStatus>(status, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        var only = string.IsNullOrEmpty(lab) ? null : lab;
        var attempts = await visitor.Ask(new ListAttempts(LabId: only, Status: wanted, Cursor: cursor), ct);
        var labs = await visitor.Ask(new ListLabs(), ct);
        return visitor.Show<AttemptListPage, AttemptListModel>(() => new(attempts!, labs!, wanted, only, cursor));
    }

    public static async Task<IResult> One(Visitor visitor, Guid attemptId, CancellationToken ct)
    {
        if (await visitor.Ask(new GetAttempt(attemptId), ct) is not { } attempt)
        {
            return visitor.Show<AttemptPage, AttemptModel>(() => throw new InvalidOperationException("An attempt that was not given was refused."));
        }

        var mine = attempt.StudentId == visitor.Me!.Id;
        var lab = await visitor.Try(new GetLab(attempt.LabId, attempt.Content), ct) ?? await visitor.Ask(new GetLab(attempt.LabId), ct);
        var hints = await visitor.Ask(new ListHints(attemptId), ct);
        var cluster = mine && attempt.ClusterId is { } id ? await visitor.Try(new GetCluster(id), ct) : null;
        var practice = cluster?.PracticeId is null ? null : await visitor.Try(new ListPracticeClusters(), ct);
        var conversations = mine ? await visitor.Try(new ListConversations(attemptId, Limit: 1), ct) : null;
        var artefacts = lab?.Artefacts.Count > 0 ? await visitor.Ask(new ListArtefacts(attemptId), ct) : null;
        var environment = mine && cluster is null && attempt.ClusterId is not null ? await visitor.Try(new GetAttemptEnvironment(attemptId), ct) : null;
        return visitor.Show<AttemptPage, AttemptModel>(() => new AttemptModel(
            attempt, lab!, hints!, cluster, practice?.FirstOrDefault(p => p.Id == cluster!.PracticeId), conversations?.Items is [var latest, ..] ? latest.Id : null, mine)
        {
            Artefacts = artefacts ?? [],
            Environment = environment,
        });
    }
}
