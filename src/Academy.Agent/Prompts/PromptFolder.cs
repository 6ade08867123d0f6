namespace Academy.Agent.Prompts;

/// <summary>Where the prompts are: as configured, or beside the program, or in the repository above it.</summary>
public static class PromptFolder
{
    /// <param name="configured">From <c>Academy:Prompts</c>; relative to the content root.</param>
    /// <param name="home">Where Academy is installed, if that is known.</param>
    /// <exception cref="PromptException">There is no such folder.</exception>
    public static string Find(string? configured, string contentRoot, string? home = null)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            var given = Path.GetFullPath(configured, contentRoot);
            return Directory.Exists(given) ? given : throw Nowhere(given, "Academy:Prompts names a folder that does not exist");
        }

        return Above(contentRoot).Concat(string.IsNullOrEmpty(home) ? [] : [home]).Concat(Above(AppContext.BaseDirectory)).Select(d => Path.Combine(d, "prompts")).FirstOrDefault(IsOne)
            ?? throw Nowhere(contentRoot, "there is no folder 'prompts' here or above; set Academy:Prompts to its path");
    }

    private static bool IsOne(string folder) => File.Exists(Path.Combine(folder, PromptReader.SystemFile));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    private static PromptException Nowhere(string folder, string why) => new(folder, [new(folder, 1, why)]);
}
