using System.Text;
using System.Text.Json.Nodes;
using Academy.Curriculum.Artefacts;
using Academy.Curriculum.Checks;
using Academy.Diagnosis;

namespace Academy.Curriculum.Gating;

/// <summary>Carries out the edits of a mutation on the worked solution.</summary>
internal static class Mutating
{
    /// <exception cref="EditException">An edit hits nothing.</exception>
    public static LabSubject Apply(Lab lab, LabMutation mutation, LabSubject subject) =>
        mutation.Edits.Aggregate(subject, (current, edit) => edit switch
        {
            SnapshotEdit objects => Objects(current, objects),
            ArtefactEdit artefact => Artefact(lab, current, artefact),
            HttpEdit http => Answer(current, http),
            _ => throw new EditException($"no rule for {edit.GetType().Name}"),
        });

    private static LabSubject Objects(LabSubject subject, SnapshotEdit edit)
    {
        var cluster = edit.Cluster is null ? subject.Main : subject.Clusters.GetValueOrDefault(edit.Cluster);
        if (cluster is null)
        {
            throw new EditException($"there is no cluster {edit.Cluster ?? "in this lab"}");
        }

        var edited = cluster with { Snapshot = Edited(cluster, edit) };
        return edit.Cluster is null
            ? subject with { Main = edited }
            : subject with { Clusters = new Dictionary<string, ClusterSubject>(subject.Clusters) { [edit.Cluster] = edited } };
    }

    private static ClusterSnapshot Edited(ClusterSubject cluster, SnapshotEdit edit)
    {
        var (objects, logs) = (cluster.Snapshot.Objects.ToList(), cluster.Snapshot.Logs.ToList());
        if (edit.Op == "add")
        {
            objects.Add(New(edit.Value, cluster.Namespace));
            return ClusterSnapshot.Create(objects, logs, cluster.Snapshot.TakenAt, cluster.Snapshot.Unreadable);
        }

        var hit = objects.Where(o => Means(o, edit.Kind, edit.Name)).ToList();
        if (hit.Count == 0)
        {
            throw new EditException($"there is no {edit.Kind} {edit.Name}");
        }

        foreach (var item in hit)
        {
            switch (edit.Op)
            {
                case "delete":
                    objects.Remove(item);
                    break;
                case "log":
                    logs = [.. logs.Select(l => l.Pod == SnapshotIndex.NameOf(item) ? l with { Text = JsonBridge.Text(edit.Value) ?? "" } : l)];
                    break;
                default:
                    var copy = item.DeepClone().AsObject();
                    TreeEdit.Apply(copy, edit, $"{edit.Kind} {edit.Name}");
                    objects[objects.IndexOf(item)] = copy;
                    break;
            }
        }

        var pods = objects.Where(o => SnapshotIndex.KindOf(o) == "Pod").Select(SnapshotIndex.NameOf).ToHashSet();
        return ClusterSnapshot.Create(objects, logs.Where(l => pods.Contains(l.Pod)), cluster.Snapshot.TakenAt, cluster.Snapshot.Unreadable);
    }

    // It lives in the lab's namespace unless it names another, or is without one.
    private static JsonObject New(JsonNode? value, string ns)
    {
        if (value?.DeepClone() is not JsonObject item || item["metadata"] is not JsonObject metadata)
        {
            throw new EditException("'add' needs an object with metadata");
        }

        metadata.TryAdd("namespace", ns);
        return item;
    }

    private static LabSubject Artefact(Lab lab, LabSubject subject, ArtefactEdit edit)
    {
        if (!subject.Artefacts.TryGetValue(edit.Artefact, out var content))
        {
            throw new EditException($"artefact {edit.Artefact} was not handed in");
        }

        var artefacts = new Dictionary<string, ReadOnlyMemory<byte>>(subject.Artefacts);
        if (edit is { Op: "delete", Kind: null })
        {
            artefacts.Remove(edit.Artefact);
        }
        else
        {
            artefacts[edit.Artefact] = Encoding.UTF8.GetBytes(
                edit.Op == "replace" ? Replaced(Encoding.UTF8.GetString(content.Span), edit) : EditedTree(lab.FindArtefact(edit.Artefact)!, content.Span, edit));
        }

        return subject with { Artefacts = artefacts };
    }

    private static string Replaced(string text, ArtefactEdit edit)
    {
        var at = text.IndexOf(edit.Find, StringComparison.Ordinal);
        return at < 0
            ? throw new EditException($"artefact {edit.Artefact} does not hold '{edit.Find}'")
            : string.Concat(text.AsSpan(0, at), JsonBridge.Text(edit.Value) ?? edit.Value?.ToString() ?? "", text.AsSpan(at + edit.Find.Length));
    }

    // Written as JSON, which every type with a tree can be read from.
    private static string EditedTree(LabArtefact artefact, ReadOnlySpan<byte> content, ArtefactEdit edit)
    {
        var document = ArtefactReader.Read(artefact, content);
        if (document.Problem is { } problem)
        {
            throw new EditException($"artefact {artefact.Id}, {problem}");
        }

        if (artefact.Type == ArtefactTypes.Manifests)
        {
            return EditedManifests(document, edit);
        }

        if (document.Root is not { } root || artefact.Type is ArtefactTypes.Jenkinsfile or ArtefactTypes.AirflowDag or ArtefactTypes.Text)
        {
            throw new EditException($"artefact {artefact.Id} is a {artefact.Type}; use 'replace'");
        }

        TreeEdit.Apply(root, edit, $"artefact {artefact.Id}");
        return root.ToJsonString();
    }

    private static string EditedManifests(ArtefactDocument document, ArtefactEdit edit)
    {
        var objects = document.Objects.Select(o => o.DeepClone().AsObject()).ToList();
        if (edit.Op == "add")
        {
            objects.Add(edit.Value?.DeepClone() as JsonObject ?? throw new EditException("'add' needs an object"));
        }
        else
        {
            var hit = objects.Where(o => Means(o, edit.Kind ?? "", edit.Name ?? "")).ToList();
            if (hit.Count == 0)
            {
                throw new EditException($"artefact {edit.Artefact} has no {edit.Kind} {edit.Name}");
            }

            foreach (var item in hit)
            {
                if (edit.Op == "delete")
                {
                    objects.Remove(item);
                }
                else
                {
                    TreeEdit.Apply(item, edit, $"{edit.Kind} {edit.Name} in artefact {edit.Artefact}");
                }
            }
        }

        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. objects]) }.ToJsonString();
    }

    private static LabSubject Answer(LabSubject subject, HttpEdit edit)
    {
        if (!subject.Answers.TryGetValue(edit.Question, out var answer))
        {
            throw new EditException($"no answer of {edit.Question} was recorded");
        }

        var answers = new Dictionary<HttpQuestion, HttpAnswer>(subject.Answers);
        if (edit.Op == "delete")
        {
            answers.Remove(edit.Question);
        }
        else
        {
            answers[edit.Question] = edit.Path == "/status"
                ? answer with { Status = (int)(JsonBridge.Number(edit.Value) ?? throw new EditException("'/status' is a number")) }
                : answer with { Body = JsonBridge.Text(edit.Value) ?? edit.Value?.ToJsonString() ?? "" };
        }

        return subject with { Answers = answers };
    }

    private static bool Means(JsonObject item, string kind, string name) =>
        SnapshotIndex.KindOf(item) == kind
        && (name.EndsWith('*') ? SnapshotIndex.NameOf(item).StartsWith(name[..^1], StringComparison.Ordinal) : SnapshotIndex.NameOf(item) == name);
}
