using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.Curriculum.Artefacts;

/// <summary>
/// A declarative pipeline as <c>{agent, tools, environment, options, parameters, triggers, stages, post}</c>: the Jenkins handbook, "Pipeline
/// Syntax". Scripted parts are kept as lines of source.
/// </summary>
internal static partial class Jenkinsfile
{
    private static readonly string[] Settings = ["tools", "environment", "options", "parameters", "triggers"];

    public static ArtefactDocument Read(string text)
    {
        var source = GroovyScanner.Scan(text);
        var pipeline = new GroovyBlocks(source).Read().FirstOrDefault(s => s is { Head: "pipeline", Body: not null })
            ?? throw new ArtefactException("there is no declarative pipeline { } in this file", 1, 1);
        if (pipeline.Find("stages") is not { Body.Count: > 0 })
        {
            throw source.Problem("the pipeline has no stages", pipeline.At);
        }

        return new ArtefactDocument(Parts(pipeline), source.Code);
    }

    // What a pipeline and a stage have in common; a pipeline has no steps of its own.
    private static JsonObject Parts(GroovyStatement of)
    {
        var parts = new JsonObject();
        foreach (var part in of.Body ?? [])
        {
            parts[part.Name] = part.Name switch
            {
                "agent" or "when" or "input" => part.Body is null ? Argument(part.Head) : part.Inner,
                "stages" or "parallel" => new JsonArray([.. (part.Body ?? []).Where(s => s is { Name: "stage", Body: not null }).Select(Stage)]),
                "matrix" => Parts(part),
                "steps" => Steps(part),
                "post" => new JsonObject((part.Body ?? []).DistinctBy(c => c.Name).Select(c => KeyValuePair.Create<string, JsonNode?>(c.Name, Steps(c)))),
                var name when Settings.Contains(name) => Named(part),
                _ => part.Body is null ? Argument(part.Head) : part.Inner,
            };
        }

        return parts;
    }

    private static JsonNode Stage(GroovyStatement stage)
    {
        var parts = Parts(stage);
        parts["name"] = Argument(stage.Head);
        return parts;
    }

    // A block such as script or withCredentials is its own line, and what stands in it follows.
    private static JsonArray Steps(GroovyStatement of) => new([.. Lines(of).Select(l => JsonValue.Create(l))]);

    private static IEnumerable<string> Lines(GroovyStatement of) => (of.Body ?? []).SelectMany(s => s.Body is null ? [s.Head] : Lines(s).Prepend(s.Head));

    // NAME = value, name 'value', name(value); a parameter goes by its own name.
    private static JsonObject Named(GroovyStatement part)
    {
        var named = new JsonObject();
        foreach (var entry in part.Body ?? [])
        {
            var assigned = Assignment.Match(entry.Head);
            var (name, value) = assigned.Success ? (assigned.Groups["name"].Value, Unquoted(assigned.Groups["value"].Value))
                : part.Name == "parameters" && ParameterName.Match(entry.Head) is { Success: true } parameter ? (parameter.Groups["name"].Value, entry.Head)
                : (entry.Name, entry.Body is null ? Argument(entry.Head) : entry.Inner);
            named[name] = value;
        }

        return named;
    }

    /// <summary>What stands behind the first word, without parentheses, and without quotes where it is one text.</summary>
    private static string Argument(string head)
    {
        var rest = head[head.TakeWhile(c => char.IsLetterOrDigit(c) || c == '_').Count()..].Trim();
        return Unquoted(rest is ['(', .., ')'] ? rest[1..^1].Trim() : rest);
    }

    private static string Unquoted(string text) => Quoted.Match(text) is { Success: true } quoted ? quoted.Groups["text"].Value : text;

    [GeneratedRegex(@"^(?<name>\w+)\s*=(?!=)\s*(?<value>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment { get; }

    [GeneratedRegex(@"\bname\s*:\s*(['""])(?<name>\w+)\1")]
    private static partial Regex ParameterName { get; }

    [GeneratedRegex(@"^(?<quote>'''|""""""|'|"")(?<text>[^'""\\]*)\k<quote>$", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted { get; }
}
