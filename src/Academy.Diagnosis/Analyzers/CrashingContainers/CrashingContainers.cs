using System.Globalization;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CrashingContainers;

/// <summary>Programs that end by themselves: what their last words say must change.</summary>
internal sealed class CrashingContainers : IAnalyzer
{
    public Rule Rule { get; } = new("ACD105", "Container crashes", Severity.Error, nameof(CrashingContainers),
    [
        Reasons.ApplicationPanic, Reasons.EnvVarNameTypo, Reasons.EnvVarMissing, Reasons.InvalidConfigFile, Reasons.InvalidArgument, Reasons.CommandNotFound,
        Reasons.WrongCredentials, Reasons.PortAlreadyInUse, Reasons.ReadOnlyRootFilesystem, Reasons.VolumeFull, Reasons.EphemeralStorageExceeded, Reasons.VolumePermissionDenied,
        Reasons.VolumeMountPathMismatch, Reasons.SubpathNotFound, Reasons.ServiceaccountTokenNotMounted, Reasons.ConfigmapKeyMissing, Reasons.SecretKeyMissing, Reasons.OomKilled, Reasons.ModelNotFound, Reasons.CertificateExpired,
        Reasons.ImagePlatformMismatch, Reasons.MissingGpuRequest, Reasons.PipelineArtifactMissing, Reasons.InitContainerFailed, Reasons.JobBackoffLimitExceeded, Reasons.TrainingWorkerFailed, Reasons.PipelineStepFailed,
    ]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var complaint in Complaints.Of(cluster).Where(complaint => complaint.Crashes || (complaint.Grave && complaint.Sign is { OfDependency: false, Sign: < Sign.Crash })))
        {
            if (complaint.Waits || complaint.Sign is { OfDependency: true } or { Sign: Sign.Forbidden })
            {
                continue;
            }

            var fact = Explain(cluster, complaint) ?? (complaint.Crashes ? Generic(cluster, complaint) : null);
            if (fact is not null)
            {
                yield return fact with { Evidence = [.. Ending(complaint), .. fact.Evidence], Explains = [.. fact.Explains.Append(complaint.Workload.Ref).Distinct()] };
            }
        }
    }

    private static Fact? Explain(Cluster cluster, Complaint complaint) => complaint.Sign?.Sign switch
    {
        Sign.MissingFile or Sign.BadConfig or Sign.Error or Sign.Crash or null when Files.SubPath(cluster, complaint) is { } subPath => subPath,
        Sign.MissingVariable => MissingVariables.Explain(cluster, complaint),
        Sign.Authentication => Credentials.Explain(complaint),
        Sign.UnknownFlag => Arguments(complaint),
        Sign.PortInUse => Make(complaint, Reasons.PortAlreadyInUse, 0.9, "wants a port that another process of its pod or node already holds", "Give each container of the pod its own port, or drop hostNetwork."),
        Sign.ReadOnly => Files.ReadOnly(complaint),
        Sign.DiskFull => Files.Full(complaint),
        Sign.OutOfMemory => Make(complaint, Reasons.OomKilled, 0.8, "runs out of memory", "Raise its memory limit (or the heap limit of its runtime), or make it use less."),
        Sign.MissingGpu => Gpu(complaint),
        Sign.MissingModel or Sign.MissingFile when Artifact(complaint) => Make(complaint, Reasons.PipelineArtifactMissing, 0.9, "does not find the artifact that an earlier step should have left", "Make the earlier step write the artifact, or correct the key or path it is read from."),
        Sign.MissingModel => Make(complaint, Reasons.ModelNotFound, 0.9, "does not find the model it should load", "Correct the model's name, version or path, or put the model there."),
        Sign.PermissionDenied => Files.Denied(complaint),
        Sign.MissingFile => Files.Missing(cluster, complaint),
        Sign.BadConfig => ConfigFiles.Explain(cluster, complaint),
        Sign.Platform => Make(complaint, Reasons.ImagePlatformMismatch, 0.92, "is built for another processor than its node's", "Use an image built for the node's architecture."),
        Sign.Certificate => Credentials.Certificate(cluster, complaint),
        _ => null,
    };

    internal static Fact Make(Complaint complaint, string reason, double confidence, string what, string fix, ObjectRef? subject = null, params Evidence[] evidence) =>
        new(subject ?? complaint.Workload.Ref, reason, confidence, $"Container {complaint.Container.Name} of {complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} {what}.")
        {
            Strength = Strength.Likely,
            Evidence = [.. complaint.Quotes, .. evidence],
            Fix = fix,
        };

    private static bool Artifact(Complaint complaint) =>
        Crashes.IsPipeline(complaint.Workload.Ref.Kind)
        && ((string[])["artifact", "NoSuchKey", "/inputs/", "/tmp/outputs", "minio", "s3://"]).Any(word => complaint.Sign!.Line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Fact? Gpu(Complaint complaint)
    {
        var requests = complaint.Container.Spec.Map("resources", "limits").Keys.Concat(complaint.Container.Spec.Map("resources", "requests").Keys);
        return requests.Any(Scheduling.Requests.Accelerator)
            ? null
            : Make(complaint, Reasons.MissingGpuRequest, 0.93, "needs a GPU and requests none, so it gets none", "Request one: resources.limits nvidia.com/gpu: 1.", null,
                Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".resources", complaint.Container.Spec.At("resources")?.ToJsonString() ?? "{}"));
    }

    private static Fact? Arguments(Complaint complaint)
    {
        var name = complaint.Sign!.Name;
        var given = complaint.Container.Command;
        var named = name is { Length: > 1 } && given.Any(text => text.Contains(name.TrimStart('-').Split('=')[0], StringComparison.Ordinal));
        if (!named && (given.Count == 0 || (name is not null && !name.StartsWith('-'))))
        {
            return null;
        }

        return Make(complaint, Reasons.InvalidArgument, named ? 0.93 : 0.7, $"is started with an argument that it does not know{(name is null ? "" : $" ({name})")}", "Correct or remove the argument in the container's args.", null,
            Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + (complaint.Container.Spec.Has("args") ? ".args" : ".command"), string.Join(' ', given)));
    }

    /// <summary>It failed, and nothing in the cluster's objects says why: the program itself, unless something it needs is in trouble.</summary>
    private static Fact Generic(Cluster cluster, Complaint complaint)
    {
        var at = complaint.Workload.Ref;
        var own = complaint.Sign is { Sign: Sign.Crash };
        var idle = complaint.Container.ExitCode == 0;
        var reason = Crashes.GenericReason(complaint);
        var summary = complaint switch
        {
            { Sign: { } sign } => $"Container {complaint.Container.Name} of {at.Kind} {at.Name} fails by itself: {Quote.Cut(sign.Line.Trim())}{Often(complaint.Log!.Times(sign))}",
            _ when idle => $"Container {complaint.Container.Name} of {at.Kind} {at.Name} ends at once without an error, and is started again and again.",
            _ => string.Create(CultureInfo.InvariantCulture, $"Container {complaint.Container.Name} of {at.Kind} {at.Name} ends with exit code {complaint.Container.ExitCode} and says nothing about why."),
        };
        return new Fact(at, reason, own ? 0.85 : complaint.Sign is not null ? 0.7 : 0.5, summary)
        {
            Strength = own ? Strength.Likely : Strength.Vague,
            Evidence = complaint.Quotes,
            DependsOn = own ? [] : [.. Hosts.ServicesNamedIn(cluster, complaint.Workload).Select(service => service.Ref)],
            Fix = Repair(complaint, reason),
        };
    }

    private static string Often(int times) => times < 3 ? "" : string.Create(CultureInfo.InvariantCulture, $" (said {times} times)");

    private static string Repair(Complaint complaint, string reason) => reason switch
    {
        Reasons.InitContainerFailed => "Repair what the init container does; the pod's other containers wait for it.",
        Reasons.JobBackoffLimitExceeded => "Repair the job's command or its input, then run the job again.",
        _ when complaint.Workload.Ref.Kind == "Deployment" && complaint.Workload.Object?.Annotations.GetValueOrDefault("deployment.kubernetes.io/revision") is not (null or "1") =>
            "Roll back to the release that worked (kubectl rollout undo), then repair the program.",
        _ => "Repair the program where its last lines point.",
    };

    private static IEnumerable<Evidence> Ending(Complaint complaint)
    {
        var container = complaint.Container;
        if (container.Terminated is not null)
        {
            yield return Quote.Field(complaint.Pod.Object, container.TerminatedPath + ".exitCode", container.Terminated.Text("exitCode"));
        }
        else if (container.WaitingReason is not null)
        {
            yield return Quote.Field(complaint.Pod.Object, container.StatusPath + ".state.waiting.reason", container.WaitingReason);
        }
    }
}
