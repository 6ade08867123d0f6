using Academy.Agent.Understanding;
using YamlDotNet.RepresentationModel;

namespace Academy.Agent.Prompts;

/// <summary>Reads the prompts folder: <c>system.md</c> and the YAML files below <c>tutor/</c>.</summary>
internal sealed class PromptReader(string folder)
{
    public const string SystemFile = "system.md";
    private const string FrontMatter = "---\n";

    private readonly List<PromptProblem> _problems = [];
    private readonly Dictionary<string, Template> _phrases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReasonWords> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TermWords> _terms = new(StringComparer.Ordinal);
    private readonly List<IntentCues> _intents = [];
    private readonly List<PromptCase> _cases = [];

    public PromptLibrary Read()
    {
        var system = System();
        var tutor = Path.Combine(folder, "tutor");
        foreach (var path in (Directory.Exists(tutor) ? Directory.GetFiles(tutor, "*.yaml") : []).Order(StringComparer.Ordinal))
        {
            if (PromptFile.Read(Path.GetRelativePath(folder, path), File.ReadAllText(path), _problems) is { } file)
            {
                Tutor(file);
            }
        }

        Missing();
        return _problems.Count == 0
            ? new PromptLibrary(system, _intents, _phrases, _reasons, _terms, _cases)
            : throw new PromptException(folder, [.. _problems.OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line)]);
    }

    private Template System()
    {
        var path = Path.Combine(folder, SystemFile);
        var text = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        var end = text.StartsWith(FrontMatter, StringComparison.Ordinal) ? text.IndexOf("\n" + FrontMatter, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            _problems.Add(new(SystemFile, 1, "must exist and begin with front matter between lines of '---'"));
            return new Template("");
        }

        if (PromptFile.Read(SystemFile, text[FrontMatter.Length..end], _problems, lineOffset: 1) is { } head)
        {
            head.Version();
            head.Done();
        }

        var body = text[(end + 1 + FrontMatter.Length)..];
        Check(SystemFile, text[..end].Count(c => c == '\n') + 3, body, Phrase.System);
        return new Template(body.Trim());
    }

    private void Tutor(PromptFile file)
    {
        file.Version();
        var intent = ReadIntent(file);
        foreach (var (key, text, line) in file.Texts("phrases"))
        {
            Add(file.Name, line, key, text);
        }

        foreach (var (reason, words, _) in file.Maps("reasons"))
        {
            _reasons[reason] = new ReasonWords(words.Text("question"), words.Text("concept"));
            words.Done();
        }

        foreach (var (term, meaning, _) in file.Texts("terms"))
        {
            _terms[TermKey.Of(term)] = new TermWords(term, meaning);
        }

        Cases(file, intent);
        file.Done();
    }

    private Intent? ReadIntent(PromptFile file)
    {
        var name = file.Optional("intent");
        var cues = file.List("cues");
        if (name is null)
        {
            return null;
        }

        if (!Enum.TryParse<Intent>(name, ignoreCase: true, out var intent))
        {
            file.Report("intent", $"'{name}' is not an intent; known: {string.Join(", ", Enum.GetNames<Intent>()).ToLowerInvariant()}");
            return null;
        }

        var read = new List<Cue>();
        foreach (var (node, line) in cues)
        {
            if (node is YamlScalarNode { Value: { } text } && Cue.Parse(text) is { } cue)
            {
                read.Add(cue);
            }
            else
            {
                file.Report(line, "a cue is words separated by blanks, alternatives by '|', with an optional '@weight' at the end");
            }
        }

        _intents.Add(new IntentCues(intent, read));
        return intent;
    }

    private void Cases(PromptFile file, Intent? intent)
    {
        foreach (var (node, line) in file.List("cases"))
        {
            switch (node)
            {
                case YamlScalarNode { Value: { } ask } when intent is { } own:
                    _cases.Add(new PromptCase(file.Name, line, ask, own, null));
                    break;
                case YamlMappingNode map:
                    var inner = file.Inner(map);
                    var wanted = inner.Optional("intent");
                    var read = wanted is null ? intent : Enum.TryParse<Intent>(wanted, ignoreCase: true, out var other) ? other : null;
                    if (read is { } known)
                    {
                        _cases.Add(new PromptCase(file.Name, line, inner.Text("ask"), known, inner.Optional("focus")));
                    }
                    else
                    {
                        file.Report(line, "a case needs an intent that exists");
                    }

                    break;
                default:
                    file.Report(line, "a case is a question, or 'ask' with 'intent' and 'focus'");
                    break;
            }
        }
    }

    private void Add(string file, int line, string key, string text)
    {
        if (!Phrase.All.TryGetValue(key, out var phrase))
        {
            _problems.Add(new(file, line, $"there is no phrase '{key}'"));
        }
        else if (!_phrases.TryAdd(key, new Template(text)))
        {
            _problems.Add(new(file, line, $"the phrase '{key}' is given twice"));
        }
        else
        {
            Check(file, line, text, phrase);
        }
    }

    private void Check(string file, int line, string text, Phrase phrase)
    {
        if (Template.Placeholders(text) is not { } used)
        {
            _problems.Add(new(file, line, $"'{phrase.Key}' has a placeholder that is not closed"));
            return;
        }

        foreach (var unknown in used.Except(phrase.Placeholders))
        {
            _problems.Add(new(file, line, $"'{phrase.Key}' knows no {{{{{unknown}}}}}; it has: {string.Join(", ", phrase.Placeholders)}"));
        }
    }

    private void Missing()
    {
        foreach (var phrase in Phrase.All.Values.Where(p => p != Phrase.System && !_phrases.ContainsKey(p.Key)))
        {
            _problems.Add(new("tutor", 1, $"the phrase '{phrase.Key}' is missing"));
        }

        foreach (var intent in Enum.GetValues<Intent>().Where(i => i != Intent.Other && _intents.All(c => c.Intent != i)))
        {
            _problems.Add(new("tutor", 1, $"the intent '{intent}' has no file"));
        }
    }
}
