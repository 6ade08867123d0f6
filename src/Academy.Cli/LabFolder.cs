using System.CommandLine;
using Academy.Curriculum;

namespace Academy.Cli;

/// <summary>Finds the curriculum and the labs in it.</summary>
internal static class LabFolder
{
    public static Option<string?> Option() =>
        new("--curriculum") { Description = "The folder with courses and labs (default: the one of this installation)", HelpName = "DIR" };

    public static Catalog Load(string? folder)
    {
        var result = CatalogLoader.Load(folder ?? Find());
        return result.Catalog ?? throw new CliException(
            $"the curriculum has {(result.Problems.Count == 1 ? "a problem" : $"{result.Problems.Count} problems, the first")}: {result.Problems[0]}. See academy lab lint");
    }

    public static Lab Lab(Catalog catalog, string id) =>
        catalog.FindLab(id) ?? throw new CliException($"there is no lab '{id}'.{Closest.Hint(id, catalog.Labs.Select(l => l.Id))} See academy lab list");

    // Where the user stands or above, so that an author's copy comes before the installed one; else beside the program or above it.
    public static string Find()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var folder = Path.Combine(at.FullName, "curriculum");
                if (Directory.Exists(Path.Combine(folder, "labs")))
                {
                    return folder;
                }
            }
        }

        throw new CliException("there is no curriculum folder here. Give one with --curriculum DIR.");
    }
}
