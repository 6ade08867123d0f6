using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Diagnosis;
using Academy.Domain;

namespace Academy.Agent.Tutoring;

/// <summary>Shows a log, an object, or what there is.</summary>
internal static class LookReply
{
    private const int LongestObject = 4000;
    private const int MostListed = 60;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async IAsyncEnumerable<string> Logs(TutorTurn turn)
    {
        if (!turn.HasCluster)
        {
            yield return turn.Say(Phrase.NoCluster);
            yield break;
        }

        var (objects, refusal) = await turn.Use<IReadOnlyList<ObjectRef>>(ToolNames.ListObjects);
        var pods = objects?.Where(o => o.Kind == "Pod").ToList() ?? [];
        if (refusal is not null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal.Message));
        }
        else if (await Pod(turn, pods) is not { } pod)
        {
            yield return turn.Say(Phrase.LogWhich, ("pods", Shown.List(pods.Take(20).Select(p => Shown.Code(p.Name)))));
        }
        else
        {
            yield return await Log(turn, pod);
        }
    }

    public static async IAsyncEnumerable<string> Describe(TutorTurn turn)
    {
        if (!turn.HasCluster)
        {
            yield return turn.Say(Phrase.NoCluster);
            yield break;
        }

        var (objects, refusal) = await turn.Use<IReadOnlyList<ObjectRef>>(ToolNames.ListObjects);
        if (objects is null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal?.Message));
        }
        else if (turn.Asked.Mentions.Select(m => Focus.Find(objects, m)).FirstOrDefault(o => o is not null) is { } wanted)
        {
            yield return await Object(turn, wanted);
        }
        else
        {
            if (turn.Asked.Mentions.FirstOrDefault(m => Focus.IsCertain(m) || IsDescribed(turn, m)) is { Name: { } name })
            {
                yield return turn.Say(Phrase.NoSuchObject, ("name", Shown.Code(name)), ("where", turn.Where));
            }

            yield return List(turn, objects);
        }
    }

    // After "describe" with a kind, whatever follows is a name.
    private static bool IsDescribed(TutorTurn turn, Mention mention) =>
        mention is { Kind: not null, Name: not null } && turn.Asked.Words.Any(w => w.Text == "describe");

    // The pod that was named; otherwise the only one; otherwise one that a finding speaks of.
    private static async Task<ObjectRef?> Pod(TutorTurn turn, List<ObjectRef> pods)
    {
        var named = turn.Asked.Mentions.Where(m => m.Name is not null).Select(m => m with { Kind = "Pod" }).ToList();
        if (named.Select(m => Focus.Find(pods, m)).FirstOrDefault(p => p is not null) is { } found)
        {
            return found;
        }

        if (pods.Count <= 1 || turn.Asked.Mentions.Any(Focus.IsCertain))
        {
            return pods.Count == 1 ? pods[0] : null;
        }

        var report = (await turn.Diagnose()).Value;
        return report?.RootCauses.SelectMany(c => c.Explains).Where(e => e.Kind == "Pod").Select(e => pods.FirstOrDefault(p => p.Name == e.Name)).FirstOrDefault(p => p is not null);
    }

    private static async Task<string> Log(TutorTurn turn, ObjectRef pod)
    {
        var wantsPrevious = turn.Asked.Words.Any(w => w.Likeness("previous") > 0 || w.Text is "last" or "before");
        var (log, refusal) = await Read(turn, pod, wantsPrevious);
        if (log is null or { Text.Length: 0 } && !wantsPrevious)
        {
            // A container that just restarted has said nothing yet; the one before has.
            var (before, _) = await Read(turn, pod, previous: true);
            log = before ?? log;
        }

        return log switch
        {
            null => turn.Say(Phrase.LogNone, ("object", Shown.Object(pod)), ("why", refusal?.Message)),
            { Text.Length: 0 } => turn.Say(Phrase.LogEmpty, ("object", Shown.Object(pod))),
            _ => turn.Say(
                Phrase.Log, ("object", Shown.Object(pod)), ("container", Shown.Code(log.Container)),
                ("previous", log.Previous ? turn.Answer.Say(Phrase.LogPrevious) : ""), ("log", Shown.Block(log.Text))),
        };
    }

    private static Task<(ContainerLog? Value, Refusal? Refusal)> Read(TutorTurn turn, ObjectRef pod, bool previous) =>
        turn.Use<ContainerLog>(ToolNames.GetLog, ("pod", pod.Name), ("ns", pod.Namespace), ("previous", previous ? "true" : null));

    private static async Task<string> Object(TutorTurn turn, ObjectRef wanted)
    {
        var (found, refusal) = await turn.Use<JsonObject>(
            ToolNames.GetObject, ("kind", wanted.Kind), ("name", wanted.Name), ("ns", turn.Answer.Question.Namespace is null ? wanted.Namespace : null));
        if (found is null)
        {
            return turn.Say(Phrase.Refused, ("why", refusal?.Message));
        }

        var text = found.ToJsonString(Indented);
        return turn.Say(
            Phrase.Object, ("object", Shown.Object(wanted)), ("yaml", Shown.Block(text.Length <= LongestObject ? text : text[..LongestObject] + "\n…")),
            ("command", Shown.Describe(turn, wanted.Kind, wanted.Namespace, wanted.Name)));
    }

    private static string List(TutorTurn turn, IReadOnlyList<ObjectRef> objects)
    {
        var kind = turn.Asked.Mentions.FirstOrDefault(m => m.Kind is not null)?.Kind;
        var wanted = objects.Where(o => o.Kind == kind || (kind is null && o.Kind != "Event")).ToList();
        var lines = wanted.Take(MostListed).GroupBy(o => o.Kind).Select(g => $"{g.Key}: {string.Join(", ", g.Select(o => Shown.Code(o.Name)))}");
        return wanted.Count == 0
            ? turn.Say(Phrase.ObjectListEmpty, ("where", turn.Where))
            : turn.Say(Phrase.ObjectList, ("where", turn.Where), ("objects", Shown.List(lines))) + (wanted.Count > MostListed ? turn.Say(Phrase.ObjectCut) : "");
    }
}
