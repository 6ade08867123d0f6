using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

internal enum PythonTokenKind
{
    Name,
    Number,
    Text,
    Sign,
}

/// <param name="Value">Of a number or text: what it stands for; null where only running the program would tell.</param>
internal sealed record PythonToken(PythonTokenKind Kind, string Text, int From, int To, JsonNode? Value = null)
{
    public bool Is(string sign) => Kind is PythonTokenKind.Sign or PythonTokenKind.Name && Text == sign;
}

/// <summary>A logical line: what stands in brackets may go over several lines of the file.</summary>
internal sealed record PythonLine(int Indent, IReadOnlyList<PythonToken> Tokens);
