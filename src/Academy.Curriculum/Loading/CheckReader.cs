using System.Text.RegularExpressions;
using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Reads one entry of <c>checks:</c>.</summary>
internal static class CheckReader
{
    private static readonly string[] Forms = ["assert", "absent", "log", "healthy", "noFindings", "event", "http", "artefact"];

    public static LabCheck Read(Section section, LabContext lab)
    {
        var head = new CheckHead(section.Id("id"), section.Text("title"), section.Number("points", 1, 100, otherwise: 1));
        var given = Forms.Where(f => section.Item(f) is not null).ToList();
        if (given.Count != 1)
        {
            section.Report(section.Start, $"a check has exactly one of {string.Join(", ", Forms)}; this one has {(given.Count == 0 ? "none" : string.Join(" and ", given))}");
        }

        var cluster = Cluster(section, lab);
        LabCheck? check = given.FirstOrDefault() switch
        {
            "assert" => ObjectDemandReader.Read(section) is { } objects ? new AssertCheck(head.Id, head.Title, head.Points, objects) : null,
            "absent" => ObjectDemandReader.Object(section, "absent") is var (selector, demand) ? new AbsentCheck(head.Id, head.Title, head.Points, selector, demand) : null,
            "log" => Log(section, head),
            "healthy" => Healthy(section, head),
            "noFindings" => new NoFindingsCheck(head.Id, head.Title, head.Points, [.. section.Texts("noFindings").Select(r => section.CheckReason(r.At, r.Value))]),
            "event" => Event(section, head),
            "http" => Http(section, head, cluster),
            "artefact" => ArtefactCheckReader.Read(section, head, lab),
            _ => null,
        };
        check = (check ?? new NoFindingsCheck(head.Id, head.Title, head.Points, [])) with
        {
            OnFailure = section.OptionalText("onFailure"),
            Skills = lab.References.SkillsOf(section),
            Cluster = cluster,
            Retry = Retry(section),
        };
        section.Done();
        return check;
    }

    /// <summary>A regular expression that runs in linear time, whatever it is held against.</summary>
    public static Regex Pattern(Section section, string key, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            section.Report(key, $"not a usable regular expression: {e.Message}");
            return new Regex("", RegexOptions.NonBacktracking);
        }
    }

    /// <summary>Exactly one of <c>contains</c> and <c>mustNotContain</c>.</summary>
    public static LineDemand Line(Section section)
    {
        var (contains, mustNot) = (section.OptionalText("contains"), section.OptionalText("mustNotContain"));
        if (contains is null == mustNot is null)
        {
            section.Report("contains", "give one of 'contains' and 'mustNotContain'");
        }

        return new LineDemand(Pattern(section, contains is null ? "mustNotContain" : "contains", contains ?? mustNot ?? ""), contains is null);
    }

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

        var check = new LogCheck(head.Id, head.Title, head.Points, new ObjectSelector(["Pod"], null, null, labels), log.OptionalText("container"), Line(log));
        log.Done();
        return check;
    }

    private static NoFindingsCheck Healthy(Section section, CheckHead head)
    {
        if (section.OptionalText("healthy") != "true")
        {
            section.Report("healthy", "'healthy' must be true");
        }

        return new NoFindingsCheck(head.Id, head.Title, head.Points, []);
    }

    private static EventCheck? Event(Section section, CheckHead head)
    {
        if (section.Child("event") is not { } recorded)
        {
            return null;
        }

        var target = recorded.Child("object");
        var message = recorded.OptionalText("message");
        var check = new EventCheck(
            head.Id,
            head.Title,
            head.Points,
            target?.Text("kind") ?? "",
            target?.OptionalText("name") ?? "*",
            recorded.Text("reason"),
            message is null ? null : Pattern(recorded, "message", message),
            recorded.Flag("mustNotOccur"));
        target?.Done();
        recorded.Done();
        return check;
    }

    private static HttpCheck? Http(Section section, CheckHead head, string? cluster)
    {
        if (section.Child("http") is not { } http)
        {
            return null;
        }

        var contains = http.OptionalText("contains");
        var question = new HttpQuestion(http.Id("service"), http.Text("port"), http.OptionalText("path") ?? "/") { Cluster = cluster };
        if (question.Problem is { } problem)
        {
            http.Report("path", problem);
        }

        var check = new HttpCheck(
            head.Id, head.Title, head.Points, question, http.Number("status", 100, 599, otherwise: 200), contains is null ? null : Pattern(http, "contains", contains));
        http.Done();
        return check;
    }

    // The main cluster is what a check looks at that names none, so naming it is the same.
    private static string? Cluster(Section section, LabContext lab)
    {
        var cluster = section.OptionalText("cluster");
        if (cluster is not null && lab.Clusters.All(c => c.Id != cluster))
        {
            section.Report("cluster", $"lab.yaml has no cluster '{cluster}'");
        }

        return lab.Clusters is [var main, ..] && cluster == main.Id ? null : cluster;
    }

    private static CheckRetry? Retry(Section section)
    {
        if (section.Child("retry", required: false) is not { } retry)
        {
            return null;
        }

        var read = new CheckRetry(retry.Number("times", 1, 10), retry.Number("seconds", 1, 30));
        retry.Done();
        return read;
    }
}

/// <summary>What every check has.</summary>
internal sealed record CheckHead(string Id, string Title, int Points);
