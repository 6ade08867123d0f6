using System.Net;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>
/// Makes an environment. Every step is one request that may be repeated, and all look first at what is there: whoever is stopped anywhere
/// in between goes on by beginning anew.
/// </summary>
public static class EnvironmentMaker
{
    // All annotations of an object together may be 256 KiB.
    private const int MaxAnnotation = 128 * 1024;

    /// <returns>What was made, as <c>Kind/name</c>, in order.</returns>
    /// <exception cref="ClassroomException">It cannot be made, or not yet.</exception>
    /// <exception cref="ClusterReadException">The server did not answer.</exception>
    public static async Task<IReadOnlyList<string>> MakeAsync(IClassroomServer server, EnvironmentPlan plan, CancellationToken ct)
    {
        await RequireCrdsAsync(server, plan, ct);
        var start = await StartState.VetAsync(server, plan, ct);

        var made = new List<string> { $"Namespace/{plan.Namespace}" };
        var uid = await NamespaceAsync(server, plan, ct);
        var reader = await server.FindAsync($"apis/rbac.authorization.k8s.io/v1/clusterroles/{EnvironmentObjects.ReaderRole}", ct);
        IEnumerable<OwnObject> own = [.. EnvironmentObjects.Within(plan), .. reader is null ? Array.Empty<OwnObject>() : [EnvironmentObjects.Reading(plan, uid)]];
        foreach (var item in own)
        {
            await SendAsync(server, ClassroomCall.Apply(item.Path, item.Body.ToJsonString()), item.Name, ct);
            made.Add(item.Name);
        }

        foreach (var item in start)
        {
            var name = $"{item.Kind}/{item.Name}";
            await StartAsync(server, item, name, ct);
            await SendAsync(server, ClassroomCall.Merge(item.Path, LastApplied(item)), name, ct);
            made.Add(name);
        }

        return made;
    }

    /// <summary>Writes a new expiry onto the namespace.</summary>
    public static async Task MarkAsync(IClassroomServer server, EnvironmentPlan plan, CancellationToken ct)
    {
        var uid = await NamespaceAsync(server, plan, ct);
        var labelled = EnvironmentObjects.Namespace(plan)["metadata"]!;
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = uid, ["labels"] = labelled["labels"]!.DeepClone(), ["annotations"] = labelled["annotations"]!.DeepClone() },
        };
        (await server.SendAsync(ClassroomCall.Merge($"api/v1/namespaces/{plan.Namespace}", patch), ct)).OrThrow($"marking the namespace {plan.Namespace}");
    }

    private static async Task RequireCrdsAsync(IClassroomServer server, EnvironmentPlan plan, CancellationToken ct)
    {
        var missing = new List<string>();
        foreach (var crd in plan.Crds)
        {
            if (!Discovering.Names.IsGroup(crd) || await server.FindAsync($"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{crd}", ct) is null)
            {
                missing.Add(crd);
            }
        }

        if (missing.Count > 0)
        {
            throw new ClassroomException(
                "environment.crds-missing", $"The classroom's cluster lacks what this lab needs: {string.Join(", ", missing)}. An administrator has to install it there.", mayPass: false);
        }
    }

    /// <returns>Its UID.</returns>
    private static async Task<string> NamespaceAsync(IClassroomServer server, EnvironmentPlan plan, CancellationToken ct)
    {
        var answer = await server.SendAsync(ClassroomCall.Get($"api/v1/namespaces/{plan.Namespace}"), ct);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            answer = await server.SendAsync(ClassroomCall.Create("api/v1/namespaces", EnvironmentObjects.Namespace(plan)), ct);
        }

        var found = answer.OrThrow($"making the namespace {plan.Namespace}");
        if (!Ownership.IsOf(found, plan.Owner, plan.EnvironmentId))
        {
            throw new ClassroomException("environment.namespace-taken", $"There is a namespace {plan.Namespace} in the classroom's cluster that is not Academy's; it was left alone.", mayPass: false);
        }

        return found.Text("metadata", "deletionTimestamp") is null
            ? found.Text("metadata", "uid")!
            : throw new ClassroomException("environment.not-yet", "The namespace of the last environment is still being removed.", mayPass: true);
    }

    // Old servers (seen with 1.20) cannot apply a Service whose ports name no protocol: there it is created, once.
    private static async Task StartAsync(IClassroomServer server, StartObject item, string name, CancellationToken ct)
    {
        var answer = await server.SendAsync(ClassroomCall.Apply(item.Path, item.Yaml, ClassroomCall.Kubectl), ct);
        if (answer.Status == HttpStatusCode.InternalServerError && answer.Body.Text("message")?.Contains("associative list", StringComparison.Ordinal) == true)
        {
            answer = await server.SendAsync(ClassroomCall.CreateYaml(item.Path[..item.Path.LastIndexOf('/')], item.Yaml), ct);
        }

        if (!answer.IsGood && answer.Body.Text("reason") != "AlreadyExists")
        {
            throw Asking.Refused(answer, $"applying {name}");
        }
    }

    // By this annotation the student's own kubectl apply knows what it may take away again; by its values nothing is decided.
    private static JsonObject LastApplied(StartObject item) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["annotations"] = new JsonObject
            {
                ["kubectl.kubernetes.io/last-applied-configuration"] = item.Body.ToJsonString() is { Length: <= MaxAnnotation } text ? text : null,
            },
        },
    };

    private static async Task SendAsync(IClassroomServer server, ClassroomCall call, string name, CancellationToken ct)
    {
        var answer = await server.SendAsync(call, ct);
        if (!answer.IsGood)
        {
            throw Asking.Refused(answer, $"applying {name}");
        }
    }
}
