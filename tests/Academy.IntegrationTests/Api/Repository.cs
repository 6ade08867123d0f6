namespace Academy.IntegrationTests.Api;

/// <summary>The work tree these tests were built from.</summary>
internal static class Repository
{
    public static string Folder(params string[] below)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Academy.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("Academy.sln is not above the tests.");
        }

        return Path.Combine([at.FullName, .. below]);
    }
}
