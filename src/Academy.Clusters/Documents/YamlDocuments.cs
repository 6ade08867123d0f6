using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Academy.Clusters.Documents;

/// <summary>
/// YAML documents as JSON, by the core schema of YAML 1.2. Anchors, aliases and tags are refused: kubectl writes none, and they are
/// how a small text becomes a huge one.
/// </summary>
internal sealed class YamlDocuments
{
    private readonly IParser _parser;
    private readonly int _maxDepth;

    private YamlDocuments(IParser parser, int maxDepth)
    {
        _parser = parser;
        _maxDepth = maxDepth;
    }

    /// <summary>The documents that are not empty. They are the caller's to dispose.</summary>
    /// <exception cref="DocumentException">Not YAML, too deep, a key given twice, or something that is refused.</exception>
    public static List<JsonDocument> Read(TextReader text, int maxDepth)
    {
        var documents = new List<JsonDocument>();
        var reader = new YamlDocuments(new Parser(text), maxDepth);
        try
        {
            while (reader._parser.MoveNext())
            {
                if (reader._parser.Current is DocumentStart)
                {
                    reader._parser.MoveNext();
                    documents.Add(reader.Document());
                }
            }
        }
        catch (Exception e) when (e is YamlException or DocumentException or ArgumentException or InvalidOperationException)
        {
            documents.ForEach(d => d.Dispose());
            throw e as DocumentException
                ?? new DocumentException("this is not valid YAML: " + e.Message, e is YamlException y ? y.Start.Line : 0, e);
        }

        return documents;
    }

    private JsonDocument Document()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = _maxDepth + 1 }))
        {
            Value(writer, 1);
        }

        return JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = _maxDepth + 1 });
    }

    private void Value(Utf8JsonWriter writer, int depth)
    {
        var current = _parser.Current!;
        if (depth > _maxDepth)
        {
            throw Refused($"it is nested deeper than {_maxDepth} levels");
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
        {
            throw Refused("anchors (&) and aliases (*) are not accepted; write the value out");
        }

        if (current is NodeEvent { Tag.IsEmpty: false })
        {
            throw Refused("tags (!) are not accepted; write the plain value");
        }

        switch (current)
        {
            case Scalar scalar:
                Scalar(writer, scalar);
                break;
            case SequenceStart:
                writer.WriteStartArray();
                while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
                {
                    Value(writer, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case MappingStart:
                Map(writer, depth);
                break;
            default:
                throw Refused("a value is missing");
        }
    }

    private void Map(Utf8JsonWriter writer, int depth)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            if (_parser.Current is not Scalar { Anchor.IsEmpty: true, Tag.IsEmpty: true, Value: var key })
            {
                throw Refused("a key must be a plain word");
            }

            if (!keys.Add(key))
            {
                throw Refused($"the key '{Shown.Text(key)}' is given twice");
            }

            writer.WritePropertyName(key);
            _parser.MoveNext();
            Value(writer, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void Scalar(Utf8JsonWriter writer, Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            writer.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            writer.WriteNullValue();
        }
        else if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            writer.WriteBooleanValue(text[0] is 't' or 'T');
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
        {
            writer.WriteNumberValue(real);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private DocumentException Refused(string message) => new(message, _parser.Current?.Start.Line ?? 0);
}
