namespace Academy.Domain.Submissions;

/// <param name="ContentHash">The content of the exercise this submission is held to.</param>
/// <param name="Deliverables">Ids of what has to be handed in.</param>
/// <param name="Criteria">What the submission is graded by.</param>
/// <param name="PassingScore">Percent of the points, 1 to 100.</param>
/// <param name="Team">Those who do it together with the student, each with a role of the exercise.</param>
public sealed record SubmissionBegun(
    Guid SubmissionId, Guid StudentId, string ExerciseId, string ContentHash, IReadOnlyList<string> Deliverables, IReadOnlyList<Criterion> Criteria, int PassingScore,
    IReadOnlyList<TeamMember> Team, DateTimeOffset At);

/// <param name="Levels">Points of each level, from worst to best.</param>
public sealed record Criterion(string CriterionId, IReadOnlyList<int> Levels);

/// <param name="Role">Id of a role of the exercise; null where it has none.</param>
public sealed record TeamMember(Guid PersonId, string? Role);

/// <summary>A text was handed in, or a newer one instead of it.</summary>
/// <param name="By">The student, or one of the team.</param>
/// <param name="Text">Markdown, sealed with the key of the student whose submission it is.</param>
public sealed record DeliverableHandedIn(string DeliverableId, Guid By, Sealed Text, int Words, DateTimeOffset At);

/// <summary>From here on the texts stand, until a mentor has looked at them.</summary>
public sealed record SubmittedForGrading(Guid By, DateTimeOffset At);

/// <summary>A mentor has graded it; a later one of these replaces the grade.</summary>
/// <param name="Remark">On the whole, sealed with the key of the student; null: none.</param>
public sealed record SubmissionGraded(Guid By, IReadOnlyList<CriterionGrade> Grades, Sealed? Remark, DateTimeOffset At);

/// <param name="Level">Place in the levels of the criterion, from 0.</param>
/// <param name="Comment">Sealed with the key of the student; null: none.</param>
public sealed record CriterionGrade(string CriterionId, int Level, Sealed? Comment);

/// <summary>A mentor wants it revised before it is graded.</summary>
public sealed record SubmissionReturned(Guid By, Sealed Remark, DateTimeOffset At);
