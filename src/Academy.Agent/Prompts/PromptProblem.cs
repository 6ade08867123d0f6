namespace Academy.Agent.Prompts;

/// <summary>Something wrong in a prompt file.</summary>
/// <param name="File">Relative to the prompts folder.</param>
/// <param name="Line">From 1.</param>
public sealed record PromptProblem(string File, int Line, string Message)
{
    public override string ToString() => $"{File}:{Line}: {Message}";
}

/// <summary>The prompts cannot be used; tells everything that is wrong with them at once.</summary>
public sealed class PromptException(string folder, IReadOnlyList<PromptProblem> problems)
    : Exception($"The prompts in {folder} cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    public IReadOnlyList<PromptProblem> Problems { get; } = problems;
}
