using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <param name="ExpiresAt">When it ends unless it is extended.</param>
/// <param name="EndsSoon">Whether that was announced.</param>
/// <param name="Extensions">How often it was extended.</param>
/// <param name="Trouble">Why it failed, or why it is late.</param>
/// <param name="EndedAt">Null while it lives.</param>
/// <param name="Removed">Whether nothing of it is left in the cluster.</param>
/// <param name="Version">Of the stream; sent as ETag.</param>
public sealed record EnvironmentView(
    Guid Id,
    Guid AttemptId,
    Guid StudentId,
    Guid ClassroomId,
    string LabId,
    string Namespace,
    EnvironmentStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt,
    bool EndsSoon,
    int Extensions,
    EnvironmentTrouble? Trouble,
    DateTimeOffset? EndedAt,
    bool Removed,
    long Version) : IVersioned
{
    internal static EnvironmentView Of(AttemptEnvironment e) => new(
        e.Id, e.AttemptId, e.StudentId, e.ClassroomId, e.LabId, e.Namespace, e.Status, e.RequestedAt, e.ExpiresAt, e.Warned, e.Extensions, e.Trouble, e.EndedAt, !e.Remains, e.Version);
}
