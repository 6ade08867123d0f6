using System.Text.RegularExpressions;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.PreparingSandboxes;

/// <summary>What goes wrong on the node before and around a container's own process: the pod's network, its runtime, its security profile.</summary>
internal sealed partial class PreparingSandboxes : IAnalyzer
{
    public Rule Rule { get; } = new("ACD112", "Node cannot prepare the pod", Severity.Error, nameof(PreparingSandboxes),
        [Reasons.PodNetworkFailed, Reasons.RuntimeclassNotFound, Reasons.SecurityProfileNotFound, Reasons.ContainerCreationFailed]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Ready && !pod.Finished && !pod.Terminating && pod.Scheduled
        let fact = Sandbox(cluster, pod) ?? Container(pod)
        where fact is not null
        select fact with { Explains = [.. fact.Explains.Append(pod.Workload.Ref).Distinct()] };

    private static Fact? Sandbox(Cluster cluster, Pod pod)
    {
        // A sandbox that was made in the end leaves a container that runs or has run.
        if (cluster.EventsOf(pod.Ref).LastOrDefault(e => e.Reason is "FailedCreatePodSandBox" or "FailedCreatePodSandbox") is not { } e || pod.Containers.Any(container => container.Running || container.Terminated is not null))
        {
            return null;
        }

        var at = pod.Workload.Ref;
        if (Handler().IsMatch(e.Message) && pod.Spec.Text("runtimeClassName") is { } runtime)
        {
            return new Fact(at, Reasons.RuntimeclassNotFound, 0.92, $"{at.Kind} {at.Name} asks for runtime class {runtime}, and node {pod.NodeName} has no runtime of that kind.")
            {
                Evidence = [Quote.Event(e), Quote.Field(pod.Object, "spec.runtimeClassName", runtime)],
                Fix = "Drop runtimeClassName, or run the pods on nodes that have that runtime.",
            };
        }

        var node = new ObjectRef("Node", null, pod.NodeName!);
        var full = Full().IsMatch(e.Message);
        return new Fact(node, Reasons.PodNetworkFailed, full ? 0.9 : 0.85, full
            ? $"Node {node.Name} has no address left to give to pods, so {at.Kind} {at.Name} cannot start there."
            : $"Node {node.Name} cannot set up the network of pods: {Quote.Cut(e.Message)}")
        {
            Evidence = [Quote.Event(e), Quote.Field(pod.Object, "spec.nodeName", pod.NodeName)],
            DependsOn = [.. Plugins(cluster)],
            Fix = full ? "Free addresses (remove pods that are done), or give the node a larger pod range." : "Repair the network plugin on the node: look at its DaemonSet's pods there.",
        };
    }

    private static Fact? Container(Pod pod)
    {
        foreach (var container in pod.Containers.Where(container => container.WaitingReason is "CreateContainerError" or "RunContainerError" or "CreateContainerConfigError" or "ContainerCannotRun" && container.WaitingMessage.Length > 0))
        {
            var at = pod.Workload.Ref;
            var quote = Quote.Field(pod.Object, container.StatusPath + ".state.waiting.message", container.WaitingMessage);
            if (Profile().IsMatch(container.WaitingMessage))
            {
                return new Fact(at, Reasons.SecurityProfileNotFound, 0.93, $"Container {container.Name} of {at.Kind} {at.Name} wants a seccomp or AppArmor profile that node {pod.NodeName} does not have.")
                {
                    Evidence = [quote, Quote.Field(pod.Object, "spec.securityContext", pod.Spec.At("securityContext")?.ToJsonString() ?? "{}")],
                    Fix = "Put the profile onto the nodes, or use RuntimeDefault.",
                };
            }

            return new Fact(at, Reasons.ContainerCreationFailed, 0.6, $"Container {container.Name} of {at.Kind} {at.Name} cannot be created: {Quote.Cut(container.WaitingMessage)}")
            {
                Strength = Strength.Vague,
                Evidence = [quote],
                Fix = "Change what the message names in the pod template.",
            };
        }

        return null;
    }

    /// <summary>DaemonSets that give pods their network: where one is in trouble of its own, that is the cause.</summary>
    private static IEnumerable<ObjectRef> Plugins(Cluster cluster) =>
        cluster.All("DaemonSet").Where(set => ((string[])["calico", "cilium", "flannel", "weave", "canal", "aws-node", "kindnet", "antrea", "multus", "cni", "ovn"]).Any(word => set.Name.Contains(word, StringComparison.Ordinal))).Select(set => set.Ref);

    [GeneratedRegex("no runtime for|runtime handler|unknown runtime|RuntimeHandler", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("no IP addresses available|failed to allocate for range|no available IP|insufficient IP|no free IP|failed to assign an IP address|IPAM.{0,40}exhausted|ip pool.{0,40}(?:full|exhausted)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Full();

    [GeneratedRegex("seccomp.{0,200}(?:no such file|not found|cannot load|failed to load)|(?:cannot load|failed to load).{0,20}seccomp|apparmor.{0,200}(?:not found|not loaded|no such file|cannot enforce)|cannot enforce AppArmor", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Profile();
}
