using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Where an expression stands; its text is made when it is asked for.</summary>
internal readonly record struct PythonSpan(SourceText? Source, int From, int To)
{
    public override string ToString() => Source?.OneLine(From, To) ?? "";
}

/// <summary>An expression of Python, as far as a DAG needs it.</summary>
internal abstract record PythonExpression(PythonSpan Span)
{
    /// <summary>On one line.</summary>
    public string Source => Span.ToString();
}

/// <summary>A value that is known without running the program.</summary>
internal sealed record PythonLiteral(PythonSpan Span, JsonNode? Value) : PythonExpression(Span);

internal sealed record PythonName(PythonSpan Span) : PythonExpression(Span);

internal sealed record PythonAttribute(PythonSpan Span, PythonExpression Target, string Name) : PythonExpression(Span);

internal sealed record PythonItem(PythonSpan Span, PythonExpression Target) : PythonExpression(Span);

/// <param name="Named">Keyword arguments.</param>
internal sealed record PythonCall(
    PythonSpan Span, PythonExpression Function, IReadOnlyList<PythonExpression> Arguments, IReadOnlyList<(string Name, PythonExpression Value)> Named) : PythonExpression(Span);

/// <summary>A list, tuple or set.</summary>
internal sealed record PythonList(PythonSpan Span, IReadOnlyList<PythonExpression> Items) : PythonExpression(Span);

internal sealed record PythonDictionary(PythonSpan Span, IReadOnlyList<(PythonExpression Key, PythonExpression Value)> Entries) : PythonExpression(Span);

/// <summary><c>a &gt;&gt; b</c> or, where <paramref name="Back"/>, <c>a &lt;&lt; b</c>.</summary>
internal sealed record PythonShift(PythonSpan Span, PythonExpression Left, bool Back, PythonExpression Right) : PythonExpression(Span);

/// <summary>Anything else: only its source is known.</summary>
internal sealed record PythonOther(PythonSpan Span) : PythonExpression(Span);
