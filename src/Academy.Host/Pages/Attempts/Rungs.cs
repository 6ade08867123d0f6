namespace Academy.Host.Pages.Attempts;

/// <summary>The rungs of the ladder of hints, as people call them.</summary>
internal static class Rungs
{
    private static readonly string[] Names = ["Question", "Where to look", "Concept", "Command", "Solution"];

    /// <param name="rung">1 to 5.</param>
    public static string NameOf(int rung) => rung >= 1 && rung <= Names.Length ? Names[rung - 1] : "Hint";
}
