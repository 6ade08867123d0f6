namespace Academy.IntegrationTests.Api;

/// <summary>A server of its own with a small curriculum that tests may edit: a course of two topics with everything a topic can have.</summary>
public sealed class WorkshopAcademy : OwnAcademy, IDisposable
{
    public const string Course = "workshop";
    public const string Lab = "review-a-plan";
    public const string Exam = "final-exam";

    public WorkshopAcademy()
    {
        Folder = Directory.CreateTempSubdirectory("academy-workshop-").FullName;
        var original = Repository.Folder("tests", "Academy.IntegrationTests", "Api", "workshop");
        foreach (var file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The curriculum of this server.</summary>
    public string Folder { get; }

    protected override ServerOptions Options => new(Settings);

    /// <summary>For another server that reads the same folder.</summary>
    public IReadOnlyDictionary<string, string?> Settings =>
        new Dictionary<string, string?> { ["Academy:Curriculum"] = Folder, ["Academy:Publishing:Watch"] = "false", ["Academy:Publishing:LookEvery"] = "00:00:01" };

    public void Edit(string file, Func<string, string> change)
    {
        var path = Path.Combine(Folder, file);
        var before = File.ReadAllText(path);
        var after = change(before);
        after.ShouldNotBe(before, $"nothing was changed in {file}");
        File.WriteAllText(path, after);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
