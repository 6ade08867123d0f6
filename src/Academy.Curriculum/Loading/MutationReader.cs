using System.Text.Json.Nodes;

namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>mutations.yaml</c>: worked solutions gone wrong, and which checks must notice.</summary>
internal static class MutationReader
{
    public static IReadOnlyList<LabMutation> Read(CurriculumFolder folder, string file, HashSet<string> checks, LabContext lab)
    {
        if (Section.FromFile(folder, file) is not { } root)
        {
            return [];
        }

        var mutations = new List<LabMutation>();
        foreach (var section in root.Sections("mutations"))
        {
            var id = section.NewId("mutation", mutations.Select(m => m.Id));
            mutations.Add(new LabMutation(id, section.Text("title"), [.. section.Sections("edits").Select(e => Edit(e, lab))], Fails(section, checks)));
            section.Done();
        }

        root.Done();
        return mutations;
    }

    private static Dictionary<string, string> Fails(Section section, HashSet<string> checks)
    {
        var fails = new Dictionary<string, string>();
        foreach (var entry in section.Child("fails")?.Rest() ?? [])
        {
            if (!checks.Contains(entry.Key))
            {
                section.Problems.Add(section.File, entry.At, $"there is no check '{entry.Key}'");
            }

            if (entry.Value is YamlText { Value.Length: > 0 } text)
            {
                fails[entry.Key] = text.Value;
            }
            else
            {
                section.Problems.Add(section.File, entry.At, "give a part of what the check must say");
            }
        }

        return fails;
    }

    private static LabEdit Edit(Section section, LabContext lab)
    {
        LabEdit edit = section.Has("artefact") ? Artefact(section, lab)
            : section.Has("http") ? Http(section, lab)
            : Object(section, lab);
        section.Done();
        return edit;
    }

    private static SnapshotEdit Object(Section section, LabContext lab)
    {
        var cluster = Cluster(section, lab);
        var op = section.OneOf("op", "set", "remove", "delete", "add", "log");
        var adds = op == "add";
        var kind = adds ? section.OptionalText("kind") ?? "" : section.Text("kind");
        var name = adds ? section.OptionalText("name") ?? "" : section.Text("name");
        return new SnapshotEdit(kind, name, op, op is "set" or "remove" ? Pointer(section) : "", op is "set" or "log" or "add" ? Value(section) : null) { Cluster = cluster };
    }

    private static ArtefactEdit Artefact(Section section, LabContext lab)
    {
        var id = section.Text("artefact");
        var artefact = lab.Artefacts.FirstOrDefault(a => a.Id == id);
        if (artefact is null)
        {
            section.Report("artefact", $"lab.yaml has no artefact '{id}'");
        }

        var op = section.OneOf("op", "set", "remove", "replace", "add", "delete");
        var (kind, name) = (section.OptionalText("kind"), section.OptionalText("name"));
        var isObject = artefact?.Type == ArtefactTypes.Manifests;
        if (isObject ? op is "set" or "remove" && (kind is null || name is null) : kind is not null || name is not null || op == "add")
        {
            section.Report("op", isObject ? "'kind' and 'name' say which of the manifests is meant" : "'kind', 'name' and 'add' are for artefacts of type manifests");
        }

        return new ArtefactEdit(id, op, op is "set" or "remove" ? Pointer(section) : "", op is "set" or "replace" or "add" ? Value(section) : null)
        {
            Find = op == "replace" ? section.Text("find") : "",
            Kind = kind,
            Name = name,
        };
    }

    private static HttpEdit Http(Section section, LabContext lab)
    {
        var cluster = Cluster(section, lab);
        var text = section.Text("http");
        var (colon, slash) = (text.IndexOf(':', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
        var known = colon > 0 && slash > colon + 1;
        if (!known)
        {
            section.Report("http", "write SERVICE:PORT/PATH");
        }

        var question = known ? new HttpQuestion(text[..colon], text[(colon + 1)..slash], text[slash..]) { Cluster = cluster } : new HttpQuestion("", "", "/");
        var op = section.OneOf("op", "set", "delete");
        var path = op == "set" ? section.OneOf("path", "/status", "/body") : "";
        return new HttpEdit(question, op, path, op == "set" ? Value(section) : null);
    }

    private static string? Cluster(Section section, LabContext lab)
    {
        var cluster = section.OptionalText("cluster");
        if (cluster is not null && lab.Clusters.All(c => c.Id != cluster))
        {
            section.Report("cluster", $"lab.yaml has no cluster '{cluster}'");
        }

        return lab.Clusters is [var main, ..] && cluster == main.Id ? null : cluster;
    }

    private static string Pointer(Section section)
    {
        var path = section.Text("path");
        if (path.Length > 0 && path[0] != '/')
        {
            section.Report("path", "'path' is a JSON pointer and begins with /");
        }

        return path;
    }

    private static JsonNode? Value(Section section)
    {
        if (section.Item("value") is { } item)
        {
            return YamlJson.ToNode(item);
        }

        section.Report("value", "'value' is missing");
        return null;
    }
}
