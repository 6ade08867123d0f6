using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>Evidence in the words of the objects, cut to a length a reader can take in.</summary>
internal static class Quote
{
    private const int Longest = 400;

    public static Evidence Field(KubeObject at, string path, string? quote) => new(Name(at.Ref), path, null, null, Cut(quote ?? ""));

    public static Evidence Event(KubeEvent e) => new(Name(e.About), null, null, e.Reason, Cut(e.Message));

    public static Evidence Log(Pod pod, string container, bool previous, string line) =>
        new(Name(pod.Ref), null, previous ? container + " (previous)" : container, null, Cut(line.Trim()));

    public static string Name(ObjectRef at) => at.Namespace is null ? $"{at.Kind}/{at.Name}" : $"{at.Kind}/{at.Namespace}/{at.Name}";

    public static string Cut(string text) => text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
}
