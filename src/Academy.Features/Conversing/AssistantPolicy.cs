using Academy.Domain.Attempts;
using Academy.Features.Attempting;

namespace Academy.Features.Conversing;

internal static class AssistantPolicy
{
    /// <summary>
    /// Why the assistant may not help just now; null: it may. During an exam it is silent about everything, or the question would be
    /// asked in another conversation; other labs that do without it only silence it about themselves and their clusters.
    /// </summary>
    public static async Task<Refusal?> Forbids(this IQuerySession session, Guid student, Guid? attempt, Guid? cluster, CancellationToken ct)
    {
        var alone = await session.Query<AttemptView>()
            .Where(a => a.StudentId == student && a.Status == AttemptStatus.Active && a.Policy.Assistant == false)
            .ToListAsync(ct);
        return alone.Any(a => a.Policy.Exam)
            ? new(RefusalKind.Conflict, "assistant.exam", "You are sitting an exam. The assistant helps again when it is over.")
            : alone.Any(a => a.Id == attempt || (cluster is not null && (a.ClusterId == cluster || a.OtherClusters.Values.Contains(cluster.Value))))
                ? new(RefusalKind.Conflict, "assistant.off", "This lab is done without the assistant.")
                : null;
    }
}
