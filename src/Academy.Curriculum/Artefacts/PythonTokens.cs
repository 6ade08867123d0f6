using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Cuts Python into logical lines of tokens: "Lexical analysis" in the Python Language Reference.</summary>
internal sealed class PythonTokens
{
    private const int MaxDepth = 32;
    private static readonly string[] Signs = ["**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "==", "!=", "<=", ">=", "->", ":=", "+=", "-=", "*=", "/="];

    private readonly string _text;
    private readonly char[] _code;
    private readonly bool[] _literal;
    private readonly TreeBudget _budget = new();
    private readonly List<PythonLine> _lines = [];
    private readonly Stack<int> _open = new();
    private List<PythonToken> _tokens = [];
    private int _indent;
    private int _at;

    private PythonTokens(string text)
    {
        _text = text;
        _code = text.ToCharArray();
        _literal = new bool[text.Length];
    }

    public static (IReadOnlyList<PythonLine> Lines, SourceText Source) Read(string text)
    {
        var reader = new PythonTokens(text);
        reader.Run();
        return (reader._lines, new SourceText(new string(reader._code), reader._literal));
    }

    private void Run()
    {
        while (_at < _text.Length)
        {
            var sign = _text[_at];
            if (sign == '\n' && _open.Count == 0)
            {
                EndLine();
                _at++;
            }
            else if (sign == ';' && _open.Count == 0)
            {
                var indent = _indent;
                EndLine();
                _indent = indent;
                _at++;
            }
            else if (sign == '#')
            {
                while (_at < _text.Length && _text[_at] != '\n')
                {
                    _code[_at++] = ' ';
                }
            }
            else if (char.IsWhiteSpace(sign) || sign == '\\')
            {
                _at++;
            }
            else
            {
                Token(sign);
            }
        }

        if (_open.TryPeek(out var opened))
        {
            throw Problem($"a {_text[opened]} is not closed", opened);
        }

        EndLine();
    }

    private void Token(char sign)
    {
        _budget.Take(0, 0, 0);
        var from = _at;
        if (_tokens.Count == 0)
        {
            _indent = from - (_text.LastIndexOf('\n', Math.Max(0, from - 1)) + 1);
        }

        if (TextPrefix() is { } prefix)
        {
            _tokens.Add(Text(from, prefix));
        }
        else if (char.IsLetter(sign) || sign == '_')
        {
            Take(c => char.IsLetterOrDigit(c) || c == '_');
            _tokens.Add(new PythonToken(PythonTokenKind.Name, _text[from.._at], from, _at));
        }
        else if (char.IsAsciiDigit(sign))
        {
            Take(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
            _tokens.Add(new PythonToken(PythonTokenKind.Number, _text[from.._at], from, _at, PythonLiterals.Number(_text[from.._at])));
        }
        else
        {
            Sign(sign);
        }
    }

    private void Sign(char sign)
    {
        var from = _at;
        if (sign is '(' or '[' or '{')
        {
            _open.Push(_at);
            if (_open.Count > TreeBudget.MaxDepth)
            {
                throw Problem($"nested deeper than {TreeBudget.MaxDepth} levels", _at);
            }
        }
        else if (sign is ')' or ']' or '}' && !(_open.TryPop(out var opener) && (_text[opener], sign) is ('(', ')') or ('[', ']') or ('{', '}')))
        {
            throw Problem($"a {sign} closes nothing", _at);
        }

        _at += Signs.FirstOrDefault(s => string.CompareOrdinal(_text, from, s, 0, s.Length) == 0)?.Length ?? 1;
        _tokens.Add(new PythonToken(PythonTokenKind.Sign, _text[from.._at], from, _at));
    }

    private void EndLine()
    {
        if (_tokens.Count > 0)
        {
            _lines.Add(new PythonLine(_indent, _tokens));
            _tokens = [];
        }
    }

    // r, b, u, f and t in any case and order, before a quote.
    private string? TextPrefix()
    {
        var end = _at;
        while (end < _text.Length && end - _at < 3 && "rbuftRBUFT".Contains(_text[end], StringComparison.Ordinal))
        {
            end++;
        }

        return end < _text.Length && _text[end] is '\'' or '"' ? _text[_at..end].ToLowerInvariant() : null;
    }

    private PythonToken Text(int from, string prefix)
    {
        var (start, end) = TextEnd(from + prefix.Length, prefix.Contains('f', StringComparison.Ordinal) || prefix.Contains('t', StringComparison.Ordinal), 0);
        _at = end;
        Array.Fill(_literal, true, from, end - from);
        var content = _text[start..(end - (start - from - prefix.Length))];
        JsonNode? value = prefix switch
        {
            "" or "u" => JsonValue.Create(PythonLiterals.Unescaped(content)),
            "r" => JsonValue.Create(content),
            _ => null,
        };
        return new PythonToken(PythonTokenKind.Text, _text[from..end], from, end, value);
    }

    private (int Start, int End) TextEnd(int at, bool formatted, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Problem($"texts nested deeper than {MaxDepth} levels", at);
        }

        var quote = _text[at].ToString();
        var closing = string.CompareOrdinal(_text, at, quote + quote + quote, 0, 3) == 0 ? quote + quote + quote : quote;
        var braces = 0;
        for (var end = at + closing.Length; end < _text.Length; end++)
        {
            if (_text[end] == '\\' && braces == 0)
            {
                end++;
            }
            else if (string.CompareOrdinal(_text, end, closing, 0, closing.Length) == 0 && (braces == 0 || closing.Length == 3))
            {
                return (at + closing.Length, end + closing.Length);
            }
            else if (braces > 0 && _text[end] is '\'' or '"')
            {
                end = TextEnd(end, true, depth + 1).End - 1;
            }
            else if (formatted && braces == 0 && end + 1 < _text.Length && _text[end] is '{' or '}' && _text[end + 1] == _text[end])
            {
                end++;
            }
            else if (closing.Length == 1 && _text[end] == '\n')
            {
                break;
            }
            else if (formatted && _text[end] is '{' or '}')
            {
                braces = _text[end] == '{' ? braces + 1 : Math.Max(0, braces - 1);
            }
        }

        throw Problem("a text is not closed", at);
    }

    private void Take(Func<char, bool> wanted)
    {
        while (_at < _text.Length && wanted(_text[_at]))
        {
            _at++;
        }
    }

    private ArtefactException Problem(string message, int at)
    {
        var (line, column) = SourceText.PlaceIn(_text, at);
        return new ArtefactException(message, line, column);
    }
}
