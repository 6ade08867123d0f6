using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RunningAsUser;

/// <summary>The kubelet refuses to run as root what was declared not to.</summary>
internal sealed class RunningAsUser : IAnalyzer
{
    public Rule Rule { get; } = new("ACD104", "Container may not run as root and would", Severity.Error, nameof(RunningAsUser), [Reasons.RunAsNonRootViolation]);

    public bool StaysInNamespace => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Terminating && !pod.Finished
        from container in pod.Containers
        where container.WaitingReason is "CreateContainerConfigError" or "CreateContainerError" && Refused(container.WaitingMessage)
        select new Fact(pod.Workload.Ref, Reasons.RunAsNonRootViolation, 0.97,
            $"runAsNonRoot is set on container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name}, and its image would run as root (or as a user that cannot be checked).")
        {
            Evidence =
            [
                Quote.Field(pod.Object, container.StatusPath + ".state.waiting.message", container.WaitingMessage),
                Setting(pod, container),
            ],
            Explains = [pod.Workload.Ref],
            Fix = "Set runAsUser to a non-zero id the image can work with, or build the image with a numeric non-root USER.",
            Foreseen = "The kubelet lets a container start that runs as user 1000; whether the program can work as that user no object tells.",
            Patch = Patches.Container(pod.Workload, container, new() { ["securityContext"] = new System.Text.Json.Nodes.JsonObject { ["runAsUser"] = 1000 } }),
        };

    private static bool Refused(string message) =>
        message.Contains("runAsNonRoot", StringComparison.OrdinalIgnoreCase) || message.Contains("non-root", StringComparison.OrdinalIgnoreCase);

    private static Evidence Setting(Pod pod, Container container) => container.Spec.Has("securityContext", "runAsNonRoot")
        ? Quote.Field(pod.Object, container.SpecPath + ".securityContext.runAsNonRoot", container.Spec.Text("securityContext", "runAsNonRoot"))
        : Quote.Field(pod.Object, "spec.securityContext.runAsNonRoot", pod.Spec.Text("securityContext", "runAsNonRoot"));
}
