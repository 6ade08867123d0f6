using System.Collections.Immutable;

namespace Academy.Domain.Submissions;

/// <summary>What one student, or a team, hands in for an exercise, and what a mentor says of it.</summary>
public sealed record Submission(
    Guid Id, Guid StudentId, string ExerciseId, string ContentHash, int PassingScore, SubmissionStatus Status, DateTimeOffset StartedAt, DateTimeOffset ChangedAt)
    : IState<Submission>
{
    public ImmutableArray<string> Deliverables { get; init; } = [];

    public ImmutableArray<Criterion> Criteria { get; init; } = [];

    public ImmutableArray<TeamMember> Team { get; init; } = [];

    /// <summary>Everybody whose submission it is.</summary>
    public ImmutableArray<Guid> Owners { get; init; } = [];

    /// <summary>Deliverable → what is handed in now.</summary>
    public ImmutableDictionary<string, HandedIn> Texts { get; init; } = ImmutableDictionary<string, HandedIn>.Empty;

    public DateTimeOffset? SubmittedAt { get; init; }

    /// <summary>The grade that counts.</summary>
    public Grade? Grade { get; init; }

    /// <summary>Why it was returned, while it is with the student again.</summary>
    public Returned? Return { get; init; }

    public int MaxPoints => Criteria.Sum(c => c.Levels[^1]);

    /// <summary>Null before it is graded.</summary>
    public int? Points => Grade?.Grades.Sum(g => Criteria.FirstOrDefault(c => c.CriterionId == g.CriterionId) is { } c && g.Level < c.Levels.Count ? c.Levels[g.Level] : 0);

    public bool Passed => Points is { } points && points * 100 >= PassingScore * MaxPoints;

    public static Submission? Fold(Submission? state, object @event) => (state, @event) switch
    {
        (null, SubmissionBegun e) => new(e.SubmissionId, e.StudentId, e.ExerciseId, e.ContentHash, e.PassingScore, SubmissionStatus.Draft, e.At, e.At)
        {
            Deliverables = [.. e.Deliverables],
            Criteria = [.. e.Criteria],
            Team = [.. e.Team],
            Owners = [e.StudentId, .. e.Team.Select(m => m.PersonId)],
        },
        ({ } s, DeliverableHandedIn e) => s with { Texts = s.Texts.SetItem(e.DeliverableId, new(e.By, e.Text, e.Words, e.At)), ChangedAt = e.At },
        ({ } s, SubmittedForGrading e) => s with { Status = SubmissionStatus.Waiting, SubmittedAt = e.At, Return = null, ChangedAt = e.At },
        ({ } s, SubmissionGraded e) => s with { Status = SubmissionStatus.Graded, Grade = new(e.By, e.Grades, e.Remark, e.At), Return = null, ChangedAt = e.At },
        ({ } s, SubmissionReturned e) => s with { Status = SubmissionStatus.Returned, Return = new(e.By, e.Remark, e.At), ChangedAt = e.At },
        _ => state,
    };

    public Decision HandIn(string deliverable, Guid by, Sealed text, int words, DateTimeOffset at) => this switch
    {
        var s when !s.Owners.Contains(by) => NotYours,
        { Status: SubmissionStatus.Waiting or SubmissionStatus.Graded } => Decision.Refuse(
            RefusalKind.Conflict, "submission.closed", "This is handed in for grading. It can be changed again once a mentor has returned it."),
        var s when !s.Deliverables.Contains(deliverable) => Decision.Refuse(RefusalKind.NotFound, "submission.no-such-deliverable", $"This exercise asks for no '{deliverable}'."),
        _ => Decision.Record(new DeliverableHandedIn(deliverable, by, text, words, at)),
    };

    public Decision Submit(Guid by, DateTimeOffset at) => this switch
    {
        var s when !s.Owners.Contains(by) => NotYours,
        { Status: SubmissionStatus.Waiting } => Decision.Nothing,
        { Status: SubmissionStatus.Graded } => Decision.Refuse(RefusalKind.Conflict, "submission.graded", "This is graded already. Begin the exercise anew for another go."),
        var s when s.Deliverables.FirstOrDefault(d => !s.Texts.ContainsKey(d)) is { } missing => Decision.Refuse(
            RefusalKind.Conflict, "submission.incomplete", $"'{missing}' is not handed in yet."),
        _ => Decision.Record(new SubmittedForGrading(by, at)),
    };

    /// <summary>Every criterion gets one level. A graded submission may be graded again: the newer grade counts, the older stays on record.</summary>
    public Decision Assess(Guid by, IReadOnlyList<CriterionGrade> grades, Sealed? remark, DateTimeOffset at) => this switch
    {
        var s when s.Owners.Contains(by) => OwnWork,
        { Status: not (SubmissionStatus.Waiting or SubmissionStatus.Graded) } => NotWaiting,
        var s when s.Trouble(grades) is { } trouble => Decision.Refuse(RefusalKind.Invalid, "submission.grades", trouble),
        _ => Decision.Record(new SubmissionGraded(by, grades, remark, at)),
    };

    public Decision SendBack(Guid by, Sealed remark, DateTimeOffset at) => this switch
    {
        var s when s.Owners.Contains(by) => OwnWork,
        { Status: not (SubmissionStatus.Waiting or SubmissionStatus.Graded) } => NotWaiting,
        _ => Decision.Record(new SubmissionReturned(by, remark, at)),
    };

    private string? Trouble(IReadOnlyList<CriterionGrade> grades) =>
        grades.GroupBy(g => g.CriterionId).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"Criterion '{twice.Key}' is graded twice."
        : grades.FirstOrDefault(g => Criteria.All(c => c.CriterionId != g.CriterionId)) is { } unknown ? $"There is no criterion '{unknown.CriterionId}'."
        : Criteria.FirstOrDefault(c => grades.All(g => g.CriterionId != c.CriterionId)) is { } missing ? $"Criterion '{missing.CriterionId}' is not graded."
        : grades.FirstOrDefault(g => g.Level < 0 || g.Level >= Criteria.First(c => c.CriterionId == g.CriterionId).Levels.Count) is { } level
            ? $"Criterion '{level.CriterionId}' has no level {level.Level}; levels count from 0."
        : null;

    private static Decision NotYours => Decision.Refuse(RefusalKind.NotFound, "submission.not-found", "There is no such submission of yours.");

    private static Decision OwnWork => Decision.Refuse(RefusalKind.Forbidden, "submission.own", "Nobody grades work of their own.");

    private static Decision NotWaiting => Decision.Refuse(RefusalKind.Conflict, "submission.not-waiting", "This submission does not wait for a mentor.");
}

public enum SubmissionStatus
{
    /// <summary>With the student.</summary>
    Draft,

    /// <summary>For a mentor.</summary>
    Waiting,
    Graded,

    /// <summary>With the student again, to be revised.</summary>
    Returned,
}

public sealed record HandedIn(Guid By, Sealed Text, int Words, DateTimeOffset HandedInAt);

public sealed record Grade(Guid By, IReadOnlyList<CriterionGrade> Grades, Sealed? Remark, DateTimeOffset GradedAt);

public sealed record Returned(Guid By, Sealed Remark, DateTimeOffset ReturnedAt);
