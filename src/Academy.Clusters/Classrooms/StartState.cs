using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Clusters.Discovering;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Classrooms;

/// <summary>An object of a lab's start state, vetted.</summary>
/// <param name="Path">Of its own, in the namespace of the environment.</param>
/// <param name="Yaml">As its author wrote it.</param>
/// <param name="Body">The same as JSON, but for numbers that only Kubernetes' YAML knows.</param>
internal sealed record StartObject(string Kind, string Name, string Path, string Yaml, JsonObject Body);

/// <summary>
/// Takes a lab's start state apart and lets through only what lives in the environment's namespace. The text itself goes to the server,
/// so that numbers are read as kubectl would have them read.
/// </summary>
internal static partial class StartState
{
    private const int MaxDepth = 64;
    private const int MaxObjects = 200;
    private static readonly string[] Escalating = ["*", "bind", "escalate", "impersonate"];

    /// <exception cref="ClassroomException"><c>environment.manifest</c> or <c>environment.kind-missing</c>; nothing has been made yet.</exception>
    public static async Task<IReadOnlyList<StartObject>> VetAsync(IClassroomServer server, EnvironmentPlan plan, CancellationToken ct)
    {
        var kinds = new KindPaths(server);
        var objects = new List<StartObject>();
        foreach (var (manifest, yaml, body) in Documents(plan.Start))
        {
            objects.Add(await VetAsync(manifest, yaml, body, plan, kinds, ct));
        }

        foreach (var (_, _, body) in Documents(plan.Solution))
        {
            await RequireWithinNamespaceAsync(body, kinds, ct);
        }

        return objects.Count <= MaxObjects ? objects : throw Bad($"There are more than {MaxObjects} objects in the start state.");
    }

    /// <summary>Every object in some manifests, with the text it stands in.</summary>
    public static IEnumerable<(StartManifest Manifest, string Yaml, JsonObject Body)> Documents(IEnumerable<StartManifest> manifests) =>
        from manifest in manifests
        from yaml in Separator().Split(manifest.Yaml)
        let body = Parse(manifest, yaml)
        where body is not null
        select (manifest, yaml, body);

    // Who works in one namespace cannot do a lab whose solution reaches further; better told now than in the last step.
    private static async Task RequireWithinNamespaceAsync(JsonObject body, KindPaths kinds, CancellationToken ct)
    {
        var (apiVersion, kind) = (body.Text("apiVersion") ?? "", body.Text("kind") ?? "");
        if (await kinds.FindAsync(apiVersion, kind, ct) is not { Namespaced: true })
        {
            throw new ClassroomException(
                "environment.lab-needs-cluster",
                $"This lab's solution needs {Shown.Text(kind)}, which a namespace in this classroom does not have. Do the lab on a cluster of your own, or from a snapshot.",
                mayPass: false);
        }
    }

    private static async Task<StartObject> VetAsync(StartManifest manifest, string yaml, JsonObject body, EnvironmentPlan plan, KindPaths kinds, CancellationToken ct)
    {
        var (apiVersion, kind, name) = (body.Text("apiVersion") ?? "", body.Text("kind") ?? "", body.Text("metadata", "name") ?? "");
        if (!Names.IsKind(kind) || !Name().IsMatch(name))
        {
            throw Bad($"{manifest.Name}: an object has no kind or no name.");
        }

        var what = $"{manifest.Name}: {kind}/{name}";
        if (body.Text("metadata", "namespace") is { } ns && ns != plan.Namespace)
        {
            throw Bad($"{what} names the namespace '{Shown.Text(ns)}'. Leave it out.");
        }

        if (name == EnvironmentObjects.Own || name.StartsWith(EnvironmentObjects.Own + "-", StringComparison.Ordinal) || (name == EnvironmentObjects.Student && kind is "ServiceAccount" or "Role" or "RoleBinding"))
        {
            throw Bad($"{what} has a name that Academy keeps for itself.");
        }

        if ((kind == "Role" && Widens(body)) || (kind == "RoleBinding" && (body.Text("roleRef", "kind"), body.Text("roleRef", "name")) is not (("Role", _) or ("ClusterRole", "view"))))
        {
            throw Bad($"{what} gives more rights than a lab may: no '*', bind, escalate or impersonate, and of the cluster's roles view alone.");
        }

        return await kinds.FindAsync(apiVersion, kind, ct) switch
        {
            { Namespaced: true } served => new(kind, name, $"{served.ListPath(plan.Namespace)}/{Uri.EscapeDataString(name)}", yaml, body),
            { } => throw Bad($"{what} belongs to the whole cluster. A start state holds only what lives in a namespace."),
            null => throw new ClassroomException("environment.kind-missing", $"The classroom's cluster does not know {Shown.Text(apiVersion)} {kind}, which {manifest.Name} needs.", mayPass: false),
        };
    }

    private static bool Widens(JsonObject role) =>
        (role["rules"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(r => r["verbs"] as JsonArray ?? []).Any(v => v is JsonValue value && value.TryGetValue(out string? verb) && Escalating.Contains(verb));

    private static JsonObject? Parse(StartManifest manifest, string yaml)
    {
        List<JsonDocument> documents = [];
        try
        {
            documents = YamlDocuments.Read(new StringReader(yaml), MaxDepth);
            return documents switch
            {
                [] => null,
                [{ RootElement.ValueKind: JsonValueKind.Object } one] => JsonObject.Create(one.RootElement.Clone()),
                [{ RootElement.ValueKind: JsonValueKind.Null }] => null,
                _ => throw Bad($"{manifest.Name}: this is not a Kubernetes object."),
            };
        }
        catch (DocumentException e)
        {
            throw Bad($"{manifest.Name}: {e.Message}");
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }

    private static ClassroomException Bad(string message) => new("environment.manifest", $"The lab's start state cannot be applied. {message}", mayPass: false);

    // At the beginning of a line it always ends a document, even in a block of text.
    [GeneratedRegex(@"^---(?=\s|$)[^\n]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    // RFC 1123 subdomains, and the names with colons that RBAC allows.
    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
