using Academy.Domain.Clusters;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Learning;
using Academy.Features.Storing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Clusters;

public sealed record PracticeModel(IReadOnlyList<PracticeClusterView> Clusters);

/// <param name="Kind">Only clusters of it are shown; null: all.</param>
public sealed record ClusterListModel(Page<ClusterView> Clusters, ClusterKind? Kind, string? Cursor);

/// <param name="Practice">What it is a recording of, where it is a practice cluster.</param>
/// <param name="Conversation">The latest about this cluster alone, where there is one.</param>
public sealed record ClusterModel(ClusterView Cluster, PracticeClusterView? Practice, Guid? Conversation);

internal static class ClusterPages
{
    public static async Task<IResult> Practice(Visitor visitor, CancellationToken ct)
    {
        var clusters = await visitor.Ask(new ListPracticeClusters(), ct);
        return visitor.Show<PracticePage, PracticeModel>(() => new(clusters!));
    }

    public static async Task<IResult> List(Visitor visitor, string? kind, string? cursor, CancellationToken ct)
    {
        ClusterKind? wanted = Enum.TryParse<ClusterKind>(kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        var clusters = await visitor.Ask(new ListClusters(wanted, cursor), ct);
        return visitor.Show<ClusterListPage, ClusterListModel>(() => new(clusters!, wanted, cursor));
    }

    public static async Task<IResult> One(Visitor visitor, Guid clusterId, CancellationToken ct)
    {
        var cluster = await visitor.Ask(new GetCluster(clusterId), ct);
        var practice = await visitor.Ask(new ListPracticeClusters(), ct);
        var conversations = await visitor.Ask(new ListConversations(Limit: 100), ct);
        return visitor.Show<ClusterPage, ClusterModel>(() => new(
            cluster!,
            practice!.FirstOrDefault(p => p.Id == cluster!.PracticeId),
            conversations!.Items.FirstOrDefault(c => c.ClusterId == clusterId && c.AttemptId is null)?.Id));
    }
}
