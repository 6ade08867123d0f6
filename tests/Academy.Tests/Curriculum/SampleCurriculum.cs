using Academy.Curriculum;

namespace Academy.Tests.Curriculum;

/// <summary>A copy of docs/sample-curriculum to break, and gone afterwards.</summary>
internal sealed class SampleCurriculum : IDisposable
{
    public SampleCurriculum()
    {
        foreach (var file in Directory.GetFiles(Original, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(Original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public static string Original { get; } = Path.Combine(Shipped.Root, "docs", "sample-curriculum");

    public string Folder { get; } = Directory.CreateTempSubdirectory("academy-curriculum-").FullName;

    public IReadOnlyList<CatalogProblem> Problems() => CatalogLoader.Load(Folder).Problems;

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, file))!);
        File.WriteAllText(Path.Combine(Folder, file), text);
    }

    public void Replace(string file, string text, string instead)
    {
        var old = Read(file);
        if (!old.Contains(text, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{file} does not hold '{text}'");
        }

        var at = old.IndexOf(text, StringComparison.Ordinal);
        Write(file, old[..at] + instead + old[(at + text.Length)..]);
    }

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
