namespace Academy.IntegrationTests.Kubernetes;

/// <summary>The folder that the tests were built in, for the files that ship beside the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? at) => at is null
        ? throw new DirectoryNotFoundException("The tests run outside the repository.")
        : File.Exists(Path.Combine(at.FullName, "Academy.sln")) ? at.FullName : Find(at.Parent);
}
