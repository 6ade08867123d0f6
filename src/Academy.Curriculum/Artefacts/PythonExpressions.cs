using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Reads expressions from the tokens of one logical line. What it does not know becomes its source.</summary>
internal sealed class PythonExpressions(SourceText source, IReadOnlyList<PythonToken> tokens, int from = 0)
{
    private const int MaxDepth = 80;
    private const int MaxLength = 200;
    private static readonly string[] Ends = [",", ")", "]", "}", "=", ":", ">>", "<<", "as"];
    private int _depth;

    public int At { get; private set; } = from;

    public bool Done => At >= tokens.Count;

    public bool Take(string sign)
    {
        var there = Next(sign);
        At += there ? 1 : 0;
        return there;
    }

    public PythonExpression Read()
    {
        var start = At;
        var (left, shifts) = (Operand(), 0);
        while (Next(">>") || Next("<<"))
        {
            var back = tokens[At++].Is("<<");
            var right = Operand();
            left = ++shifts > MaxLength ? throw source.Problem("a line is too long", tokens[start].From) : new PythonShift(Text(start), left, back, right);
        }

        return left;
    }

    private bool Next(string sign) => !Done && tokens[At].Is(sign);

    private PythonSpan Text(int start) => At > start ? new PythonSpan(source, tokens[start].From, tokens[At - 1].To) : default;

    private PythonExpression Operand()
    {
        var start = At;
        if (++_depth > MaxDepth)
        {
            At = tokens.Count;
            return new PythonOther(Text(start));
        }

        var primary = Done ? null : Primary();
        _depth--;
        if (primary is not null && (Done || Ends.Any(Next)))
        {
            return primary;
        }

        // Arithmetic, a condition, a lambda, a comprehension: skipped up to where the operand ends.
        var open = 0;
        for (; !Done && (open > 0 || !Ends.Any(Next)); At++)
        {
            open += tokens[At] switch { { Kind: PythonTokenKind.Sign, Text: "(" or "[" or "{" } => 1, { Kind: PythonTokenKind.Sign, Text: ")" or "]" or "}" } => -1, _ => 0 };
        }

        return new PythonOther(Text(start));
    }

    private PythonExpression? Primary()
    {
        var start = At;
        var token = tokens[At];
        PythonExpression? value = token.Kind switch
        {
            PythonTokenKind.Text => Texts(),
            PythonTokenKind.Number => Literal(1, token.Value),
            PythonTokenKind.Name => Name(token),
            _ when token.Is("-") && At + 1 < tokens.Count && tokens[At + 1] is { Kind: PythonTokenKind.Number, Value: { } number } => Literal(2, Negative(number)),
            _ when token.Is("(") => Parentheses(),
            _ when token.Is("[") => new PythonList(default, Sequence("]", out _)),
            _ when token.Is("{") => Braces(),
            _ => null,
        };
        if (value is null)
        {
            return null;
        }

        value = value with { Span = Text(start) };
        for (var links = 0; !Done && links < MaxLength; links++)
        {
            PythonExpression? longer = null;
            if (Next(".") && At + 1 < tokens.Count && tokens[At + 1].Kind == PythonTokenKind.Name)
            {
                At += 2;
                longer = new PythonAttribute(default, value, tokens[At - 1].Text);
            }
            else if (Next("("))
            {
                longer = Call(value);
            }
            else if (Next("["))
            {
                Sequence("]", out _);
                longer = new PythonItem(default, value);
            }

            if (longer is null)
            {
                break;
            }

            value = longer with { Span = Text(start) };
        }

        return value;
    }

    private PythonLiteral Literal(int length, JsonNode? value)
    {
        At += length;
        return new PythonLiteral(default, value);
    }

    private static JsonValue Negative(JsonNode number) => number.GetValue<object>() is long whole ? JsonValue.Create(-whole) : JsonValue.Create(-number.GetValue<double>());

    private PythonExpression Name(PythonToken token)
    {
        At++;
        return token.Text switch
        {
            "True" => new PythonLiteral(default, JsonValue.Create(true)),
            "False" => new PythonLiteral(default, JsonValue.Create(false)),
            "None" => new PythonLiteral(default, null),
            _ => new PythonName(default),
        };
    }

    // Texts beside each other are one.
    private PythonExpression Texts()
    {
        var parts = new List<JsonNode?>();
        for (; !Done && tokens[At].Kind == PythonTokenKind.Text; At++)
        {
            parts.Add(tokens[At].Value);
        }

        return parts.Contains(null) ? new PythonOther(default) : new PythonLiteral(default, JsonValue.Create(string.Concat(parts.Select(p => (string?)p))));
    }

    private PythonExpression Parentheses()
    {
        var items = Sequence(")", out var comma);
        return items is [var only] && !comma ? only : new PythonList(default, items);
    }

    private PythonExpression Braces()
    {
        At++;
        var (entries, items) = (new List<(PythonExpression, PythonExpression)>(), new List<PythonExpression>());
        while (!Done && !Take("}"))
        {
            var start = At;
            var key = Read();
            if (Take(":"))
            {
                entries.Add((key, Read()));
            }
            else
            {
                items.Add(key);
            }

            Take(",");
            At += At == start ? 1 : 0;
        }

        return entries.Count > 0 || items.Count == 0 ? new PythonDictionary(default, entries) : new PythonList(default, items);
    }

    private List<PythonExpression> Sequence(string end, out bool comma)
    {
        At++;
        comma = false;
        var items = new List<PythonExpression>();
        while (!Done && !Take(end))
        {
            var start = At;
            items.Add(Read());
            comma |= Take(",");
            At += At == start ? 1 : 0;
        }

        return items;
    }

    private PythonCall Call(PythonExpression function)
    {
        At++;
        var (arguments, named) = (new List<PythonExpression>(), new List<(string, PythonExpression)>());
        while (!Done && !Take(")"))
        {
            var start = At;
            if (tokens[At].Kind == PythonTokenKind.Name && At + 1 < tokens.Count && tokens[At + 1].Is("="))
            {
                var name = tokens[At].Text;
                At += 2;
                named.Add((name, Read()));
            }
            else
            {
                arguments.Add(Read());
            }

            Take(",");
            At += At == start ? 1 : 0;
        }

        return new PythonCall(default, function, arguments, named);
    }
}
