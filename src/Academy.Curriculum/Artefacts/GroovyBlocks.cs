namespace Academy.Curriculum.Artefacts;

/// <summary>A statement of Groovy, as far as a declarative pipeline needs it: text, and a block in braces behind it, where there is one.</summary>
/// <param name="head">On one line, without comments.</param>
/// <param name="body">Null where there is no block.</param>
/// <param name="inner">Gives the source of the block on one line.</param>
internal sealed class GroovyStatement(string head, IReadOnlyList<GroovyStatement>? body, Func<string>? inner, int at)
{
    public string Head => head;

    public IReadOnlyList<GroovyStatement>? Body => body;

    public string Inner => inner?.Invoke() ?? "";

    public int At => at;

    /// <summary>The first word.</summary>
    public string Name { get; } = new([.. head.TakeWhile(c => char.IsLetterOrDigit(c) || c == '_')]);

    public GroovyStatement? Find(string name) => Body?.FirstOrDefault(s => s.Name == name);
}

/// <summary>Cuts Groovy into statements and blocks. Braces inside parentheses are part of a statement.</summary>
internal sealed class GroovyBlocks(SourceText source)
{
    private readonly TreeBudget _budget = new();
    private int _at;

    public IReadOnlyList<GroovyStatement> Read()
    {
        var statements = Block(0, null);
        return _at < source.Code.Length ? throw source.Problem("a } closes nothing", _at) : statements;
    }

    // Reads up to the brace that closes the block, and leaves it.
    private List<GroovyStatement> Block(int depth, int? opened)
    {
        var statements = new List<GroovyStatement>();
        while (true)
        {
            while (_at < source.Code.Length && (char.IsWhiteSpace(source.Code[_at]) || (source.Code[_at] == ';' && source.IsCode(_at))))
            {
                _at++;
            }

            if (_at >= source.Code.Length)
            {
                return opened is { } start ? throw source.Problem("a { is not closed", start) : statements;
            }

            if (source.Code[_at] == '}' && source.IsCode(_at))
            {
                return statements;
            }

            var (line, column) = depth > TreeBudget.MaxDepth ? source.Place(_at) : (0, 0);
            _budget.Take(depth, line, column);
            statements.Add(Statement(depth));
        }
    }

    private GroovyStatement Statement(int depth)
    {
        var start = _at;
        var open = new Stack<int>();
        for (; _at < source.Code.Length; _at++)
        {
            var sign = source.IsCode(_at) ? source.Code[_at] : 'x';
            if (open.Count == 0 && sign == '{')
            {
                return WithBody(start, depth);
            }

            if (open.Count == 0 && (sign is '}' or ';' || (sign == '\n' && Ends(start))))
            {
                break;
            }

            if (sign is '(' or '[' or '{')
            {
                open.Push(_at);
            }
            else if (sign is ')' or ']' or '}' && !(open.TryPop(out var opener) && (source.Code[opener], sign) is ('(', ')') or ('[', ']') or ('{', '}')))
            {
                throw source.Problem($"a {sign} closes nothing", _at);
            }
        }

        return open.TryPeek(out var unclosed)
            ? throw source.Problem($"a {source.Code[unclosed]} is not closed", unclosed)
            : new GroovyStatement(source.OneLine(start, _at), null, null, start);
    }

    private GroovyStatement WithBody(int start, int depth)
    {
        var opened = _at++;
        var body = Block(depth + 1, opened);
        var closed = _at++;
        return new GroovyStatement(source.OneLine(start, opened), body, () => source.OneLine(opened + 1, closed), start);
    }

    // A line goes on where it ends in an operator, or where the next one begins with a brace or a dot.
    private bool Ends(int start)
    {
        var before = _at - 1;
        while (before >= start && char.IsWhiteSpace(source.Code[before]))
        {
            before--;
        }

        var after = _at;
        while (after < source.Code.Length && char.IsWhiteSpace(source.Code[after]))
        {
            after++;
        }

        var goesOn = before >= start && source.IsCode(before) && ",=+&|?:".Contains(source.Code[before], StringComparison.Ordinal);
        var continued = after < source.Code.Length && source.IsCode(after) && source.Code[after] is '{' or '.';
        if (!goesOn && !continued)
        {
            return true;
        }

        // Looked at once, however many empty lines there are.
        _at = after - 1;
        return false;
    }
}
