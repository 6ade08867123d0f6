using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>A token of an environment's student, by the TokenRequest API.</summary>
/// <param name="ExpiresAt">As the server says; it may give less than was asked for.</param>
public sealed record StudentToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>Short-lived credentials of the student of an environment. They are made when asked for and kept nowhere.</summary>
public static class StudentTokens
{
    /// <summary>The shortest that the API server gives.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <exception cref="ClassroomException">The server refuses, e.g. because the namespace is going.</exception>
    public static async Task<StudentToken> RequestAsync(IClassroomServer server, string ns, TimeSpan life, CancellationToken ct)
    {
        var request = new JsonObject
        {
            ["apiVersion"] = "authentication.k8s.io/v1",
            ["kind"] = "TokenRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = (long)Math.Max(life.TotalSeconds, Shortest.TotalSeconds) },
        };
        var answer = (await server.SendAsync(ClassroomCall.Create($"api/v1/namespaces/{ns}/serviceaccounts/{EnvironmentObjects.Student}/token", request), ct)).OrThrow("a token for the student");
        return answer.Text("status", "token") is { Length: > 0 } token
            && DateTimeOffset.TryParse(answer.Text("status", "expirationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires)
                ? new StudentToken(token, expires)
                : throw new ClusterReadException("cluster.garbage", "The server's answer to a token request holds no token.");
    }

    /// <summary>The classroom's cluster as its student reaches it: none of Academy's own credentials are in it.</summary>
    public static ClusterConnection Connection(ClusterConnection classroom, string ns, StudentToken token) =>
        new(classroom.Server, classroom.CertificateAuthority, null, null, token.Token, classroom.TlsServerName, ns);

    /// <summary>A kubeconfig for kubectl: JSON, which is YAML too.</summary>
    public static string Kubeconfig(ClusterConnection student, string name)
    {
        var cluster = new JsonObject { ["server"] = student.Server.AbsoluteUri };
        if (student.CertificateAuthority is { } authority)
        {
            cluster["certificate-authority-data"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority));
        }

        if (student.TlsServerName is { } tls)
        {
            cluster["tls-server-name"] = tls;
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["current-context"] = name,
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = name, ["cluster"] = cluster }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = name, ["user"] = new JsonObject { ["token"] = student.Token } }),
            ["contexts"] = new JsonArray(new JsonObject
            {
                ["name"] = name,
                ["context"] = new JsonObject { ["cluster"] = name, ["user"] = name, ["namespace"] = student.DefaultNamespace },
            }),
        }.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
