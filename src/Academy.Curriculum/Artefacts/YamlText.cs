using System.Text.Json.Nodes;
using Academy.Curriculum.Loading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Academy.Curriculum.Artefacts;

/// <param name="Line">Where it begins, counted from 1.</param>
internal sealed record YamlDocument(JsonNode? Root, int Line, int Column);

/// <summary>
/// Reads YAML into trees of bounded size, by the core schema of YAML 1.2. Aliases are refused: they are how a small file becomes a huge one.
/// Empty documents, as a renderer leaves them behind, are left out.
/// </summary>
internal sealed class YamlText
{
    private readonly Parser _parser;
    private readonly TagReader _tags;
    private readonly TreeBudget _budget = new();

    private YamlText(string text, TagReader tags)
    {
        _parser = new Parser(new StringReader(text));
        _tags = tags;
    }

    public static IReadOnlyList<YamlDocument> Read(string text, TagReader tags)
    {
        var reader = new YamlText(text, tags);
        try
        {
            return reader.Documents();
        }
        catch (YamlException e)
        {
            throw new ArtefactException($"not valid YAML: {e.Message}", (int)e.Start.Line, (int)e.Start.Column);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new ArtefactException(
                "not valid YAML: a list, a mapping or a quoted text is not closed properly", (int)(reader._parser.Current?.End.Line ?? 1), (int)(reader._parser.Current?.End.Column ?? 1));
        }
    }

    private List<YamlDocument> Documents()
    {
        var documents = new List<YamlDocument>();
        while (_parser.MoveNext())
        {
            if (_parser.Current is DocumentStart && _parser.MoveNext())
            {
                var start = _parser.Current!.Start;
                if (Value(0) is { } root)
                {
                    documents.Add(new YamlDocument(root, (int)start.Line, (int)start.Column));
                }
            }
        }

        return documents;
    }

    // Reads the value that starts at the current event; stands on its last event afterwards.
    private JsonNode? Value(int depth)
    {
        var current = _parser.Current!;
        _budget.Take(depth, (int)current.Start.Line, (int)current.Start.Column);
        if (current is AnchorAlias)
        {
            throw Refused(current, "aliases (*) are not accepted; write the value out");
        }

        var tag = current is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } given } ? given.Value : null;
        var value = current switch
        {
            Scalar scalar => tag is null ? Loading.YamlJson.Scalar(new Loading.YamlText(scalar.Value, scalar.Style == ScalarStyle.Plain, Place.Top)) : JsonValue.Create(scalar.Value),
            SequenceStart => List(depth),
            MappingStart => Map(depth),
            _ => throw Refused(current, "a value is missing"),
        };
        return tag is null ? value : _tags(tag, value) is var (known, read) && known ? read : throw Refused(current, $"the tag {Checks.Wording.Clean(tag)} is not known here");
    }

    private JsonArray List(int depth)
    {
        var items = new JsonArray();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(Value(depth + 1));
        }

        return items;
    }

    private JsonObject Map(int depth)
    {
        var map = new JsonObject();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar key)
            {
                throw Refused(_parser.Current!, "a key must be a plain word");
            }

            _parser.MoveNext();
            if (!map.TryAdd(key.Value, Value(depth + 1)))
            {
                throw Refused(key, $"'{Checks.Wording.Clean(key.Value)}' is given twice");
            }
        }

        return map;
    }

    private static ArtefactException Refused(ParsingEvent at, string message) => new(message, (int)at.Start.Line, (int)at.Start.Column);
}
