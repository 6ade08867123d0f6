using Academy.Agent.Prompts;
using Academy.Agent.Understanding;
using Academy.Diagnosis;

namespace Academy.Agent.Tutoring;

/// <summary>Puts objects, quotes and commands into Markdown so that what stands in a cluster cannot change the page.</summary>
internal static class Shown
{
    private const int LongestQuote = 300;

    public static string Object(string kind, string name) => $"{Plain(kind)} {Code(name)}";

    public static string Object(RootCause cause) => Object(cause.Kind, cause.Name);

    public static string Object(ObjectRef found) => Object(found.Kind, found.Name);

    /// <summary>Inline code on one line; it cannot end itself.</summary>
    public static string Code(string text)
    {
        var line = Plain(text).Replace('`', '\'');
        return line.Length <= LongestQuote ? $"`{line}`" : $"`{line[..LongestQuote]}…`";
    }

    /// <summary>A block of code that its content cannot end.</summary>
    public static string Block(string text) => text.Replace("```", "'''", StringComparison.Ordinal).TrimEnd();

    public static string List(IEnumerable<string> items) => string.Join('\n', items.Select(i => $"- {i}"));

    public static string And(IReadOnlyList<string> items) => items switch
    {
        [] => "",
        [var one] => one,
        _ => $"{string.Join(", ", items.SkipLast(1))} and {items[^1]}",
    };

    public static string Evidence(TutorTurn turn, Evidence seen) => seen switch
    {
        { Log: { } container } => turn.Answer.Say(Phrase.SeenLog, ("object", Code(seen.Object)), ("container", Plain(container)), ("quote", Code(seen.Quote))),
        { Event: { } reason } => turn.Answer.Say(Phrase.SeenEvent, ("object", Code(seen.Object)), ("reason", Plain(reason)), ("quote", Code(seen.Quote))),
        _ => turn.Answer.Say(Phrase.SeenField, ("object", Code(seen.Object)), ("path", Code(seen.Field ?? "")), ("quote", Code(seen.Quote))),
    };

    /// <summary>The kubectl commands that show the same by hand, at most three.</summary>
    public static string Commands(TutorTurn turn, RootCause cause) =>
        string.Join('\n', cause.Evidence.Select(e => Command(turn, e)).Append(Describe(turn, cause.Kind, cause.Namespace, cause.Name)).Distinct().Take(3));

    public static string Describe(TutorTurn turn, string kind, string? ns, string name) =>
        turn.Answer.Say(Phrase.AskOfObject, ("kind", Word(kind).ToLowerInvariant()), ("name", Word(name)), ("ns", Flag(kind, ns)));

    /// <summary>The namespace as kubectl wants it; nothing for objects of the whole cluster.</summary>
    public static string Flag(string kind, string? ns) => ns is null || Kinds.IsClusterWide(kind) ? "" : $" -n {Word(ns)}";

    private static string Command(TutorTurn turn, Evidence seen)
    {
        var (kind, ns, name) = seen.Object.Split('/') switch
        {
            [var k, var n, var rest] => (k, n, rest),
            [var k, var rest] => (k, (string?)null, rest),
            _ => ("pod", null, seen.Object),
        };
        return seen switch
        {
            { Log: { } container } => turn.Answer.Say(
                Phrase.AskForLog, ("name", Word(name)), ("ns", Flag(kind, ns)), ("container", Word(container.Split(' ')[0])),
                ("previous", container.Contains("previous", StringComparison.Ordinal) ? " --previous" : "")),
            { Event: not null } => turn.Answer.Say(Phrase.AskForEvents, ("kind", Word(kind)), ("name", Word(name)), ("ns", Flag(kind, ns))),
            { Field: { Length: > 0 } path } => turn.Answer.Say(
                Phrase.AskForField, ("kind", Word(kind).ToLowerInvariant()), ("name", Word(name)), ("ns", Flag(kind, ns)), ("path", JsonPath.Of(path))),
            _ => Describe(turn, kind, ns, name),
        };
    }

    /// <summary>A word of a command: nothing in it can mean more to a shell.</summary>
    private static string Word(string text) => string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':'));

    private static string Plain(string text) => string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c));
}
