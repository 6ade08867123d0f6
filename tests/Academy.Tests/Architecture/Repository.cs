using Mono.Cecil;

namespace Academy.Tests.Architecture;

/// <summary>The work tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>The names of the projects below src, for example Academy.Domain.</summary>
    public static IEnumerable<string> Projects =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    public static string ProjectFile(string project) => File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj"));

    /// <summary>What the compiler made of a project, as it lies beside the tests.</summary>
    public static ModuleDefinition Module(string project) =>
        ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, (project == "Academy.Cli" ? "academy-cli" : project) + ".dll"));

    private static string FindRoot(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("Academy.sln is not above the tests.")
        : File.Exists(Path.Combine(folder.FullName, "Academy.sln")) ? folder.FullName
        : FindRoot(folder.Parent);
}
