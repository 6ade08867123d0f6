using System.Text.RegularExpressions;
using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Reads one entry of <c>checks:</c>.</summary>
internal static class CheckReader
{
    private static readonly string[] Forms = ["assert", "absent", "log", "healthy", "noFindings"];

    public static LabCheck Read(Section section)
    {
        var head = new CheckHead(section.Id("id"), section.Text("title"), section.Number("points", 1, 100, otherwise: 1), section.OptionalText("onFailure"));
        var given = Forms.Where(f => section.Item(f) is not null).ToList();
        if (given.Count != 1)
        {
            section.Problems.Add(section.File, section.Line, $"a check has exactly one of {string.Join(", ", Forms)}; this one has {(given.Count == 0 ? "none" : string.Join(" and ", given))}");
        }

        LabCheck? check = given.FirstOrDefault() switch
        {
            "assert" => Assert(section, head),
            "absent" => Absent(section, head),
            "log" => Log(section, head),
            "healthy" => Healthy(section, head),
            "noFindings" => NoFindings(section, head),
            _ => null,
        };
        section.Done();
        return check ?? new AbsentCheck(head.Id, head.Title, head.Points, head.OnFailure, new ObjectSelector([], null, null, new Dictionary<string, string>()), new Fields([]));
    }

    private static AssertCheck? Assert(Section section, CheckHead head)
    {
        var quantifier = section.OptionalText("all") switch
        {
            null or "false" => Quantifier.Any,
            "true" => Quantifier.All,
            _ => Wrong(section),
        };
        var atLeast = section.Number("atLeast", 1, 1000, otherwise: 1);
        return Object(section, "assert") is var (selector, demand)
            ? new AssertCheck(head.Id, head.Title, head.Points, head.OnFailure, selector, demand, quantifier, atLeast)
            : null;
    }

    private static AbsentCheck? Absent(Section section, CheckHead head) => Object(section, "absent") is var (selector, demand)
        ? new AbsentCheck(head.Id, head.Title, head.Points, head.OnFailure, selector, demand)
        : null;

    private static LogCheck? Log(Section section, CheckHead head)
    {
        if (section.Child("log") is not { } log)
        {
            return null;
        }

        var labels = (log.Item("pods") as YamlMap)?.Entries.Where(e => e.Value is YamlText).ToDictionary(e => e.Key, e => ((YamlText)e.Value).Value) ?? [];
        if (labels.Count == 0)
        {
            log.Report("pods", "'pods' must give the labels of the pods");
        }

        var (contains, mustNot) = (log.OptionalText("contains"), log.OptionalText("mustNotContain"));
        if (contains is null == mustNot is null)
        {
            log.Report("contains", "give one of 'contains' and 'mustNotContain'");
        }

        var container = log.OptionalText("container");
        log.Done();
        return new LogCheck(
            head.Id, head.Title, head.Points, head.OnFailure, new ObjectSelector(["Pod"], null, null, labels), container,
            Line(log, contains is null ? "mustNotContain" : "contains", contains ?? mustNot ?? ""), contains is null);
    }

    private static NoFindingsCheck Healthy(Section section, CheckHead head)
    {
        if (section.OptionalText("healthy") != "true")
        {
            section.Report("healthy", "'healthy' must be true");
        }

        return new NoFindingsCheck(head.Id, head.Title, head.Points, head.OnFailure, []);
    }

    private static NoFindingsCheck NoFindings(Section section, CheckHead head)
    {
        return new NoFindingsCheck(head.Id, head.Title, head.Points, head.OnFailure, [.. section.Texts("noFindings").Select(r => section.CheckReason(r.Line, r.Value))]);
    }

    private static Regex Line(Section log, string key, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            log.Report(key, $"not a usable regular expression: {e.Message}");
            return new Regex("", RegexOptions.NonBacktracking);
        }
    }

    private static (ObjectSelector Selector, Fields Demand)? Object(Section section, string key) =>
        section.Child(key) is { } inner ? new AssertionReader(section.File, section.Problems).ReadObject(inner) : null;

    private static Quantifier Wrong(Section section)
    {
        section.Report("all", "'all' must be true or false");
        return Quantifier.Any;
    }

    private sealed record CheckHead(string Id, string Title, int Points, string? OnFailure);
}
