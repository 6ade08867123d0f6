namespace Academy.Benchmarks;

/// <summary>One kind of fault that a <see cref="DiagnosisCluster"/> plants into an application.</summary>
/// <param name="Truth">The object to be named, with @APP@ and @NS@, and the reason.</param>
/// <param name="State">What the container does, as JSON.</param>
internal sealed record DiagnosisFault(string Truth, string State = DiagnosisFault.Runs)
{
    public const string Runs = """{"running":{"startedAt":"2026-05-03T09:00:00Z"}}""";

    public static DiagnosisFault None { get; } = new("");

    public static IReadOnlyList<DiagnosisFault> All { get; } =
    [
        new("Deployment/@NS@/@APP@ image-not-found", """{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}""") { Happened = ("Failed", "Failed to pull image: manifest unknown: not found") },
        new("ConfigMap/@NS@/lost-@APP@ configmap-not-found", """{"waiting":{"reason":"CreateContainerConfigError","message":"configmap \"lost-@APP@\" not found"}}""") { Config = "lost-@APP@" },
        new("Secret/@NS@/lost-@APP@ secret-not-found", """{"waiting":{"reason":"CreateContainerConfigError","message":"secret \"lost-@APP@\" not found"}}""") { Env = """,{"name":"TOKEN","valueFrom":{"secretKeyRef":{"name":"lost-@APP@","key":"token"}}}""" },
        new("Deployment/@NS@/@APP@ oom-killed", """{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container"}}""")
        {
            Restarts = 9,
            Last = ""","lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","startedAt":"2026-05-04T09:57:00Z","finishedAt":"2026-05-04T09:58:00Z"}}""",
        },
        new("Service/@NS@/@APP@ service-selector-mismatch") { Selected = "@APP@-v2" },
        new("Service/@NS@/@APP@ service-target-port-mismatch") { Port = "web" },
        new("Ingress/@NS@/@APP@ ingress-backend-service-not-found") { Also = DiagnosisTemplates.Ingress },
        new("PersistentVolumeClaim/@NS@/data-@APP@ storageclass-not-found", "") { Also = DiagnosisTemplates.Claim, Spec = ""","volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data-@APP@"}}]""" },
        new("Deployment/@NS@/@APP@ node-selector-mismatch", "") { Spec = ""","nodeSelector":{"disk":"nvme"}""" },
        new("Deployment/@NS@/@APP@ run-as-non-root-violation", """{"waiting":{"reason":"CreateContainerConfigError","message":"container has runAsNonRoot and image will run as root"}}""") { Container = ""","securityContext":{"runAsNonRoot":true}""" },
    ];

    public string Config { get; init; } = "@APP@";

    public string Selected { get; init; } = "@APP@";

    public string Port { get; init; } = "http";

    public string Env { get; init; } = "";

    public string Container { get; init; } = "";

    public string Spec { get; init; } = "";

    public int Restarts { get; init; }

    public string Last { get; init; } = "";

    /// <summary>A further object of the application.</summary>
    public string? Also { get; init; }

    public (string Reason, string Message) Happened { get; init; } = ("Started", "Started container app");

    public bool IsPlaced => State.Length > 0;

    public bool IsReady => State == Runs;
}
