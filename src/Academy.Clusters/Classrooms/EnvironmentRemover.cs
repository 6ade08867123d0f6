using System.Net;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>Something with this Academy's labels.</summary>
/// <param name="Path">Of its own.</param>
/// <param name="EnvironmentId">By its label.</param>
/// <param name="Leaving">Whether it is being deleted already.</param>
public sealed record Labelled(string Path, string Name, string Uid, Guid EnvironmentId, bool Leaving);

/// <summary>Removes environments; never anything that lacks the labels of this Academy and this organisation.</summary>
public static class EnvironmentRemover
{
    private const string Namespaces = "api/v1/namespaces";
    private const string Bindings = "apis/rbac.authorization.k8s.io/v1/clusterrolebindings";

    /// <returns>Whether nothing of it is left; where something still goes, ask again later.</returns>
    public static async Task<bool> RemoveAsync(IClassroomServer server, EnvironmentOwner owner, Guid environment, string ns, CancellationToken ct)
    {
        // The rights first, so that nobody works on in what is going.
        var gone = true;
        foreach (var path in new[] { $"{Bindings}/{ns}", $"{Namespaces}/{ns}" })
        {
            if (await server.FindAsync(path, ct) is { } found && Ownership.IsOf(found, owner, environment))
            {
                gone = await DeleteAsync(server, Of(found, path), ct) && gone;
            }
        }

        return gone;
    }

    /// <summary>Everything in a cluster that is this Academy's and this organisation's.</summary>
    public static async Task<IReadOnlyList<Labelled>> ListAsync(IClassroomServer server, EnvironmentOwner owner, CancellationToken ct)
    {
        var all = new List<Labelled>();
        foreach (var path in new[] { Bindings, Namespaces })
        {
            // The server selects by the labels; they are looked at again here, because what is listed may be deleted.
            all.AddRange((await server.ListAsync(path, owner.Selector, ct)).Where(o => Ownership.IsOf(o, owner)).Select(o => Of(o, $"{path}/{o.Text("metadata", "name")}")));
        }

        return all;
    }

    /// <returns>Whether it is gone at once.</returns>
    public static async Task<bool> DeleteAsync(IClassroomServer server, Labelled item, CancellationToken ct)
    {
        if (item.Leaving)
        {
            return false;
        }

        var answer = await server.SendAsync(ClassroomCall.Delete(item.Path, item.Uid), ct);
        return answer.Status switch
        {
            // Gone, or another has its name by now.
            HttpStatusCode.NotFound or HttpStatusCode.Conflict => true,
            _ when answer.IsGood => !item.Path.StartsWith(Namespaces, StringComparison.Ordinal),
            _ => throw Asking.Refused(answer, $"deleting {item.Name}"),
        };
    }

    private static Labelled Of(JsonObject found, string path) => new(
        path, found.Text("metadata", "name")!, found.Text("metadata", "uid")!, Ownership.Environment(found)!.Value, found.Text("metadata", "deletionTimestamp") is not null);
}
