using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Connecting;
using Academy.Features.Learning;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Labs;

/// <param name="Level">Only the labs of it are shown; null: all.</param>
/// <param name="Levels">Those there are.</param>
public sealed record LabListModel(IReadOnlyList<LabSummary> Labs, string? Level, IReadOnlyList<string> Levels);

/// <param name="Practice">Practice clusters made for this lab.</param>
/// <param name="Clusters">The visitor's own; empty for whoever is not a student.</param>
/// <param name="Attempts">The visitor's latest at this lab.</param>
public sealed record LabModel(
    LabView Lab, IReadOnlyList<PracticeClusterView> Practice, IReadOnlyList<ClusterView> Clusters, IReadOnlyList<AttemptView> Attempts);

internal static class LabPages
{
    public static async Task<IResult> List(Visitor visitor, string? level, CancellationToken ct)
    {
        var labs = await visitor.Ask(new ListLabs(), ct);
        return visitor.Show<LabListPage, LabListModel>(() => new(
            [.. labs!.Where(l => string.IsNullOrEmpty(level) || l.Level == level)], level, [.. labs!.Select(l => l.Level).Distinct()]));
    }

    public static async Task<IResult> One(Visitor visitor, string labId, CancellationToken ct)
    {
        var lab = await visitor.Ask(new GetLab(labId), ct);
        var practice = await visitor.Ask(new ListPracticeClusters(labId), ct);
        var clusters = visitor.Is(Roles.Student) ? await visitor.Ask(new ListClusters(Limit: 50), ct) : null;
        var attempts = await visitor.Ask(new ListAttempts(LabId: labId, Limit: 10), ct);
        return visitor.Show<LabPage, LabModel>(() => new(lab!, practice!, clusters?.Items ?? [], attempts!.Items));
    }
}
