using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Academy.Agent.Prompts;

/// <summary>One mapping of a prompt file, read key by key; what is wrong is collected with its line, and reading goes on.</summary>
internal sealed class PromptFile(string file, YamlMappingNode map, int lineOffset, ICollection<PromptProblem> problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public string Name => file;

    /// <param name="lineOffset">Lines of the file above <paramref name="text"/>.</param>
    public static PromptFile? Read(string file, string text, ICollection<PromptProblem> problems, int lineOffset = 0)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new PromptFile(file, root, lineOffset, problems);
            }

            problems.Add(new(file, 1 + lineOffset, "must hold one YAML document with keys and values"));
        }
        catch (YamlException trouble)
        {
            problems.Add(new(file, (int)trouble.Start.Line + lineOffset, $"not valid YAML: {trouble.Message}"));
        }

        return null;
    }

    public string Text(string key) => Optional(key) is { } text && text.Trim().Length > 0 ? text.Trim() : Missing(key);

    public string? Optional(string key)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode { Value: { } text })
        {
            return text;
        }

        Report(node, $"'{key}' must be a text");
        return null;
    }

    public int Version()
    {
        if (int.TryParse(Optional("version"), out var version) && version > 0)
        {
            return version;
        }

        Report(Node("version") ?? map, "'version' must be a whole number from 1");
        return 1;
    }

    /// <summary>The entries of a list with their lines; empty where there is no such key.</summary>
    public IReadOnlyList<(YamlNode Node, int Line)> List(string key)
    {
        switch (Node(key))
        {
            case null: return [];
            case YamlSequenceNode list: return [.. list.Select(n => (n, Line(n)))];
            case { } other:
                Report(other, $"'{key}' must be a list");
                return [];
        }
    }

    /// <summary>The texts of a mapping with their lines; empty where there is no such key.</summary>
    public IReadOnlyList<(string Key, string Text, int Line)> Texts(string key)
    {
        var texts = new List<(string, string, int)>();
        foreach (var (name, node) in Entries(key))
        {
            if (node is YamlScalarNode { Value: { } text })
            {
                texts.Add((name, text.TrimEnd(), Line(node)));
            }
            else
            {
                Report(node, $"'{name}' must be a text");
            }
        }

        return texts;
    }

    /// <summary>The mappings inside a mapping.</summary>
    public IReadOnlyList<(string Key, PromptFile Inner, int Line)> Maps(string key)
    {
        var maps = new List<(string, PromptFile, int)>();
        foreach (var (name, node) in Entries(key))
        {
            if (node is YamlMappingNode inner)
            {
                maps.Add((name, new PromptFile(file, inner, lineOffset, problems), Line(node)));
            }
            else
            {
                Report(node, $"'{name}' must have keys and values");
            }
        }

        return maps;
    }

    /// <summary>An entry of a list read as a mapping.</summary>
    public PromptFile Inner(YamlMappingNode node) => new(file, node, lineOffset, problems);

    public void Report(YamlNode node, string message) => problems.Add(new(file, Line(node), message));

    public void Report(int line, string message) => problems.Add(new(file, line, message));

    public void Report(string key, string message) => Report(Node(key) ?? map, message);

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Done()
    {
        foreach (var key in map.Children.Keys.Where(k => !_asked.Contains(k.ToString())))
        {
            Report(key, $"unknown key '{key}'; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private IEnumerable<(string Key, YamlNode Node)> Entries(string key)
    {
        switch (Node(key))
        {
            case null: return [];
            case YamlMappingNode inner: return inner.Children.Select(e => (e.Key.ToString(), e.Value));
            case { } other:
                Report(other, $"'{key}' must have keys and values");
                return [];
        }
    }

    private YamlNode? Node(string key)
    {
        _asked.Add(key);
        return map.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : null;
    }

    private int Line(YamlNode node) => (int)node.Start.Line + lineOffset;

    private string Missing(string key)
    {
        Report(key, $"'{key}' is missing or empty");
        return "";
    }
}
