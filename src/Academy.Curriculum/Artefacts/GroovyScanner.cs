namespace Academy.Curriculum.Artefacts;

/// <summary>Finds the comments and text literals of Groovy: the Groovy Language Documentation, "Syntax".</summary>
internal sealed class GroovyScanner
{
    private const int MaxDepth = 32;
    private readonly string _text;
    private readonly char[] _code;
    private readonly bool[] _literal;

    private GroovyScanner(string text)
    {
        _text = text;
        _code = text.ToCharArray();
        _literal = new bool[text.Length];
    }

    public static SourceText Scan(string text)
    {
        var scanner = new GroovyScanner(text);
        scanner.Run();
        return new SourceText(new string(scanner._code), scanner._literal);
    }

    private void Run()
    {
        var last = '\n';
        for (var at = 0; at < _text.Length;)
        {
            var next = _text[at] switch
            {
                '/' when Follows(at, "//") => Blank(at, End(at, "\n")),
                '/' when Follows(at, "/*") => Blank(at, CommentEnd(at)),
                '#' when at == 0 && Follows(at, "#!") => Blank(at, End(at, "\n")),
                '/' when "(,=~[!&|?:{};\n".Contains(last, StringComparison.Ordinal) && Slashy(at) is { } end => Literal(at, end),
                '\'' or '"' => Literal(at, TextEnd(at, 0)),
                _ => at,
            };
            if (next == at)
            {
                last = _text[at] is ' ' or '\t' or '\r' ? last : _text[at];
                at++;
            }
            else
            {
                last = _literal[at] ? 'x' : last;
                at = next;
            }
        }
    }

    private bool Follows(int at, string sign) => string.CompareOrdinal(_text, at, sign, 0, sign.Length) == 0;

    private int End(int at, string sign) => _text.IndexOf(sign, at, StringComparison.Ordinal) is >= 0 and var end ? end : _text.Length;

    private int CommentEnd(int at) => _text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end ? end + 2 : throw Problem("a comment is not closed", at);

    // /a regular expression/ on one line; anything else is a division.
    private int? Slashy(int at)
    {
        for (var end = at + 1; end < _text.Length && _text[end] != '\n'; end++)
        {
            if (_text[end] == '\\')
            {
                end++;
            }
            else if (_text[end] == '/')
            {
                return end + 1;
            }
        }

        return null;
    }

    private int TextEnd(int at, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Problem($"texts nested deeper than {MaxDepth} levels", at);
        }

        var quote = _text[at].ToString();
        var closing = Follows(at, quote + quote + quote) ? quote + quote + quote : quote;
        for (var end = at + closing.Length; end < _text.Length;)
        {
            if (_text[end] == '\\')
            {
                end += 2;
            }
            else if (Follows(end, closing))
            {
                return end + closing.Length;
            }
            else if (closing.Length == 1 && _text[end] == '\n')
            {
                break;
            }
            else
            {
                end = quote == "\"" && Follows(end, "${") ? InterpolationEnd(end, depth) : end + 1;
            }
        }

        throw Problem("a text is not closed", at);
    }

    // "${...}" may hold texts with quotes of their own.
    private int InterpolationEnd(int at, int depth)
    {
        var open = 0;
        for (var end = at + 1; end < _text.Length;)
        {
            switch (_text[end])
            {
                case '\'' or '"':
                    end = TextEnd(end, depth + 1);
                    continue;
                case '{':
                    open++;
                    break;
                case '}' when --open == 0:
                    return end + 1;
                default:
                    break;
            }

            end++;
        }

        throw Problem("${ is not closed", at);
    }

    private int Blank(int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            _code[at] = _text[at] is '\n' or '\r' ? _text[at] : ' ';
        }

        return to;
    }

    private int Literal(int from, int to)
    {
        to = Math.Min(to, _text.Length);
        Array.Fill(_literal, true, from, to - from);
        return to;
    }

    private ArtefactException Problem(string message, int at)
    {
        var (line, column) = SourceText.PlaceIn(_text, at);
        return new ArtefactException(message, line, column);
    }
}
