namespace Academy.Agent.Understanding;

/// <summary>Kinds of objects, as kubectl and students call them.</summary>
public static class Kinds
{
    private static readonly (string Kind, string[] Names)[] Table =
    [
        ("Pod", ["pod", "pods", "po", "container", "containers"]),
        ("Deployment", ["deployment", "deployments", "deploy", "deploys"]),
        ("ReplicaSet", ["replicaset", "replicasets", "rs"]),
        ("StatefulSet", ["statefulset", "statefulsets", "sts"]),
        ("DaemonSet", ["daemonset", "daemonsets", "ds"]),
        ("Job", ["job", "jobs"]),
        ("CronJob", ["cronjob", "cronjobs", "cj"]),
        ("Service", ["service", "services", "svc"]),
        ("Endpoints", ["endpoints", "endpoint", "ep"]),
        ("EndpointSlice", ["endpointslice", "endpointslices"]),
        ("Ingress", ["ingress", "ingresses", "ing"]),
        ("IngressClass", ["ingressclass", "ingressclasses"]),
        ("NetworkPolicy", ["networkpolicy", "networkpolicies", "netpol"]),
        ("ConfigMap", ["configmap", "configmaps", "cm"]),
        ("Secret", ["secret", "secrets"]),
        ("PersistentVolumeClaim", ["persistentvolumeclaim", "persistentvolumeclaims", "pvc", "pvcs", "claim"]),
        ("PersistentVolume", ["persistentvolume", "persistentvolumes", "pv", "pvs"]),
        ("StorageClass", ["storageclass", "storageclasses", "sc"]),
        ("Node", ["node", "nodes", "no"]),
        ("Namespace", ["namespace", "namespaces", "ns"]),
        ("ServiceAccount", ["serviceaccount", "serviceaccounts", "sa"]),
        ("Role", ["role", "roles"]),
        ("RoleBinding", ["rolebinding", "rolebindings"]),
        ("ClusterRole", ["clusterrole", "clusterroles"]),
        ("ClusterRoleBinding", ["clusterrolebinding", "clusterrolebindings"]),
        ("ResourceQuota", ["resourcequota", "resourcequotas", "quota", "quotas"]),
        ("LimitRange", ["limitrange", "limitranges"]),
        ("PriorityClass", ["priorityclass", "priorityclasses"]),
        ("HorizontalPodAutoscaler", ["horizontalpodautoscaler", "horizontalpodautoscalers", "hpa", "hpas"]),
        ("PodDisruptionBudget", ["poddisruptionbudget", "poddisruptionbudgets", "pdb"]),
        ("Event", ["event", "events"]),
        ("ValidatingWebhookConfiguration", ["validatingwebhookconfiguration", "validatingwebhookconfigurations"]),
        ("MutatingWebhookConfiguration", ["mutatingwebhookconfiguration", "mutatingwebhookconfigurations"]),
        ("VirtualService", ["virtualservice", "virtualservices", "vs"]),
        ("DestinationRule", ["destinationrule", "destinationrules", "dr"]),
        ("PyTorchJob", ["pytorchjob", "pytorchjobs"]),
        ("Application", ["application", "applications"]),
    ];

    private static readonly HashSet<string> ClusterWide = new(
        [
            "Node", "Namespace", "PersistentVolume", "StorageClass", "PriorityClass", "ClusterRole", "ClusterRoleBinding", "IngressClass",
            "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "CustomResourceDefinition", "APIService",
        ],
        StringComparer.OrdinalIgnoreCase);

    // "no", "so" and the like are words of the language first.
    private static readonly HashSet<string> OnlyBeforeSlash = new(["no", "po", "ds", "rs", "vs", "dr", "ep", "cj", "sc", "sa", "cm", "ing", "claim", "application", "applications"], StringComparer.Ordinal);

    private static readonly Dictionary<string, string> ByName =
        Table.SelectMany(t => t.Names.Select(n => (Name: n, t.Kind))).ToDictionary(p => p.Name, p => p.Kind, StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind that a word of a sentence means, or null.</summary>
    public static string? Find(string word) => OnlyBeforeSlash.Contains(word) ? null : ByName.GetValueOrDefault(word);

    /// <summary>The kind that a word means where only a kind can stand, as in <c>cm/settings</c>.</summary>
    public static string? FindShort(string word) => ByName.GetValueOrDefault(word);

    public static bool IsClusterWide(string kind) => ClusterWide.Contains(kind);
}
