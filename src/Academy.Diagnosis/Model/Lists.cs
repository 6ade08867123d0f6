namespace Academy.Diagnosis.Model;

internal static class Lists
{
    /// <summary>The first item, or null of an empty list.</summary>
    public static T? Head<T>(this IReadOnlyList<T> list)
        where T : class => list.Count > 0 ? list[0] : null;
}
