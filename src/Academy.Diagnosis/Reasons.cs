namespace Academy.Diagnosis;

/// <summary>The vocabulary of root causes. A reason is stable: records and graders keep it.</summary>
public static class Reasons
{
    // Image
    public const string ImageNotFound = "image-not-found";
    public const string ImageNameInvalid = "image-name-invalid";
    public const string ImagePullUnauthorized = "image-pull-unauthorized";
    public const string MissingImagePullSecret = "missing-image-pull-secret";
    public const string ImagePullSecretNotFound = "image-pull-secret-not-found";
    public const string RegistryUnreachable = "registry-unreachable";
    public const string ImagePullPolicyNever = "image-pull-policy-never";
    public const string ImagePlatformMismatch = "image-platform-mismatch";

    // Configuration
    public const string ConfigmapNotFound = "configmap-not-found";
    public const string ConfigmapKeyMissing = "configmap-key-missing";
    public const string SecretNotFound = "secret-not-found";
    public const string SecretKeyMissing = "secret-key-missing";
    public const string EnvVarNameTypo = "env-var-name-typo";
    public const string EnvVarMissing = "env-var-missing";
    public const string InvalidConfigFile = "invalid-config-file";
    public const string InvalidArgument = "invalid-argument";
    public const string CommandNotFound = "command-not-found";
    public const string WrongCredentials = "wrong-credentials";
    public const string WrongServiceName = "wrong-service-name";
    public const string WrongServicePort = "wrong-service-port";
    public const string WrongUpstreamUrl = "wrong-upstream-url";
    public const string VolumeMountPathMismatch = "volume-mount-path-mismatch";
    public const string SubpathNotFound = "subpath-not-found";
    public const string DownwardApiInvalid = "downward-api-invalid";

    // Application
    public const string ApplicationPanic = "application-panic";
    public const string InitContainerFailed = "init-container-failed";
    public const string HookFailed = "hook-failed";
    public const string PortAlreadyInUse = "port-already-in-use";
    public const string DeadlockedApplication = "deadlocked-application";

    // Probes
    public const string LivenessProbeTooEarly = "liveness-probe-too-early";
    public const string LivenessProbeWrongPath = "liveness-probe-wrong-path";
    public const string LivenessProbeWrongPort = "liveness-probe-wrong-port";
    public const string LivenessProbeTimeout = "liveness-probe-timeout";
    public const string ReadinessProbeWrongPath = "readiness-probe-wrong-path";
    public const string ReadinessProbeWrongPort = "readiness-probe-wrong-port";
    public const string StartupProbeTooShort = "startup-probe-too-short";

    // Resources
    public const string OomKilled = "oom-killed";
    public const string CpuThrottled = "cpu-throttled";
    public const string EphemeralStorageExceeded = "ephemeral-storage-exceeded";
    public const string InsufficientCpu = "insufficient-cpu";
    public const string InsufficientMemory = "insufficient-memory";
    public const string InsufficientPods = "insufficient-pods";
    public const string InsufficientGpu = "insufficient-gpu";
    public const string MissingResourceRequests = "missing-resource-requests";
    public const string LimitrangeViolation = "limitrange-violation";
    public const string QuotaExceeded = "quota-exceeded";

    // Scheduling
    public const string NodeSelectorMismatch = "node-selector-mismatch";
    public const string NodeAffinityUnsatisfiable = "node-affinity-unsatisfiable";
    public const string PodAffinityUnsatisfiable = "pod-affinity-unsatisfiable";
    public const string AntiAffinityUnsatisfiable = "anti-affinity-unsatisfiable";
    public const string TopologySpreadUnsatisfiable = "topology-spread-unsatisfiable";
    public const string UntoleratedTaint = "untolerated-taint";
    public const string HostPortConflict = "host-port-conflict";
    public const string SchedulerNameUnknown = "scheduler-name-unknown";
    public const string SchedulingGated = "scheduling-gated";
    public const string PreemptedByHigherPriority = "preempted-by-higher-priority";
    public const string PriorityClassNotFound = "priority-class-not-found";

    // Nodes
    public const string NodeNotReady = "node-not-ready";
    public const string NodeCordoned = "node-cordoned";
    public const string NodeDiskPressure = "node-disk-pressure";
    public const string NodeMemoryPressure = "node-memory-pressure";
    public const string NodePidPressure = "node-pid-pressure";
    public const string NodeNetworkUnavailable = "node-network-unavailable";
    public const string KubeletVersionSkew = "kubelet-version-skew";

    // Storage
    public const string StorageclassNotFound = "storageclass-not-found";
    public const string NoDefaultStorageclass = "no-default-storageclass";
    public const string ProvisionerNotRunning = "provisioner-not-running";
    public const string NoMatchingPersistentVolume = "no-matching-persistent-volume";
    public const string VolumeNodeAffinityConflict = "volume-node-affinity-conflict";
    public const string AccessModeConflict = "access-mode-conflict";
    public const string VolumeMultiAttach = "volume-multi-attach";
    public const string PersistentVolumeLost = "persistent-volume-lost";
    public const string PvcNotFound = "pvc-not-found";
    public const string VolumeFull = "volume-full";
    public const string VolumePermissionDenied = "volume-permission-denied";

