using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Academy.Curriculum.Loading;

/// <summary>A place in a file; both are counted from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static Place Top { get; } = new(1, 1);
}

internal abstract record YamlItem(Place At);

internal sealed record YamlText(string Value, bool Plain, Place At) : YamlItem(At);

internal sealed record YamlList(IReadOnlyList<YamlItem> Items, Place At) : YamlItem(At);

internal sealed record YamlEntry(string Key, Place At, YamlItem Value);

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, Place At) : YamlItem(At)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(e => e.Key == key);
}

/// <summary>
/// Reads YAML into a tree that knows its lines. Duplicate keys, anchors and wild nesting are problems rather than exceptions,
/// so that one mistake does not hide the next.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 48;
    private readonly string _file;
    private readonly Problems _problems;
    private readonly Parser _parser;

    private YamlTree(string file, string text, Problems problems)
    {
        _file = file;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The documents of a file; empty, with a problem reported, where it is not YAML.</summary>
    public static IReadOnlyList<YamlItem> Read(string file, string text, Problems problems)
    {
        var tree = new YamlTree(file, text, problems);
        try
        {
            return tree.Documents();
        }
        catch (YamlException e)
        {
            problems.Add(file, Where(e.Start), $"not valid YAML: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser does not turn everything it stumbles over into a YamlException.
            problems.Add(file, tree._parser.Current is { } last ? Where(last.End) : Place.Top, "not valid YAML: a list, a mapping or a quoted text is not closed properly");
        }

        return [];
    }

    private List<YamlItem> Documents()
    {
        var documents = new List<YamlItem>();
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart && _parser.MoveNext() && Item(0) is { } root)
            {
                documents.Add(root);
            }
        }

        return documents;
    }

    // Reads the value that starts at the current event; stands on its last event afterwards.
    private YamlItem Item(int depth)
    {
        var current = _parser.Current!;
        var at = Where(current.Start);
        if (depth > MaxDepth)
        {
            throw new YamlException(current.Start, current.End, $"nested deeper than {MaxDepth} levels");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false })
        {
            _problems.Add(_file, at, "anchors (&) are not used here; write the value out");
        }

        switch (current)
        {
            case Scalar scalar:
                return new YamlText(scalar.Value, scalar.Style == ScalarStyle.Plain, at);
            case SequenceStart:
                var items = new List<YamlItem>();
                while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
                {
                    items.Add(Item(depth + 1));
                }

                return new YamlList(items, at);
            case MappingStart:
                return Map(depth, at);
            default:
                _problems.Add(_file, at, "aliases (*) are not used here; write the value out");
                return new YamlText("", true, at);
        }
    }

    private YamlMap Map(int depth, Place at)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<YamlEntry>();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = Item(depth + 1);
            _parser.MoveNext();
            var value = Item(depth + 1);
            if (key is not YamlText { Value: var name })
            {
                _problems.Add(_file, key.At, "a key must be a plain word");
            }
            else if (!seen.Add(name))
            {
                _problems.Add(_file, key.At, $"'{name}' is given twice");
            }
            else
            {
                entries.Add(new YamlEntry(name, key.At, value));
            }
        }

        return new YamlMap(entries, at);
    }
    private static Place Where(Mark mark) => new(Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
}
