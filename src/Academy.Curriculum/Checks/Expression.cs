using System.Text.Json.Nodes;
using DevLab.JmesPath.Expressions;
using DevLab.JmesPath.Functions;
using Newtonsoft.Json.Linq;

namespace Academy.Curriculum.Checks;

/// <summary>
/// A JMESPath expression of an author, compiled once. Beside the standard functions it knows <c>quantity(x)</c>, the number behind a
/// Kubernetes quantity, and <c>count(x)</c>, the length of a list that may be missing.
/// </summary>
internal sealed class Expression
{
    private readonly JmesPathExpression _compiled;
    private readonly Lock _gate = new();

    private Expression(string text, JmesPathExpression compiled)
    {
        Text = text;
        _compiled = compiled;
    }

    public string Text { get; }

    /// <summary>Null with the reason where the text is no JMESPath.</summary>
    public static Expression? Compile(string text, out string? error)
    {
        try
        {
            var engine = new DevLab.JmesPath.JmesPath();
            engine.FunctionRepository.Register("quantity", new QuantityFunction()).Register("count", new CountFunction());
            error = null;
            return new Expression(text, engine.Parse(text));
        }
        catch (Exception e)
        {
            // The parser throws plain System.Exception.
            error = e.Message;
            return null;
        }
    }

    /// <summary>The result for one value; null where the value is not what the expression can work on.</summary>
    public JsonNode? Evaluate(JsonNode? value) => Evaluate(JsonBridge.ToToken(value));

    /// <summary>The same for a value that was turned into a token already, since several expressions look at it.</summary>
    public JsonNode? Evaluate(JToken token)
    {
        try
        {
            // Functions keep a context while they run, so one expression serves one caller at a time.
            lock (_gate)
            {
                return JsonBridge.ToNode(_compiled.Transform(token).AsJToken());
            }
        }
        catch (Exception)
        {
            return null;
        }
    }

    private sealed class QuantityFunction() : JmesPathFunction("quantity", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) =>
            args[0].Token is JValue { Value: { } value } && Quantity.Parse(System.Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)) is { } number
                ? new JValue(number)
                : JValue.CreateNull();
    }

    private sealed class CountFunction() : JmesPathFunction("count", 1)
    {
        public override JToken Execute(params JmesPathFunctionArgument[] args) =>
            new JValue(args[0].Token is JContainer container ? container.Count : 0);
    }
}
