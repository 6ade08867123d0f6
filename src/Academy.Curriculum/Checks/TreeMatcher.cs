using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Curriculum.Artefacts;

namespace Academy.Curriculum.Checks;

/// <summary>Compares a value of the cluster with an assertion. The assertion bounds the work; the value is never trusted.</summary>
/// <param name="ns">What <c>$namespace</c> stands for.</param>
/// <param name="hideValues">For Secrets: say that a value is wrong without quoting it.</param>
/// <param name="document">What most expressions look at, where that is an artefact: it is made ready for them once, for all checks.</param>
internal sealed class TreeMatcher(string ns, bool hideValues, ArtefactDocument? document = null)
{
    private const int MaxItems = 1000;

    /// <summary>Fields whose texts are quantities, so that 1024Mi equals 1Gi.</summary>
    private static readonly HashSet<string> QuantityParents =
        ["requests", "limits", "hard", "used", "capacity", "allocatable", "min", "max", "default", "defaultRequest", "overhead"];

    /// <summary>Fields by which an entry means one item of a list, and those by which an item is called.</summary>
    private static readonly HashSet<string> Identifying = ["name", "key", "type", "mountPath", "id", "address"];

    private static readonly string[] Naming = ["address", "name", "id"];

    public Match Match(Assertion demand, JsonNode? value, string path) => demand switch
    {
        EqualsValue equals => Equal(equals.Value, value, path),
        Holds holds => Checks.Match.Of(
            Truthy(Evaluate(holds.Condition, value)), $"{Is(path, value)}, expected {Wording.Expected(holds.Condition.Text)}"),
        Fields fields => Object(fields, value, path),
        Contains contains => List(contains, value, path),
        _ => throw new InvalidOperationException($"no rule for {demand.GetType().Name}"),
    };

    private Match Equal(JsonNode? expected, JsonNode? value, string path)
    {
        if (expected is null)
        {
            return Checks.Match.Of(value is null, $"{Is(path, value)}, expected it not to be set");
        }

        var wanted = JsonBridge.Text(expected) == "$namespace" ? JsonValue.Create(ns) : expected;
        return Checks.Match.Of(Same(wanted, value, path), $"{Is(path, value)}, expected {Wording.Seen(wanted)}");
    }

    private static bool Same(JsonNode expected, JsonNode? value, string path)
    {
        if (value is null)
        {
            return false;
        }

        if (IsQuantity(path) && Quantity.Parse(expected.ToString()) is { } wanted)
        {
            return Quantity.Parse(value is JsonValue ? value.ToString() : null) is { } found && Math.Abs(found - wanted) <= Math.Abs(wanted) * 1e-9;
        }

        return expected.GetValueKind() switch
        {
            JsonValueKind.String => JsonBridge.Text(value) == JsonBridge.Text(expected),
            JsonValueKind.Number => JsonBridge.Number(value) is { } number && number.Equals(JsonBridge.Number(expected)),
            var kind => value.GetValueKind() == kind,
        };
    }

    private static bool IsQuantity(string path)
    {
        var parts = path.Split('.', '[');
        return parts.Length > 1 && QuantityParents.Contains(parts[^2].TrimEnd(']')) || parts.Any(p => p is "limits" or "requests" or "hard");
    }

    private Match Object(Fields fields, JsonNode? value, string path)
    {
        if (fields.Entries.Count == 0)
        {
            return Checks.Match.Of(value is not null, $"{path} is not set");
        }

        if (value is not (null or JsonObject) && !fields.Entries.All(f => f.Computed is not null))
        {
            return Checks.Match.None(fields.Demands, $"{Is(path, value)}, expected an object");
        }

        var all = fields.Entries.Select(f => Field(f, value, path)).Aggregate(new Match(0, 0, []), Checks.Match.Both);
        return value is null && !all.Complete ? new Match(all.Held, all.Total, [$"{path} is not set"]) : all;
    }

    private Match Field(Field field, JsonNode? value, string path)
    {
        var inner = field.Computed is { } expression ? Evaluate(expression, value) : (value as JsonObject)?[field.Key];
        var innerPath = field.Computed is null ? Wording.Path(path, field.Key) : field.Key[0] == '(' ? $"{path} {field.Key}".TrimStart() : field.Key;
        return field.Each ? Every(field.Demand, inner, innerPath) : Match(field.Demand, inner, innerPath);
    }

    private JsonNode? Evaluate(Expression expression, JsonNode? value) =>
        document is not null && ReferenceEquals(document.Root, value) ? expression.Evaluate(document.Token) : expression.Evaluate(value);

    private Match Every(Assertion demand, JsonNode? value, string path)
    {
        if (value is not JsonArray { Count: > 0 } list)
        {
            return Checks.Match.None(demand.Demands, $"{path} is {(value is JsonArray ? "an empty list" : Wording.Seen(value))}");
        }

        var each = list.Take(MaxItems).Select((item, i) => Match(demand, item, $"{path}[{Label(item, i)}]")).ToList();
        return new Match(each.Min(m => m.Held), demand.Demands, [.. each.SelectMany(m => m.Failures)]);
    }

    private Match List(Contains contains, JsonNode? value, string path)
    {
        if (value is not JsonArray list)
        {
            return Checks.Match.None(contains.Demands, value is null ? $"{path} is not set" : $"{Is(path, value)}, expected a list");
        }

        return contains.Entries.Select(e => Item(e, list, path)).Aggregate(new Match(0, 0, []), Checks.Match.Both);
    }

    // The item that an entry means is the one of the same name; without a name, the one that comes closest.
    private Match Item(Assertion entry, JsonArray list, string path)
    {
        var name = (entry as Fields)?.Entries.FirstOrDefault(f => f is { Computed: null, Each: false, Demand: EqualsValue { Value: not null } } && Identifying.Contains(f.Key));
        var wanted = (name?.Demand as EqualsValue)?.Value?.ToString();
        var items = list.Take(MaxItems).Select((item, i) => (item, i)).Where(x => wanted is null || JsonBridge.Text((x.item as JsonObject)?[name!.Key]) == wanted).ToList();
        if (entry is EqualsValue { Value: { } scalar })
        {
            return Checks.Match.Of(items.Any(x => x.item is not null && Same(scalar, x.item, path)), $"{path} does not hold {Wording.Seen(scalar)}");
        }

        if (items.Count == 0)
        {
            var there = name is null ? [] : list.Take(MaxItems).Select(i => JsonBridge.Text((i as JsonObject)?[name.Key])).OfType<string>().ToList();
            return Checks.Match.None(
                entry.Demands,
                (wanted, there.Count) switch
                {
                    (null, _) => $"{path} is an empty list",
                    (_, 0) => $"{path} has no {Wording.Clean(wanted)}",
                    _ => $"{path} has no {Wording.Clean(wanted)}; there are: {Wording.Names(there)}",
                });
        }

        return items.Select(x => Match(entry, x.item, $"{path}[{Label(x.item, x.i)}]")).MaxBy(m => m.Held)!;
    }

    private static string Label(JsonNode? item, int index) =>
        Naming.Select(key => JsonBridge.Text((item as JsonObject)?[key])).FirstOrDefault(n => n is not null) is { } name ? Wording.Clean(name) : $"{index}";

    private static bool Truthy(JsonNode? value) => value is JsonValue && value.GetValueKind() == JsonValueKind.True;

    private string Is(string path, JsonNode? value) => hideValues && value is JsonValue ? $"{path} has another value" : $"{path} is {Wording.Seen(value)}";
}
