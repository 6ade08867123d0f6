namespace Academy.Domain.Attempts;

/// <param name="LabVersion">The version of the lab this attempt is held to, even after the author has changed it.</param>
/// <param name="Steps">Ids in order.</param>
/// <param name="MaxRung">Highest rung of a hint that the lab allows, 0 to 5.</param>
public sealed record AttemptStarted(
    Guid AttemptId, Guid StudentId, string LabId, int LabVersion, Guid ClusterId, string Namespace, IReadOnlyList<string> Steps, int MaxRung, DateTimeOffset At);

/// <summary>The student asked for a check, and this is what was seen.</summary>
public sealed record WorkChecked(IReadOnlyList<StepObservation> Steps, DateTimeOffset At);
public sealed record StepObservation(string StepId, bool Passed, IReadOnlyList<CheckObservation> Checks);
/// <param name="Observed">What was found, in words for the student.</param>
public sealed record CheckObservation(string CheckId, string Title, bool Passed, int Points, int MaxPoints, string Observed);

public sealed record StepCompleted(string StepId, DateTimeOffset At);

/// <param name="Rung">1 question, 2 where to look, 3 concept, 4 command, 5 solution.</param>
public sealed record HintTaken(string StepId, int Rung, DateTimeOffset At);
public sealed record LabCompleted(DateTimeOffset At);
public sealed record AttemptAbandoned(DateTimeOffset At);
public sealed record AttemptExpired(DateTimeOffset At);
