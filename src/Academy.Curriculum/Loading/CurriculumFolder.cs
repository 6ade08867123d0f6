using System.Security.Cryptography;
using System.Text;

namespace Academy.Curriculum.Loading;

/// <summary>The files below the curriculum folder. Paths are relative, with forward slashes, in ordinal order.</summary>
internal sealed class CurriculumFolder(string root, Problems problems)
{
    /// <summary>An author's text file; recordings may be larger and are not read here.</summary>
    private const long MaxBytes = 1 << 20;

    public Problems Problems => problems;

    public string Full(string path) => Path.GetFullPath(Path.Combine(root, path));

    public bool HasFile(string path) => File.Exists(Full(path));

    public bool HasFolder(string path) => Directory.Exists(Full(path));

    public IReadOnlyList<string> Folders(string path) => HasFolder(path)
        ? [.. Directory.GetDirectories(Full(path)).Select(f => $"{path}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal)]
        : [];

    public IReadOnlyList<string> Files(string path, string pattern) => HasFolder(path)
        ? [.. Directory.GetFiles(Full(path), pattern).Select(f => $"{path}/{Path.GetFileName(f)}").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The files of a folder and of those below it; not deeper than a curriculum goes, for a link may lead round in circles.</summary>
    public IReadOnlyList<string> AllFiles(string path, int depth = 3) => [.. Files(path, "*"), .. depth == 0 ? [] : Folders(path).SelectMany(f => AllFiles(f, depth - 1))];

    /// <summary>The text of a file that must be there; null, with a problem reported, where it cannot be read.</summary>
    public string? Read(string path)
    {
        try
        {
            var file = new FileInfo(Full(path));
            if (!file.Exists)
            {
                problems.Add(path, "this file is missing");
                return null;
            }

            if (file.Length > MaxBytes)
            {
                problems.Add(path, "this file is larger than 1 MiB");
                return null;
            }

            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(path, $"cannot be read: {e.Message}");
            return null;
        }
    }

    /// <summary>16 hexadecimal digits over names and contents; line ends count as one, so that a checkout on Windows gives the same.</summary>
    public string Hash(IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths)
        {
            var text = HasFile(path) ? Read(path) ?? "" : "";
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{text.ReplaceLineEndings("\n")}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>A Markdown text that must be there and say something.</summary>
    public string Markdown(string path)
    {
        var text = Read(path);
        if (text is not null && text.Trim().Length == 0)
        {
            problems.Add(path, "this file is empty");
        }

        return text ?? "";
    }
}
