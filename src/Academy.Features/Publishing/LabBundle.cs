using System.IO.Compression;
using System.Text;
using Academy.Curriculum;

namespace Academy.Features.Publishing;

/// <summary>
/// The files of a lab as an author wrote them, in one archive: what an attempt is held to is read again by the same reader that read it
/// first. Recordings of clusters, which only the quality gate of a lab needs, are left out.
/// </summary>
internal static class LabBundle
{
    private const string SkillsFile = "skills.yaml";
    private const string NoObjects = """{"apiVersion":"v1","kind":"List","items":[]}""";

    public static byte[] Pack(string folder, string labId)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            var lab = Path.Combine(folder, "labs", labId);
            foreach (var file in Directory.EnumerateFiles(lab, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = $"labs/{labId}/{Path.GetRelativePath(lab, file).Replace('\\', '/')}";
                if (IsLog(name))
                {
                    continue;
                }

                using var entry = archive.CreateEntry(name).Open();
                entry.Write(IsRecording(name) ? Encoding.UTF8.GetBytes(NoObjects) : File.ReadAllBytes(file));
            }

            if (File.Exists(Path.Combine(folder, SkillsFile)))
            {
                using var entry = archive.CreateEntry(SkillsFile).Open();
                entry.Write(File.ReadAllBytes(Path.Combine(folder, SkillsFile)));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Null where this version of Academy cannot read the lab any more.</summary>
    public static Lab? Unpack(byte[] bundle, string labId)
    {
        var folder = Directory.CreateTempSubdirectory("academy-lab-");
        try
        {
            using (var archive = new ZipArchive(new MemoryStream(bundle), ZipArchiveMode.Read))
            {
                archive.ExtractToDirectory(folder.FullName);
            }

            return CatalogLoader.Load(folder.FullName).Catalog?.FindLab(labId);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsLog(string name) => name.Contains("/states/", StringComparison.Ordinal) && name.Contains("/logs/", StringComparison.Ordinal);

    private static bool IsRecording(string name) => name.Contains("/states/", StringComparison.Ordinal) && name.EndsWith("/objects.json", StringComparison.Ordinal);
}