    // Network
    public const string ServiceNotFound = "service-not-found";
    public const string ServiceSelectorMismatch = "service-selector-mismatch";
    public const string ServiceTargetPortMismatch = "service-target-port-mismatch";
    public const string ServiceNoReadyEndpoints = "service-no-ready-endpoints";
    public const string NetworkPolicyBlocksDns = "network-policy-blocks-dns";
    public const string NetworkPolicySelectorMismatch = "network-policy-selector-mismatch";
    public const string NetworkPolicyDeniesTraffic = "network-policy-denies-traffic";
    public const string ClusterDnsDown = "cluster-dns-down";
    public const string IngressBackendServiceNotFound = "ingress-backend-service-not-found";
    public const string IngressBackendPortMismatch = "ingress-backend-port-mismatch";
    public const string IngressClassNotFound = "ingress-class-not-found";
    public const string IngressTlsSecretNotFound = "ingress-tls-secret-not-found";
    public const string GatewayNotFound = "gateway-not-found";
    public const string RouteNotAccepted = "route-not-accepted";
    public const string LoadbalancerPending = "loadbalancer-pending";

    // Identity and policy
    public const string RbacPermissionMissing = "rbac-permission-missing";
    public const string RbacBindingMissing = "rbac-binding-missing";
    public const string WrongServiceAccount = "wrong-service-account";
    public const string ServiceaccountNotFound = "serviceaccount-not-found";
    public const string RunAsNonRootViolation = "run-as-non-root-violation";
    public const string ReadOnlyRootFilesystem = "read-only-root-filesystem";
    public const string PodSecurityViolation = "pod-security-violation";
    public const string WebhookServiceNotFound = "webhook-service-not-found";
    public const string WebhookDenied = "webhook-denied";
    public const string WebhookTimeout = "webhook-timeout";
    public const string CertificateExpired = "certificate-expired";

    // Rollout and lifecycle
    public const string RolloutPaused = "rollout-paused";
    public const string ProgressDeadlineExceeded = "progress-deadline-exceeded";
    public const string ImmutableFieldChanged = "immutable-field-changed";
    public const string PdbBlocksEviction = "pdb-blocks-eviction";
    public const string FinalizerNotRemoved = "finalizer-not-removed";
    public const string NamespaceTerminating = "namespace-terminating";
    public const string OwnerDeleted = "owner-deleted";

    // Batch and autoscaling
    public const string JobBackoffLimitExceeded = "job-backoff-limit-exceeded";
    public const string JobDeadlineExceeded = "job-deadline-exceeded";
    public const string CronjobSuspended = "cronjob-suspended";
    public const string CronjobScheduleInvalid = "cronjob-schedule-invalid";
    public const string ConcurrencyForbidBlocked = "concurrency-forbid-blocked";
    public const string HpaTargetNotFound = "hpa-target-not-found";
    public const string HpaAtMaxReplicas = "hpa-at-max-replicas";
    public const string MetricsApiUnavailable = "metrics-api-unavailable";
    public const string ApiserviceUnavailable = "apiservice-unavailable";
    public const string CustomMetricNotFound = "custom-metric-not-found";

    // GPU and ML
    public const string GpuExhaustedByOtherWorkload = "gpu-exhausted-by-other-workload";
    public const string GpuFragmentation = "gpu-fragmentation";
    public const string GpuDevicePluginMissing = "gpu-device-plugin-missing";
    public const string MissingGpuRequest = "missing-gpu-request";
    public const string GangSchedulingDeadlock = "gang-scheduling-deadlock";
    public const string ModelNotFound = "model-not-found";
    public const string TrainingWorkerFailed = "training-worker-failed";
    public const string PipelineStepFailed = "pipeline-step-failed";
    public const string PipelineArtifactMissing = "pipeline-artifact-missing";
    public const string NotebookNotScheduled = "notebook-not-scheduled";

    // Mesh, GitOps, certificates
    public const string VirtualserviceHostNotFound = "virtualservice-host-not-found";
    public const string VirtualserviceSubsetNotFound = "virtualservice-subset-not-found";
    public const string DestinationruleHostNotFound = "destinationrule-host-not-found";
    public const string MissingIstioSidecar = "missing-istio-sidecar";
    public const string MtlsModeConflict = "mtls-mode-conflict";
    public const string AuthorizationPolicyDenies = "authorization-policy-denies";
    public const string GatewaySelectorMismatch = "gateway-selector-mismatch";
    public const string ApplicationOutOfSync = "application-out-of-sync";
    public const string ApplicationSourceNotFound = "application-source-not-found";
    public const string IssuerNotReady = "issuer-not-ready";
    public const string CustomResourceNotReady = "custom-resource-not-ready";

    // Faults beyond the recorded vocabulary
    public const string PodNetworkFailed = "pod-network-failed";
    public const string RuntimeclassNotFound = "runtimeclass-not-found";
    public const string SecurityProfileNotFound = "security-profile-not-found";
    public const string ContainerCreationFailed = "container-creation-failed";
    public const string ServicemonitorSelectsNothing = "servicemonitor-selects-nothing";
    public const string ServicemonitorPortNotFound = "servicemonitor-port-not-found";
    public const string ServicemonitorNotSelected = "servicemonitor-not-selected";
    public const string ServiceaccountTokenNotMounted = "serviceaccount-token-not-mounted";
    public const string WrongDnsPolicy = "wrong-dns-policy";
    public const string VolumeExpansionFailed = "volume-expansion-failed";
    public const string NodeVolumeLimitExceeded = "node-volume-limit-exceeded";
    public const string GatewayclassNotFound = "gatewayclass-not-found";
    public const string HpaConflict = "hpa-conflict";
    public const string CronjobMissedSchedules = "cronjob-missed-schedules";

    /// <summary>All of them, in the order above.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(Reasons).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
}
