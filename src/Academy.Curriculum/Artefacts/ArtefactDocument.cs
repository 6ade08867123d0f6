using System.Text.Json.Nodes;
using Academy.Curriculum.Checks;
using Newtonsoft.Json.Linq;

namespace Academy.Curriculum.Artefacts;

/// <summary>An artefact as checks see it.</summary>
/// <param name="Root">The JSON that an assertion is held against; null for manifests and where there is a problem.</param>
/// <param name="Text">What patterns are held against, line by line: the source without its comments where the type has such.</param>
internal sealed record ArtefactDocument(JsonNode? Root, string Text)
{
    /// <summary>The objects of manifests.</summary>
    public IReadOnlyList<JsonObject> Objects { get; init; } = [];

    public ArtefactProblem? Problem { get; init; }

    /// <summary>The root as expressions see it. It stands in a list, so that an expression that takes it as a whole takes a copy.</summary>
    public JToken Token => (_token ??= new JArray(JsonBridge.ToToken(Root)))[0];

    private JArray? _token;
}

/// <summary>Ends the reading of an artefact that is not what it should be; never leaves <see cref="ArtefactReader"/>.</summary>
internal sealed class ArtefactException(ArtefactProblem problem) : Exception(problem.Message)
{
    public ArtefactException(string message, int line = 0, int column = 0)
        : this(new ArtefactProblem(message, line, column)) { }

    public ArtefactProblem Problem => problem;
}

/// <summary>How large the tree of an artefact may become, whoever wrote it.</summary>
internal sealed class TreeBudget
{
    public const int MaxDepth = 64;
    private const int MaxNodes = 100_000;
    private int _left = MaxNodes;

    public void Take(int depth, int line, int column)
    {
        if (depth > MaxDepth)
        {
            throw new ArtefactException($"nested deeper than {MaxDepth} levels", line, column);
        }

        if (--_left < 0)
        {
            throw new ArtefactException($"more than {MaxNodes} values", line, column);
        }
    }
}
