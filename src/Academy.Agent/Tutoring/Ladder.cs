using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Agent.Prompts;
using Academy.Agent.Understanding;
using Academy.Diagnosis;

namespace Academy.Agent.Tutoring;

/// <summary>
/// The rungs of a finding outside a lab: question, where to look, concept, command, solution. Each time the student asks, the next one.
/// </summary>
internal static class Ladder
{
    public const int Last = 5;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The next rung: one more than the hints asked for since the last diagnosis.</summary>
    public static int Next(IReadOnlyList<string> earlier, QuestionReader reader)
    {
        var rung = 1;
        for (var i = earlier.Count - 1; i >= 0; i--)
        {
            var asked = reader.Read(earlier[i], [.. earlier.Take(i)]);
            if (asked.Main is Intent.Diagnose or Intent.Check)
            {
                break;
            }

            rung += asked.Asks(Intent.Hint) ? 1 : 0;
        }

        return Math.Min(rung, Last);
    }

    public static IEnumerable<string> Write(TutorTurn turn, RootCause cause, int rung)
    {
        yield return turn.Say(Phrase.RungTitle, ("rung", rung.ToString()), ("last", Last.ToString()), ("name", turn.Answer.Say(Name(rung))));
        yield return rung switch
        {
            1 => DiagnoseReply.Question(turn, cause) + "\n\n",
            2 => $"{DiagnoseReply.Seen(turn, cause)}\n\n{turn.Say(Phrase.RungWhere, ("commands", Shown.Commands(turn, cause)))}",
            3 => (turn.Answer.Prompts.Reasons.TryGetValue(cause.Reason, out var words)
                ? words.Concept
                : turn.Answer.Say(Phrase.RungConcept, ("object", Shown.Object(cause)), ("summary", cause.Summary))) + "\n\n",
            4 => Command(turn, cause),
            _ => Solution(turn, cause),
        };
        yield return turn.Say(rung < Last ? Phrase.MoreRungs : Phrase.LastRung);
    }

    private static Phrase Name(int rung) => rung switch { 1 => Phrase.RungName1, 2 => Phrase.RungName2, 3 => Phrase.RungName3, 4 => Phrase.RungName4, _ => Phrase.RungName5 };

    private static string Command(TutorTurn turn, RootCause cause)
    {
        var text = turn.Say(Phrase.RungCommand, ("kind", cause.Kind.ToLowerInvariant()), ("name", cause.Name), ("ns", Shown.Flag(cause.Kind, cause.Namespace)));
        var fields = Fields(cause.Fix.Patch, "").Take(5).Select(Shown.Code).ToList();
        return fields.Count > 0 ? text + turn.Say(Phrase.RungFields, ("fields", Shown.And(fields))) : text;
    }

    private static string Solution(TutorTurn turn, RootCause cause)
    {
        var text = turn.Say(Phrase.RungSolution, ("fix", cause.Fix.Text));
        return cause.Fix.Patch is { } patch ? text + turn.Say(Phrase.RungPatch, ("patch", Shown.Block(patch.ToJsonString(Indented)))) : text;
    }

    // The paths that a patch sets, without the values.
    private static IEnumerable<string> Fields(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(e => Fields(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}")),
        JsonArray list => list.SelectMany(e => Fields(e, $"{path}[]")).Where(f => !f.EndsWith("[].name", StringComparison.Ordinal)).Distinct(),
        null when path.Length == 0 => [],
        _ => [path],
    };
}
