using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Collects the DAGs, tasks and edges that expressions make, and what names stand for.</summary>
internal sealed class DagTasks
{
    private static readonly string[] Shown = ["start_date", "catchup", "max_active_runs", "default_args", "tags"];
    private const int MaxTasks = 500;
    private const int MaxConnections = 100_000;
    private const int MaxEdges = 5000;
    private const int MaxValues = 100_000;
    private readonly Dictionary<string, (JsonNode? Value, int Size)> _constants = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _bound = [];
    private readonly Dictionary<string, (string Operator, PythonCall Decorator)> _functions = [];
    private readonly Dictionary<string, int> _ids = [];
    private readonly HashSet<(string, string)> _edges = [];
    private int _values;
    private int _connections;

    public JsonArray Dags { get; } = [];

    public JsonArray Tasks { get; } = [];

    public JsonArray Edges { get; } = [];

    public void AddDag(PythonCall call, string? name)
    {
        var arguments = Arguments(call);
        var dag = new JsonObject
        {
            ["id"] = Id(call, "dag_id") ?? name,
            ["schedule"] = (arguments["schedule"] ?? arguments["schedule_interval"] ?? arguments["timetable"])?.DeepClone(),
        };
        foreach (var key in Shown.Where(arguments.ContainsKey))
        {
            dag[key] = arguments[key]?.DeepClone();
        }

        dag["args"] = arguments;
        Dags.Add((JsonNode)dag);
    }

    public void AddFunction(string name, string kind, PythonCall decorator) => _functions[name] = (kind, decorator);

    /// <summary>A <c>with</c>: a DAG, or a group whose name may stand in edges.</summary>
    public void Enter(PythonExpression item, string? name)
    {
        if (item is PythonCall call && FunctionName(call) == "DAG")
        {
            AddDag(call, null);
        }
        else if (item is PythonCall group && FunctionName(group) == "TaskGroup" && name is not null)
        {
            _bound[name] = [Id(group, "group_id") ?? name];
        }
    }

    public void Assign(IReadOnlyList<string> targets, PythonExpression value)
    {
        var tasks = Evaluate(value) ?? [];
        var constant = tasks.Count == 0 && value is PythonLiteral or PythonList or PythonDictionary or PythonCall { Function: PythonName { Source: "dict" } };
        foreach (var target in targets)
        {
            _bound[target] = tasks;
            _constants.Remove(target);
            if (constant && Json(value) is var node && Measure(node) is var (size, depth) && depth <= TreeBudget.MaxDepth)
            {
                _constants[target] = (node, size);
            }
        }
    }

    /// <returns>The tasks that an expression stands for; null for a label, which edges pass through.</returns>
    private IReadOnlyList<string>? Evaluate(PythonExpression expression) => expression switch
    {
        PythonName name => _bound.GetValueOrDefault(name.Source, []),
        PythonList list => [.. list.Items.SelectMany(i => Evaluate(i) ?? []).Distinct()],
        PythonDictionary map => [.. map.Entries.SelectMany(e => Evaluate(e.Value) ?? []).Distinct()],
        PythonItem item => Evaluate(item.Target),
        PythonAttribute attribute => Evaluate(attribute.Target),
        PythonShift shift => Shift(shift),
        PythonCall call => Call(call),
        _ => [],
    };

    // The value of a shift is what stands on its right.
    private IReadOnlyList<string>? Shift(PythonShift shift)
    {
        var (left, right) = (Evaluate(shift.Left), Evaluate(shift.Right));
        if (left is null || right is null)
        {
            return right ?? left;
        }

        Connect(shift.Back ? right : left, shift.Back ? left : right);
        return right;
    }

    private IReadOnlyList<string>? Call(PythonCall call)
    {
        var name = FunctionName(call);
        switch (name)
        {
            case "Label":
                return null;
            case "DAG":
                AddDag(call, null);
                return [];
            case "chain":
                var links = call.Arguments.Select(a => (List: a is PythonList, Tasks: Evaluate(a))).Where(l => l.Tasks is not null).ToList();
                foreach (var ((fromList, from), (toList, to)) in links.Zip(links.Skip(1)))
                {
                    Chain(from!, to!, fromList && toList && from!.Count == to!.Count);
                }

                return [];
            case "cross_downstream" when call.Arguments is [var from, var to, ..]:
                Connect(Evaluate(from) ?? [], Evaluate(to) ?? []);
                return [];
            case "set_downstream" or "set_upstream" when call is { Function: PythonAttribute { Target: var target }, Arguments: [var other, ..] }:
                var (first, second) = (Evaluate(target) ?? [], Evaluate(other) ?? []);
                Connect(name == "set_downstream" ? first : second, name == "set_downstream" ? second : first);
                return [];
            default:
                return Task(call);
        }
    }

    // Two lists of the same length are linked pair by pair.
    private void Chain(IReadOnlyList<string> from, IReadOnlyList<string> to, bool pairs)
    {
        if (!pairs)
        {
            Connect(from, to);
            return;
        }

        foreach (var (a, b) in from.Zip(to))
        {
            Connect([a], [b]);
        }
    }

