namespace Academy.Clusters.Discovering;

/// <summary>What of a cluster a diagnosis looks at, and in which order where a cluster has more kinds than may be listed.</summary>
internal static class WantedKinds
{
    /// <summary>The groups of Kubernetes itself, each with the kinds wanted of it; every other group holds custom resources.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> BuiltIn = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] =
        [
            "configmaps", "endpoints", "events", "limitranges", "namespaces", "nodes", "persistentvolumeclaims", "persistentvolumes", "pods",
            "replicationcontrollers", "resourcequotas", "secrets", "serviceaccounts", "services",
        ],
        ["apps"] = ["daemonsets", "deployments", "replicasets", "statefulsets"],
        ["batch"] = ["cronjobs", "jobs"],
        ["autoscaling"] = ["horizontalpodautoscalers"],
        ["networking.k8s.io"] = ["ingressclasses", "ingresses", "networkpolicies"],
        ["policy"] = ["poddisruptionbudgets"],
        ["discovery.k8s.io"] = [],
        ["storage.k8s.io"] = ["storageclasses"],
        ["scheduling.k8s.io"] = ["priorityclasses"],
        ["node.k8s.io"] = ["runtimeclasses"],
        ["resource.k8s.io"] = ["deviceclasses", "resourceclaims"],
        ["rbac.authorization.k8s.io"] = ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
        ["admissionregistration.k8s.io"] = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
        ["apiregistration.k8s.io"] = ["apiservices"],
        ["apiextensions.k8s.io"] = [],
        ["authentication.k8s.io"] = [],
        ["authorization.k8s.io"] = [],
        ["certificates.k8s.io"] = [],
        ["coordination.k8s.io"] = [],
        ["custom.metrics.k8s.io"] = [],
        ["events.k8s.io"] = [],
        ["extensions"] = [],
        ["external.metrics.k8s.io"] = [],
        ["flowcontrol.apiserver.k8s.io"] = [],
        ["internal.apiserver.k8s.io"] = [],
        ["metrics.k8s.io"] = [],
        ["storagemigration.k8s.io"] = [],
    };

    // Kinds of Kubernetes itself that seldom decide anything: custom resources that a rule reads go before them.
    private static readonly HashSet<string> Seldom = ["replicationcontrollers", "runtimeclasses", "deviceclasses", "resourceclaims", "priorityclasses", "ingressclasses"];

    // Custom resources that rules ask for by name, most telling first.
    private static readonly string[] Named =
    [
        "virtualservices.networking.istio.io", "destinationrules.networking.istio.io", "peerauthentications.security.istio.io", "authorizationpolicies.security.istio.io",
        "gateways.networking.istio.io", "httproutes.gateway.networking.k8s.io", "gateways.gateway.networking.k8s.io", "certificates.cert-manager.io", "issuers.cert-manager.io",
        "clusterissuers.cert-manager.io", "applications.argoproj.io", "workflows.argoproj.io", "pytorchjobs.kubeflow.org", "notebooks.kubeflow.org", "inferenceservices.serving.kserve.io",
        "trainjobs.trainer.kubeflow.org", "tfjobs.kubeflow.org", "mpijobs.kubeflow.org", "serviceentries.networking.istio.io", "rollouts.argoproj.io", "servicemonitors.monitoring.coreos.com",
        "gitrepositories.source.toolkit.fluxcd.io", "helmrepositories.source.toolkit.fluxcd.io", "pipelineruns.tekton.dev", "taskruns.tekton.dev", "grpcroutes.gateway.networking.k8s.io",
        "ocirepositories.source.toolkit.fluxcd.io", "helmcharts.source.toolkit.fluxcd.io", "buckets.source.toolkit.fluxcd.io", "podmonitors.monitoring.coreos.com",
        "tcproutes.gateway.networking.k8s.io", "tlsroutes.gateway.networking.k8s.io", "udproutes.gateway.networking.k8s.io",
    ];

    // Endings of the groups that courses meet most; they are read first where a cluster has more kinds than may be listed.
    private static readonly string[] Familiar =
    [
        "kubeflow.org", "argoproj.io", "istio.io", "gateway.networking.k8s.io", "kserve.io", "knative.dev", "cnpg.io", "cert-manager.io", "ray.io",
        "keda.sh", "kueue.x-k8s.io", "nvidia.com", "external-secrets.io", "monitoring.coreos.com", "volcano.sh",
    ];

    /// <summary>Which group to ask first: those of Kubernetes, then the familiar ones.</summary>
    public static int Rank(string group) => BuiltIn.ContainsKey(group) ? -1
        : Array.FindIndex(Familiar, f => group.EndsWith(f, StringComparison.Ordinal)) is >= 0 and var rank ? rank
        : Familiar.Length;

    /// <summary>
    /// Which kinds to list first: what most rules read, custom resources that a rule asks for by name, what seldom decides, then any other
    /// custom resource, those of a namespace before those of the whole cluster.
    /// </summary>
    public static int Rank(ServedKind kind) => (BuiltIn.ContainsKey(kind.Group), kind.Namespaced) switch
    {
        (true, _) => Seldom.Contains(kind.Resource) ? 100 : 0,
        _ when Array.IndexOf(Named, $"{kind.Resource}.{kind.Group}") is >= 0 and var place => 1 + place,
        (_, true) => 200 + Rank(kind.Group),
        _ => 300 + Rank(kind.Group),
    };

    /// <summary>
    /// Versions of a group, best first: the one that the server prefers, then stable before beta before alpha and high before low, as
    /// Kubernetes orders the versions of custom resources. Autoscaling is by that order alone: servers before 1.23 prefer v1 there, which
    /// puts metrics and conditions into annotations.
    /// </summary>
    public static IReadOnlyList<string> InOrder(string group, string? preferred, IEnumerable<string> versions) => group == "autoscaling"
        ? [.. versions.OrderBy(v => v == "v1").ThenByDescending(ApiVersionOrder.Of)]
        : [.. versions.OrderByDescending(v => v == preferred).ThenByDescending(ApiVersionOrder.Of)];
}
