using System.Text;
using Academy.Curriculum;

namespace Academy.Cli;

/// <summary>How far a person has come with a lab: what the last check saw, and which hints were asked for.</summary>
internal sealed class LabGame(Lab lab)
{
    private static readonly string[] Rungs = ["a question", "where to look", "the idea", "the command", "the solution"];
    private readonly Dictionary<string, int> _rungs = [];
    private CheckReport? _report;

    public Lab Lab => lab;

    public bool Passed => _report?.Passes(lab) == true;

    public void See(CheckReport report) => _report = report;

    /// <summary>Null where the word is not known.</summary>
    public string? Answer(string word, string? rest, bool colour) => word switch
    {
        "instructions" or "i" => Plain(lab.Instructions),
        "steps" or "s" => Steps(colour),
        "step" => Find(rest) is { } step ? Task(step) : Unknown(rest),
        "hint" or "h" => Find(rest) is { } stuck ? Hint(stuck) : Unknown(rest),
        _ => null,
    };

    public string Steps(bool colour)
    {
        var text = new StringBuilder();
        foreach (var (step, number) in lab.Steps.Select((s, i) => (s, i + 1)))
        {
            var needs = step.Needs.Count == 0 ? "" : $", after {string.Join(", ", step.Needs)}";
            text.AppendLine($"  {(Done(step) ? CheckOutput.Mark(true, colour) : " ")} {number}. {step.Title} ({step.Id}, {step.Points} points{needs})");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>What the points are after the price of hints.</summary>
    public string Score()
    {
        var (earned, lost) = (0.0, 0.0);
        foreach (var step in _report?.Steps ?? [])
        {
            var points = step.Checks.Sum(c => c.Points);
            var price = lab.Hints.PriceOf(Enumerable.Range(1, _rungs.GetValueOrDefault(step.StepId))) / 100.0;
            (earned, lost) = (earned + points * (1 - price), lost + points * price);
        }

        return lost == 0 ? "No points were given for hints." : FormattableString.Invariant($"{earned:0.#} points are left after {lost:0.#} for hints.");
    }

    private static string Task(LabStep step) => Plain($"{step.Title}\n\n{step.Instructions.Trim()}\n\n{string.Join('\n', step.Checks.Select(c => $"- {c.Title} ({c.Points})"))}");

    private string Hint(LabStep step)
    {
        var used = _rungs.GetValueOrDefault(step.Id);
        if (used >= lab.Hints.MaxRung)
        {
            return used == 0 ? "This lab gives no hints." : "There is no further hint for this step.";
        }

        _rungs[step.Id] = used + 1;
        var price = lab.Hints.Prices[used];
        return Plain($"{step.Title}, hint {used + 1} of {lab.Hints.MaxRung}: {Rungs[used]}{(price > 0 ? $" (costs {price} % of the step's points)" : "")}\n{step.Hints[used].Trim()}");
    }

    // By number, by id, or the first that is open and whose needs are met.
    private LabStep? Find(string? word) => word is null
        ? lab.Steps.FirstOrDefault(s => !Done(s) && s.Needs.All(n => Done(lab.FindStep(n)!))) ?? lab.Steps[^1]
        : int.TryParse(word, out var number) && number >= 1 && number <= lab.Steps.Count ? lab.Steps[number - 1] : lab.FindStep(word);

    private bool Done(LabStep step) => _report?.Steps.Any(s => s.StepId == step.Id && s.Passed) == true;

    private string Unknown(string? word) => $"There is no step '{word}'.{Closest.Hint(word ?? "", lab.Steps.Select(s => s.Id))}";

    // The terminal is not steered by what an author wrote.
    private static string Plain(string text) => string.Concat(text.Trim().Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));
}
