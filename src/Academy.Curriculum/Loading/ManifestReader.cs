namespace Academy.Curriculum.Loading;

/// <summary>Reads Kubernetes manifests of a lab: any number of documents in a file, each with apiVersion, kind and a name.</summary>
internal static class ManifestReader
{
    private static readonly string[] Required = ["apiVersion", "kind"];

    public static IReadOnlyList<LabManifest> ReadFolder(CurriculumFolder folder, string path, bool required)
    {
        var files = folder.Files(path, "*.yaml");
        if (files.Count == 0 && required)
        {
            folder.Problems.Add(path, "there is no .yaml file in this folder");
        }

        return [.. files.Select(f => ReadFile(folder, f)).OfType<LabManifest>()];
    }

    public static LabManifest? ReadFile(CurriculumFolder folder, string file)
    {
        if (folder.Read(file) is not { } text)
        {
            return null;
        }

        var documents = YamlTree.Read(file, text, folder.Problems);
        foreach (var document in documents)
        {
            if (document is not YamlMap map)
            {
                folder.Problems.Add(file, document.At, "a manifest must have keys and values");
                continue;
            }

            foreach (var key in Required.Where(k => map.Find(k)?.Value is not YamlText { Value.Length: > 0 }))
            {
                folder.Problems.Add(file, map.At, $"'{key}' is missing");
            }

            if ((map.Find("metadata")?.Value as YamlMap)?.Find("name")?.Value is not YamlText { Value.Length: > 0 })
            {
                folder.Problems.Add(file, map.At, "'metadata.name' is missing");
            }
        }

        if (documents.Count == 0 && !folder.Problems.In(file))
        {
            folder.Problems.Add(file, "there is no manifest in this file");
        }

        return new LabManifest(Path.GetFileName(file), text);
    }
}
