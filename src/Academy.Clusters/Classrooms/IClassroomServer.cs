using System.Net;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>The way to classrooms' API servers, with the same checks of addresses as for students' clusters.</summary>
public interface IClassrooms
{
    IClassroomServer Open(ClusterConnection connection);
}

/// <summary>One API server that may be written to. Everything that Academy changes in a cluster goes through this one method.</summary>
public interface IClassroomServer : IDisposable
{
    /// <exception cref="ClusterReadException">The server did not answer, or not as an API server does.</exception>
    Task<ClassroomAnswer> SendAsync(ClassroomCall call, CancellationToken ct);
}

/// <param name="Path">Below the server's address, e.g. <c>api/v1/namespaces</c>; made of vetted names only.</param>
/// <param name="Body">JSON, or YAML for a server-side apply.</param>
public sealed record ClassroomCall(HttpMethod Method, string Path, string? Body = null, string ContentType = "application/json")
{
    /// <summary>Academy's own objects are Academy's; those of a start state are as if the student's kubectl had applied them.</summary>
    public const string Academy = "academy";

    /// <inheritdoc cref="Academy"/>
    public const string Kubectl = "kubectl";

    public static ClassroomCall Get(string path) => new(HttpMethod.Get, path);

    public static ClassroomCall Create(string path, JsonObject body) => new(HttpMethod.Post, path, body.ToJsonString());

    /// <summary>Creates from YAML, in the name of a student's kubectl.</summary>
    public static ClassroomCall CreateYaml(string path, string yaml) => new(HttpMethod.Post, $"{path}?fieldManager={Kubectl}", yaml, "application/yaml");

    /// <summary>Server-side apply (<see href="https://kubernetes.io/docs/reference/using-api/server-side-apply/"/>): the same again changes nothing.</summary>
    public static ClassroomCall Apply(string path, string yaml, string manager = Academy) => new(HttpMethod.Patch, $"{path}?fieldManager={manager}&force=true", yaml, "application/apply-patch+yaml");

    /// <summary>RFC 7396; refused by the server where the object has moved on from a <c>metadata.resourceVersion</c> in it.</summary>
    public static ClassroomCall Merge(string path, JsonObject patch) => new(HttpMethod.Patch, $"{path}?fieldManager={Academy}", patch.ToJsonString(), "application/merge-patch+json");

    /// <summary>Deletes this very object, and not one that took its name since.</summary>
    public static ClassroomCall Delete(string path, string uid) => new(
        HttpMethod.Delete, path,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "DeleteOptions",
            ["preconditions"] = new JsonObject { ["uid"] = uid },
            ["propagationPolicy"] = "Background",
        }.ToJsonString());
}

/// <param name="Body">The object, or the server's Status where it refuses; null where it sent nothing that is one.</param>
public sealed record ClassroomAnswer(HttpStatusCode Status, JsonObject? Body)
{
    public bool IsGood => (int)Status is >= 200 and < 300;
}

/// <summary>Work in a classroom did not succeed.</summary>
/// <param name="code">Stable: <c>environment.</c> and one of <c>crds-missing</c>, <c>kind-missing</c>, <c>lab-needs-cluster</c>, <c>manifest</c>, <c>namespace-taken</c>, <c>refused</c>, <c>not-yet</c>.</param>
/// <param name="mayPass">Whether the same may succeed later.</param>
public sealed class ClassroomException(string code, string message, bool mayPass) : Exception(message)
{
    public string Code { get; } = code;

    public bool MayPass { get; } = mayPass;
}
