using System.Text.Json.Nodes;

namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>mutations.yaml</c>: worked solutions gone wrong, and which checks must notice.</summary>
internal static class MutationReader
{
    public static IReadOnlyList<LabMutation> Read(CurriculumFolder folder, string file, HashSet<string> checks)
    {
        if (Section.FromFile(folder, file) is not { } root)
        {
            return [];
        }

        var mutations = new List<LabMutation>();
        foreach (var section in root.Sections("mutations"))
        {
            var id = section.Id("id");
            if (mutations.Any(m => m.Id == id))
            {
                section.Report("id", $"mutation '{id}' is given twice");
            }

            mutations.Add(new LabMutation(id, section.Text("title"), [.. section.Sections("edits").Select(Edit)], Fails(section, checks)));
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
                section.Problems.Add(section.File, entry.Line, $"there is no check '{entry.Key}'");
            }

            if (entry.Value is YamlText { Value.Length: > 0 } text)
            {
                fails[entry.Key] = text.Value;
            }
            else
            {
                section.Problems.Add(section.File, entry.Line, "give a part of what the check must say");
            }
        }

        return fails;
    }

    private static SnapshotEdit Edit(Section section)
    {
        var (kind, name) = (section.Text("kind"), section.Text("name"));
        var op = section.OneOf("op", "set", "remove", "delete", "log");
        var path = op is "delete" or "log" ? "" : section.Text("path");
        if (path.Length > 0 && path[0] != '/')
        {
            section.Report("path", "'path' is a JSON pointer and begins with /");
        }

        JsonNode? value = null;
        if (op is "set" or "log")
        {
            if (section.Item("value") is { } item)
            {
                value = YamlJson.ToNode(item);
            }
            else
            {
                section.Report("value", "'value' is missing");
            }
        }

        section.Done();
        return new SnapshotEdit(kind, name, op, path, value);
    }
}
