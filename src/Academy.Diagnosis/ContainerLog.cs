namespace Academy.Diagnosis;

/// <summary>What one container wrote, as far as it was collected.</summary>
/// <param name="Previous">True for the log of the instance before the last restart (<c>kubectl logs --previous</c>).</param>
public sealed record ContainerLog(string Namespace, string Pod, string Container, bool Previous, string Text);
