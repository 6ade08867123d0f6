namespace Academy.Clusters;

/// <summary>An upload is not a snapshot of a cluster, or is built to do harm.</summary>
/// <param name="code">
/// Stable: <c>snapshot.</c> and one of <c>empty</c>, <c>malformed</c>, <c>not-kubernetes</c>, <c>path</c>, <c>too-large</c>, <c>too-many</c>.
/// </param>
/// <param name="message">What is wrong, with the entry and line where they are known.</param>
public sealed class SnapshotRefusedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
