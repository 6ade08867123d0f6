namespace Academy.Clusters.Discovering;

/// <summary>A kind in the version of its group that is to be read.</summary>
/// <param name="Group">Empty for the core group.</param>
/// <param name="Resource">As in paths: <c>deployments</c>.</param>
internal sealed record ServedKind(string Group, string Version, string Resource, string Kind, bool Namespaced)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    private string Root => Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";

    /// <summary>The path of the list, below the server's address.</summary>
    public string ListPath(string? ns) => Namespaced && ns is not null
        ? $"{Root}/namespaces/{Uri.EscapeDataString(ns)}/{Resource}"
        : $"{Root}/{Resource}";
}
