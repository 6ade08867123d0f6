namespace Academy.Clusters.Discovering;

/// <summary>Names that a server gives and that go into paths and messages: only what Kubernetes allows, so that no answer can steer a request elsewhere.</summary>
internal static class Names
{
    public static bool IsResource(string name) => name.Length is > 0 and <= 63 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static bool IsKind(string name) => name.Length is > 0 and <= 63 && name.All(char.IsAsciiLetterOrDigit);

    public static bool IsGroup(string name) => name.Length is > 0 and <= 253 && name.Split('.').All(IsResource);
}
