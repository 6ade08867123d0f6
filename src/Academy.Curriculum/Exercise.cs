namespace Academy.Curriculum;

/// <summary>A case study, a mentoring exercise or a team exercise: a brief, texts that are handed in, and a rubric that a mentor grades by.</summary>
/// <param name="Version">Raised by the author when deliverables or rubric change.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Minutes">An honest duration.</param>
/// <param name="PassingScore">Percent of the rubric's points, 1 to 100.</param>
public sealed record Exercise(
    string Id,
    int Version,
    string Title,
    string Summary,
    string Kind,
    int Minutes,
    string Level,
    IReadOnlyList<string> Skills,
    IReadOnlyList<Deliverable> Deliverables,
    IReadOnlyList<RubricCriterion> Rubric,
    int PassingScore)
{
    public const string CaseStudy = "case-study";
    public const string Mentoring = "mentoring";
    public const string Team = "team";

    public static IReadOnlyList<string> Kinds { get; } = [CaseStudy, Mentoring, Team];

    /// <summary>The case. Markdown.</summary>
    public required string Brief { get; init; }

    /// <summary>For mentors: how to run it, with timings. Markdown.</summary>
    public required string Facilitation { get; init; }

    /// <summary>Id of a deliverable → one good submission, for mentors. Never shown to students before they are graded.</summary>
    public required IReadOnlyDictionary<string, string> Examples { get; init; }

    /// <summary>Who does what; team exercises only.</summary>
    public IReadOnlyList<ExerciseRole> Roles { get; init; } = [];

    /// <summary>Changes with every file of the exercise: 16 hexadecimal digits.</summary>
    public required string ContentHash { get; init; }

    public int MaxPoints => Rubric.Sum(r => r.Points);
}

/// <summary>A Markdown text that is handed in.</summary>
/// <param name="Sections">Headings that must be there, in any order and of any level.</param>
public sealed record Deliverable(string Id, string Title, string File, int MinWords, int MaxWords, IReadOnlyList<string> Sections)
{
    /// <summary>What is missing or out of bounds, in words for the student; empty when it may be handed in.</summary>
    public IReadOnlyList<string> Complaints(string markdown)
    {
        var outline = MarkdownOutline.Of(markdown);
        List<string> complaints = [.. Sections
            .Where(s => !outline.Headings.Contains(s, StringComparer.OrdinalIgnoreCase)).Select(s => $"There is no heading '{s}'.")];
        if (outline.Words < MinWords || outline.Words > MaxWords)
        {
            complaints.Insert(0, $"It has {outline.Words} words; {MinWords} to {MaxWords} are asked for.");
        }

        return complaints;
    }
}

/// <param name="Levels">From worst to best; the last gives all the points.</param>
public sealed record RubricCriterion(string Id, string Title, int Points, IReadOnlyList<RubricLevel> Levels);

public sealed record RubricLevel(int Points, string Text);

public sealed record ExerciseRole(string Id, string Title, string Brief);
