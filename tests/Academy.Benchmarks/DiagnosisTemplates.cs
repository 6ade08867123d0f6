namespace Academy.Benchmarks;

/// <summary>The objects of a <see cref="DiagnosisCluster"/> as JSON; words in @ are filled in.</summary>
internal static class DiagnosisTemplates
{
    public const string Node = """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"@NAME@","labels":{"kubernetes.io/hostname":"@NAME@","kubernetes.io/os":"linux"}},"spec":{},
        "status":{"allocatable":{"cpu":"32","memory":"128Gi","pods":"110"},"capacity":{"cpu":"32","memory":"128Gi","pods":"110"},"nodeInfo":{"kubeletVersion":"v1.31.2"},
        "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"kubelet is posting ready status"}]}}
        """;

    public const string StorageClass = """
        {"apiVersion":"storage.k8s.io/v1","kind":"StorageClass","metadata":{"name":"standard","annotations":{"storageclass.kubernetes.io/is-default-class":"true"}},"provisioner":"csi.example"}
        """;

    public const string PodSpec = """
        {"containers":[{"name":"app","image":"registry.example/@APP@:1","ports":[{"name":"http","containerPort":8080}],"resources":{"requests":{"cpu":"50m","memory":"64Mi"},"limits":{"memory":"128Mi"}},
        "envFrom":[{"configMapRef":{"name":"@CONFIG@"}}],"env":[{"name":"UPSTREAM","value":"http://@NEXT@:80"}@ENV@]@CONTAINER@}]@SPEC@}
        """;

    public const string Deployment = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"@APP@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z"},
        "spec":{"replicas":10,"selector":{"matchLabels":{"app":"@APP@"}},"template":{"metadata":{"labels":{"app":"@APP@"}},"spec":@PODSPEC@}},
        "status":{"replicas":10,"updatedReplicas":10,"readyReplicas":@COUNT@,"availableReplicas":@COUNT@}}
        """;

    public const string ReplicaSet = """
        {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"@APP@-5d8f","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z",
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"@APP@","controller":true}]},
        "spec":{"replicas":10,"selector":{"matchLabels":{"app":"@APP@"}},"template":{"metadata":{"labels":{"app":"@APP@"}},"spec":@PODSPEC@}},"status":{"replicas":10,"readyReplicas":@COUNT@}}
        """;

    public const string ConfigMap = """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"@APP@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z"},"data":{"LOG_LEVEL":"info"}}
        """;

    public const string Service = """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"@APP@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z"},
        "spec":{"clusterIP":"10.96.1.1","selector":{"app":"@SELECTED@"},"ports":[{"port":80,"protocol":"TCP","targetPort":"@PORT@"}]}}
        """;

    public const string Pod = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"@POD@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z","labels":{"app":"@APP@"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"@APP@-5d8f","controller":true}]},"spec":@PODSPEC@,"status":@STATUS@}
        """;

    public const string Placed = """
        {"phase":"@PHASE@","podIP":"10.1.0.1","conditions":[{"type":"PodScheduled","status":"True"},{"type":"Ready","status":"@READYWORD@","lastTransitionTime":"2026-05-04T09:00:00Z"}],
        "containerStatuses":[{"name":"app","image":"registry.example/@APP@:1","ready":@READY@,"restartCount":@RESTARTS@,"state":@STATE@@LAST@}]}
        """;

    public const string Unplaced = """
        {"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0 nodes are available","lastTransitionTime":"2026-05-04T09:00:00Z"}]}
        """;

    public const string Event = """
        {"apiVersion":"v1","kind":"Event","metadata":{"name":"@POD@.@REASON@","namespace":"@NS@"},"type":"@TYPE@","reason":"@REASON@","message":"@MESSAGE@","count":1,
        "lastTimestamp":"2026-05-04T09:59:00Z","involvedObject":{"kind":"Pod","namespace":"@NS@","name":"@POD@"}}
        """;

    public const string Ingress = """
        {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"@APP@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z"},
        "spec":{"rules":[{"host":"shop.example","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"nobody","port":{"number":80}}}}]}}]}}
        """;

    public const string Claim = """
        {"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data-@APP@","namespace":"@NS@","creationTimestamp":"2026-05-03T08:00:00Z"},
        "spec":{"storageClassName":"lost","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}},"status":{"phase":"Pending"}}
        """;

    public static string Fill(string template, params (string Word, string Value)[] values) =>
        values.Aggregate(template, (text, pair) => text.Replace($"@{pair.Word}@", pair.Value, StringComparison.Ordinal));
}
