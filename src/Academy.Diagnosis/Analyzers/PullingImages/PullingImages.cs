using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.PullingImages;

/// <summary>An image that does not arrive: what the registry answered, weighed with the credentials the pod has.</summary>
internal sealed class PullingImages : IAnalyzer
{
    private static readonly string[] Refused =
        ["401", "403", "unauthorized", "authentication required", "authorization failed", "no basic auth", "access forbidden", "forbidden", "denied", "insufficient_scope", "docker login"];

    private static readonly string[] Absent =
        ["not found", "manifest unknown", "notfound", "does not exist", "name unknown", "404", "name_unknown", "manifest_unknown", "failed to resolve reference"];

    private static readonly string[] Silent =
        ["no such host", "dial tcp", "i/o timeout", "connection refused", "tls handshake", "x509", "http response to https client", "server misbehaving", "503", "502", "500", "toomanyrequests", "429", "connection reset", "network is unreachable", "context deadline exceeded", "eof", "registryunavailable"];

    public Rule Rule { get; } = new("ACD101", "Image cannot be pulled", Severity.Error, nameof(PullingImages),
    [
        Reasons.ImageNotFound, Reasons.ImageNameInvalid, Reasons.ImagePullUnauthorized, Reasons.MissingImagePullSecret,
        Reasons.ImagePullSecretNotFound, Reasons.RegistryUnreachable, Reasons.ImagePullPolicyNever, Reasons.ImagePlatformMismatch,
    ]);

    public bool StaysInNamespace => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Terminating && !pod.Finished
        from container in pod.Containers
        where container.WaitingReason is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "ImageInspectError" or "RegistryUnavailable" or "SignatureValidationFailed"
        select Explain(cluster, pod, container);

    private static Fact Explain(Cluster cluster, Pod pod, Container container)
    {
        var events = cluster.EventsOf(pod.Ref)
            .Where(e => e.Reason is "Failed" or "FailedToRetrieveImagePullSecret" or "InspectFailed" or "ErrImageNeverPull" or "BackOff")
            .Where(e => e.Reason == "FailedToRetrieveImagePullSecret" || e.Message.Contains(container.Image, StringComparison.Ordinal) || e.FieldPath.Contains($"{{{container.Name}}}", StringComparison.Ordinal))
            .ToList();
        var telling = events.Where(e => e.Says("pull image") || e.Says("Image") && e.Reason != "BackOff").OrderByDescending(e => e.Message.Length).FirstOrDefault();
        var said = $"{container.WaitingMessage} {string.Join(' ', events.Where(e => e.Reason != "BackOff").Select(e => e.Message))}".ToLowerInvariant();
        var text = container.Image.Length == 0 ? said : said.Replace(container.Image.ToLowerInvariant(), "IMAGE", StringComparison.Ordinal);
        var (reason, confidence, summary, fix, subject) = Classify(cluster, pod, container, text);
        return new Fact(subject ?? pod.Workload.Ref, reason, confidence, summary)
        {
            Evidence =
            [
                Quote.Field(pod.Object, container.StatusPath + ".state.waiting.reason", container.WaitingReason),
                .. telling is null ? (Evidence[])[] : [Quote.Event(telling)],
                .. telling is null && container.WaitingMessage.Length > 0 ? (Evidence[])[Quote.Field(pod.Object, container.StatusPath + ".state.waiting.message", container.WaitingMessage)] : [],
                Quote.Field(pod.Object, container.SpecPath + ".image", container.Image),
            ],
            Explains = [pod.Workload.Ref],
            Fix = fix,
        };
    }

    private static (string Reason, double Confidence, string Summary, string Fix, ObjectRef? Subject) Classify(Cluster cluster, Pod pod, Container container, string text)
    {
        var image = container.Image;
        var who = $"{pod.Workload.Ref.Kind} {pod.Workload.Ref.Name}";
        if (container.WaitingReason == "InvalidImageName" || Any(text, "couldn't parse image", "invalid reference format", "failed to apply default image tag"))
        {
            return (Reasons.ImageNameInvalid, 0.98, $"\"{image}\" is not a valid image name, so container {container.Name} of {who} cannot start.", "Write the image as registry/repository:tag, in lower case and without spaces.", null);
        }

        if (container.WaitingReason == "ErrImageNeverPull" || text.Contains("imagepullpolicy: never", StringComparison.Ordinal) || text.Contains("pull policy of never", StringComparison.Ordinal))
        {
            return (Reasons.ImagePullPolicyNever, 0.97, $"{who} forbids pulling (imagePullPolicy: Never) and {image} is not on the node.", "Set imagePullPolicy to IfNotPresent, or load the image onto the node.", null);
        }

        if (Any(text, "no match for platform", "no matching manifest", "does not match the specified platform", "no image found in manifest list", "exec format error", "image operating system"))
        {
            return (Reasons.ImagePlatformMismatch, 0.95, $"{image} is not built for the processor of the node.", "Use an image built for the node's architecture, or select nodes of the image's architecture.", null);
        }

        if (Any(text, Refused) && !Guess(text))
        {
            return Credentials(cluster, pod, image, who);
        }

        if (Any(text, Silent) && !Any(text, "manifest unknown", "not found"))
        {
            return (Reasons.RegistryUnreachable, 0.9, $"The node cannot reach the registry of {image}.", "Check the registry's host name in the image, and that the nodes can reach it.", null);
        }

        var known = Any(text, Absent);
        return (Reasons.ImageNotFound, known ? 0.96 : 0.6, $"{image}, wanted by {who}, does not exist in its registry.", "Correct the image's name or tag, or push that tag.", null);
    }

    private static (string Reason, double Confidence, string Summary, string Fix, ObjectRef? Subject) Credentials(Cluster cluster, Pod pod, string image, string who)
    {
        var account = cluster.Find("ServiceAccount", pod.Namespace, pod.ServiceAccount);
        var secrets = pod.Spec.Items("imagePullSecrets").Concat(account?.Json.Items("imagePullSecrets") ?? []).Select(item => item.Text("name")).OfType<string>().Distinct().ToList();
        if (secrets.Count == 0)
        {
            return (Reasons.MissingImagePullSecret, 0.95, $"The registry asks for credentials for {image}, and {who} gives none (no imagePullSecrets).", "Create a docker-registry Secret and name it under imagePullSecrets of the pod template.", null);
        }

        if (secrets.FirstOrDefault(name => !cluster.Exists("Secret", pod.Namespace, name)) is { } missing && secrets.All(name => !cluster.Exists("Secret", pod.Namespace, name)))
        {
            return (Reasons.ImagePullSecretNotFound, 0.95, $"{who} pulls {image} with Secret {missing}, which does not exist.", $"Create the docker-registry Secret {missing} in namespace {pod.Namespace}, or name one that exists.", new ObjectRef("Secret", pod.Namespace, missing));
        }

        return (Reasons.ImagePullUnauthorized, 0.92, $"The registry refuses the credentials in Secret {secrets[0]} for {image}.", $"Put valid credentials for the image's registry into Secret {secrets[0]}.", new ObjectRef("Secret", pod.Namespace, secrets.First(name => cluster.Exists("Secret", pod.Namespace, name))));
    }

    /// <summary>Docker Hub answers the same for a private and for a missing repository; a missing one is far more common.</summary>
    private static bool Guess(string text) => Any(text, "repository does not exist", "does not exist or may require");

    private static bool Any(string text, params string[] words) => words.Any(word => text.Contains(word, StringComparison.Ordinal));
}
