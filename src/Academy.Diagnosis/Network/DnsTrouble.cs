using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Network;

/// <summary>A name that does not resolve although it exists, or since nothing resolves.</summary>
internal static class DnsTrouble
{
    public static Fact? Explain(Cluster cluster, Complaint complaint, Target target)
    {
        var at = complaint.Workload.Ref;
        if (PolicyCheck.DnsBlockers(cluster, complaint.Pod) is { Count: > 0 } blockers && Silence(complaint))
        {
            return new Fact(blockers[0].Ref, Reasons.NetworkPolicyBlocksDns, 0.92, $"NetworkPolicy {blockers[0].Name} lets {at.Kind} {at.Name} send nothing to port 53, so it cannot resolve any name.")
            {
                Evidence = [Quote.Field(blockers[0], "spec.egress", blockers[0].Spec.At("egress")?.ToJsonString() ?? "(none)")],
                Fix = "Allow egress to the cluster DNS (UDP and TCP port 53) in the policy.",
            };
        }

        var dns = cluster.WorkloadsIn("kube-system").FirstOrDefault(workload => workload.Ref.Kind is "Deployment" or "DaemonSet" && (workload.Ref.Name.Contains("dns", StringComparison.Ordinal) || workload.PodLabels.GetValueOrDefault("k8s-app") == "kube-dns"));
        if (dns is not null && Trouble.Short(dns) && (dns.Replicas == 0 || dns.Pods.All(pod => !pod.Ready)))
        {
            return new Fact(dns.Ref, Reasons.ClusterDnsDown, 0.92, $"The cluster's DNS ({dns.Ref.Kind} {dns.Ref.Name} in kube-system) has no ready pod, so no name resolves.")
            {
                Evidence = [Quote.Field(dns.Object!, "status.readyReplicas", dns.Object!.Status.Text("readyReplicas") ?? "0")],
                Fix = "Bring the DNS pods back: look at their logs and events.",
            };
        }

        if (target.Service is not null && Elsewhere(complaint.Pod) is var (policy, path))
        {
            return new Fact(at, Reasons.WrongDnsPolicy, 0.9, $"{at.Kind} {at.Name} asks the node's own DNS (dnsPolicy {policy}), which knows no Services, so it cannot resolve {target.Host}.")
            {
                Evidence = [Quote.Field(complaint.Pod.Object, path, policy)],
                Fix = "Set dnsPolicy to ClusterFirst, or with hostNetwork to ClusterFirstWithHostNet.",
                Patch = Patches.PodSpec(complaint.Workload, new System.Text.Json.Nodes.JsonObject { ["dnsPolicy"] = complaint.Pod.Spec.Flag("hostNetwork") ? "ClusterFirstWithHostNet" : "ClusterFirst" }),
                Foreseen = "Its pods would ask the cluster's DNS, which knows the Service.",
            };
        }

        if (target.Service is { } service)
        {
            if (service.Spec.Text("type") == "ExternalName")
            {
                return new Fact(service.Ref, Reasons.WrongUpstreamUrl, 0.8, $"Service {service.Name} stands for {service.Spec.Text("externalName")}, and that name does not resolve for {at.Kind} {at.Name}.")
                {
                    Strength = Strength.Likely,
                    Evidence = [Quote.Field(service, "spec.externalName", service.Spec.Text("externalName"))],
                    Fix = "Correct externalName to a name that exists.",
                };
            }

            return service.Spec.Text("clusterIP") == "None" || !complaint.Grave
                ? null
                : new Fact(new ObjectRef("Service", "kube-system", "kube-dns"), Reasons.ClusterDnsDown, 0.6, $"{at.Kind} {at.Name} cannot resolve {target.Host} although Service {service.Name} exists: the cluster's DNS does not answer.")
                {
                    Strength = Strength.Likely,
                    Fix = "Check the DNS pods in kube-system and the pod's dnsPolicy.",
                };
        }

        return null;
    }

    /// <summary>The pod does not ask the cluster's DNS at all.</summary>
    private static (string Policy, string Path)? Elsewhere(Pod pod) => (pod.Spec.Text("dnsPolicy"), pod.Spec.Flag("hostNetwork")) switch
    {
        ("Default", _) => ("Default", "spec.dnsPolicy"),
        ("None", _) when pod.Spec.Texts("dnsConfig", "nameservers").Count > 0 => ("None", "spec.dnsPolicy"),
        ("ClusterFirst", true) => ("ClusterFirst with hostNetwork", "spec.hostNetwork"),
        _ => null,
    };

    /// <summary>No answer at all, rather than the answer that there is no such name.</summary>
    private static bool Silence(Complaint complaint) => complaint.Sign!.Sign == Sign.UnknownHost;
}