    // An operator, or a function with @task; override, partial and expand only add arguments.
    private IReadOnlyList<string> Task(PythonCall call)
    {
        var calls = new List<PythonCall> { call };
        var function = call.Function;
        while ((function as PythonAttribute)?.Name is "partial" or "expand" or "expand_kwargs" or "override" || function is PythonCall)
        {
            if (function is PythonCall more)
            {
                calls.Add(more);
            }

            function = function is PythonCall { Function: var called } ? called : ((PythonAttribute)function).Target;
        }

        var arguments = new JsonObject();
        foreach (var (key, value) in calls.SelectMany(c => Arguments(c)))
        {
            arguments.TryAdd(key, value?.DeepClone());
        }

        var name = NameOf(function);
        var task = function is PythonName && _functions.TryGetValue(name, out var known) ? known : default;
        var given = Checks.JsonBridge.Text(arguments["task_id"]) ?? arguments["task_id"]?.ToJsonString();
        if (task.Operator is null && given is null && !name.EndsWith("Operator", StringComparison.Ordinal) && !name.EndsWith("Sensor", StringComparison.Ordinal))
        {
            return [];
        }

        var upstream = calls.SelectMany(c => c.Arguments.Concat(c.Named.Select(n => n.Value))).SelectMany(a => Evaluate(a) ?? []).ToList();
        if (task.Operator is not null)
        {
            foreach (var (key, value) in Arguments(task.Decorator))
            {
                arguments.TryAdd(key, value?.DeepClone());
            }

            given ??= Checks.JsonBridge.Text(arguments["task_id"]) ?? name;
        }

        var id = Unused(given ?? name);
        Tasks.Add((JsonNode)new JsonObject { ["id"] = id, ["operator"] = task.Operator ?? name, ["args"] = arguments });
        Connect(upstream, [id]);
        return [id];
    }

    // Calling a function twice makes two tasks; Airflow names the second NAME__1.
    private string Unused(string id)
    {
        if (Tasks.Count >= MaxTasks)
        {
            throw new ArtefactException($"more than {MaxTasks} tasks");
        }

        var before = _ids.GetValueOrDefault(id);
        _ids[id] = before + 1;
        return before == 0 ? id : $"{id}__{before}";
    }

    private void Connect(IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        foreach (var (a, b) in from.SelectMany(a => to.Select(b => (a, b))))
        {
            if (_edges.Count >= MaxEdges || ++_connections > MaxConnections)
            {
                throw new ArtefactException($"more than {MaxEdges} edges");
            }

            if (_edges.Add((a, b)))
            {
                Edges.Add((JsonNode)new JsonArray(a, b));
            }
        }
    }

    private string? Id(PythonCall call, string key) =>
        call.Named.FirstOrDefault(n => n.Name == key).Value is { } named ? Text(named) : call.Arguments is [var first, ..] ? Text(first) : null;

    private string Text(PythonExpression expression) => Checks.JsonBridge.Text(Json(expression)) ?? expression.Source;

    private JsonObject Arguments(PythonCall call)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in call.Named)
        {
            arguments[name] = Json(value);
        }

        return arguments;
    }

    // What is not known without running the program is its source. Names that stand for lists of names could make it grow without end.
    private JsonNode? Json(PythonExpression expression)
    {
        var known = expression is PythonName name && _constants.TryGetValue(name.Source, out var constant) ? constant : default;
        _values += Math.Max(1, known.Size);
        if (_values > MaxValues)
        {
            throw new ArtefactException($"more than {MaxValues} values");
        }

        return expression switch
        {
            PythonLiteral literal => literal.Value?.DeepClone(),
            PythonList list => new JsonArray([.. list.Items.Select(Json)]),
            PythonDictionary map when map.Entries.All(e => e.Key is PythonLiteral { Value: not null }) => new JsonObject(
                map.Entries.Select(e => (Key: ((PythonLiteral)e.Key).Value!.ToString(), e.Value)).DistinctBy(e => e.Key).Select(e => KeyValuePair.Create(e.Key, Json(e.Value)))),
            PythonCall { Function: PythonName { Source: "dict" }, Arguments.Count: 0 } map => Arguments(map),
            PythonName when known.Size > 0 => known.Value?.DeepClone(),
            _ => JsonValue.Create(expression.Source),
        };
    }

    private static (int Size, int Depth) Measure(JsonNode? node)
    {
        var inner = node switch
        {
            JsonArray list => list.Select(Measure),
            JsonObject map => map.Select(e => Measure(e.Value)),
            _ => [],
        };
        return inner.Aggregate((Size: 1, Depth: 1), (sum, next) => (sum.Size + next.Size, Math.Max(sum.Depth, next.Depth + 1)));
    }

    private static string FunctionName(PythonCall call) => NameOf(call.Function);

    private static string NameOf(PythonExpression function) => function switch
    {
        PythonName name => name.Source,
        PythonAttribute attribute => attribute.Name,
        _ => "",
    };
}
