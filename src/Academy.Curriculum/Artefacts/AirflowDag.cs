using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>
/// A file of DAGs as <c>{imports, dags, tasks, edges}</c>, read without running it: the Airflow documentation, "DAGs" and "TaskFlow". Functions
/// that are no DAG, task or task group, and classes, are passed over.
/// </summary>
internal sealed class AirflowDag
{
    private static readonly string[] Compound = ["if", "elif", "else", "for", "while", "try", "except", "finally", "return", "pass", "raise", "assert", "del", "global", "nonlocal", "async"];
    private readonly SourceText _source;
    private readonly DagTasks _tasks = new();
    private readonly JsonArray _imports = [];
    private readonly List<PythonCall> _decorators = [];

    private AirflowDag(SourceText source) => _source = source;

    public static ArtefactDocument Read(string text)
    {
        var (lines, source) = PythonTokens.Read(text);
        var reader = new AirflowDag(source);
        reader.Lines(lines);
        if (reader._tasks.Dags.Count == 0)
        {
            throw new ArtefactException("there is no DAG in this file", 1, 1);
        }

        return new ArtefactDocument(
            new JsonObject
            {
                ["imports"] = reader._imports,
                ["dags"] = reader._tasks.Dags,
                ["tasks"] = reader._tasks.Tasks,
                ["edges"] = reader._tasks.Edges,
            },
            source.Code);
    }

    private void Lines(IReadOnlyList<PythonLine> lines)
    {
        var skipped = int.MaxValue;
        foreach (var line in lines)
        {
            if (line.Indent > skipped)
            {
                continue;
            }

            skipped = Line(line) ? int.MaxValue : line.Indent;
        }
    }

    /// <returns>False where the lines below it, indented deeper, are not of interest.</returns>
    private bool Line(PythonLine line)
    {
        var tokens = line.Tokens;
        var word = tokens[0];
        if (word.Is("@"))
        {
            var decorator = new PythonExpressions(_source, tokens, 1).Read();
            _decorators.Add(decorator as PythonCall ?? new PythonCall(decorator.Span, decorator, [], []));
            return true;
        }

        if (word.Is("def") || (word.Is("async") && tokens.Count > 1 && tokens[1].Is("def")))
        {
            var read = Function(tokens.SkipWhile(t => !t.Is("def")).ElementAtOrDefault(1)?.Text ?? "");
            _decorators.Clear();
            return read;
        }

        _decorators.Clear();
        if (word.Is("class"))
        {
            return false;
        }

        if (word.Is("import") || word.Is("from"))
        {
            Import(tokens);
        }
        else if (word.Is("with"))
        {
            With(tokens);
        }
        else if (!Compound.Any(word.Is))
        {
            Statement(tokens);
        }

        return true;
    }

    private bool Function(string name)
    {
        foreach (var decorator in _decorators)
        {
            var path = Path(decorator.Function);
            if (path is ["dag"] or [.., "dag"])
            {
                _tasks.AddDag(decorator, name);
                return true;
            }

            if (path is ["task_group"] or [.., "task_group"])
            {
                return true;
            }

            if (path.IndexOf("task") is >= 0 and var at)
            {
                _tasks.AddFunction(name, "@" + string.Join('.', path.Skip(at)), decorator);
                return false;
            }
        }

        return false;
    }

    private static List<string> Path(PythonExpression expression) => expression switch
    {
        PythonAttribute attribute => [.. Path(attribute.Target), attribute.Name],
        PythonName name => [name.Source],
        _ => [],
    };

    // import a.b as c, d; from a.b import (c, d as e)
    private void Import(IReadOnlyList<PythonToken> tokens)
    {
        var import = tokens.ToList().FindIndex(t => t.Is("import"));
        var from = tokens[0].Is("from") && import > 0 ? string.Concat(tokens.Skip(1).Take(import - 1).Select(t => t.Text)) + "." : "";
        var names = string.Concat(tokens.Skip(import + 1).TakeWhile(_ => import >= 0).Select(t => t.Is("as") ? " as " : t.Text)).Trim('(', ')');
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            _imports.Add(from + name.Split(" as ")[0]);
        }
    }

    private void With(IReadOnlyList<PythonToken> tokens)
    {
        var reader = new PythonExpressions(_source, tokens, 1);
        do
        {
            var item = reader.Read();
            var name = reader.Take("as") && !reader.Done ? reader.Read().Source : null;
            _tasks.Enter(item, name);
        }
        while (reader.Take(","));
    }

    // a = b = expression, or an expression alone.
    private void Statement(IReadOnlyList<PythonToken> tokens)
    {
        var reader = new PythonExpressions(_source, tokens);
        var targets = new List<PythonExpression>();
        var value = reader.Read();
        if (reader.Take(":"))
        {
            // An annotation says nothing about the value.
            targets.Add(value);
            value = reader.Read();
            targets = reader.Take("=") ? targets : [];
            value = targets.Count > 0 ? reader.Read() : value;
        }

        while (reader.Take("="))
        {
            targets.Add(value);
            value = reader.Read();
        }

        _tasks.Assign([.. targets.OfType<PythonName>().Select(t => t.Source)], value);
    }
}
