namespace Academy.Domain.Attempts;

/// <param name="LabVersion">The version of the lab this attempt is held to, even after the author has changed it.</param>
/// <param name="ClusterId">The main one; null for a lab that is checked by its artefacts alone.</param>
/// <param name="Steps">Ids in order.</param>
/// <param name="MaxRung">Highest rung of a hint that the lab allows, 0 to 5.</param>
/// <param name="LabHash">The content this attempt is held to; null in events from before contents were kept.</param>
/// <param name="Policy">Null in events from before labs had one: <see cref="AttemptPolicy.Free"/>.</param>
/// <param name="OtherClusters">For a lab on several clusters: the clusters beside the main one, by their id in the lab.</param>
public sealed record AttemptStarted(
    Guid AttemptId, Guid StudentId, string LabId, int LabVersion, Guid? ClusterId, string Namespace, IReadOnlyList<string> Steps, int MaxRung, DateTimeOffset At,
    string? LabHash = null, AttemptPolicy? Policy = null, IReadOnlyDictionary<string, Guid>? OtherClusters = null);

/// <param name="PassingScore">Percent of the points, 1 to 100, that must be earned on the cluster for the lab to be passed.</param>
/// <param name="Exam">Neither hints nor the assistant.</param>
/// <param name="Assistant">Whether the assistant may help.</param>
public sealed record AttemptPolicy(int PassingScore, bool Exam, bool Assistant)
{
    public static AttemptPolicy Free { get; } = new(100, Exam: false, Assistant: true);
}

/// <summary>The student asked for a check, and this is what was seen.</summary>
public sealed record WorkChecked(IReadOnlyList<StepObservation> Steps, DateTimeOffset At);
public sealed record StepObservation(string StepId, bool Passed, IReadOnlyList<CheckObservation> Checks);
/// <param name="Observed">What was found, in words for the student.</param>
/// <param name="Outcome">Null in events from before a check could end otherwise than by passing or failing.</param>
/// <param name="Skills">Ids of the skills that the check shows, as they were mapped on that day.</param>
public sealed record CheckObservation(
    string CheckId, string Title, bool Passed, int Points, int MaxPoints, string Observed, CheckOutcome? Outcome = null, IReadOnlyList<string>? Skills = null);

public enum CheckOutcome
{
    Passed,
    Failed,

    /// <summary>Nothing can be said: no answer, or a kind that could not be read. Neither passed nor failed.</summary>
    NotCarriedOut,
}

public sealed record StepCompleted(string StepId, DateTimeOffset At);

/// <param name="Rung">1 question, 2 where to look, 3 concept, 4 command, 5 solution.</param>
/// <param name="Price">Percent of the step's points that this rung cost, as the lab said on that day; null: nothing.</param>
public sealed record HintTaken(string StepId, int Rung, DateTimeOffset At, int? Price = null);

/// <summary>A file of the student's. Its content lies elsewhere, enciphered, under its hash.</summary>
/// <param name="ArtefactId">As the lab names it.</param>
/// <param name="Sha256">Of the content, in hexadecimal.</param>
/// <param name="Type">E.g. <c>terraform-plan</c>.</param>
public sealed record ArtefactUploaded(string ArtefactId, string Sha256, long Bytes, string Type, DateTimeOffset At);

/// <summary>The student took the file back; its content was deleted.</summary>
public sealed record ArtefactRemoved(string ArtefactId, DateTimeOffset At);

/// <summary>Enough of the points were earned for the lab to count as passed, although not every step is done.</summary>
public sealed record LabPassed(DateTimeOffset At);

/// <summary>Every step is done.</summary>
public sealed record LabCompleted(DateTimeOffset At);
public sealed record AttemptAbandoned(DateTimeOffset At);
public sealed record AttemptExpired(DateTimeOffset At);
