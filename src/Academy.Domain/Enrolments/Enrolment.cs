using System.Collections.Immutable;

namespace Academy.Domain.Enrolments;

/// <param name="CourseHash">The content of the course that the student began with; null in events from before contents were kept.</param>
public sealed record Enrolled(Guid EnrolmentId, Guid StudentId, string CourseId, DateTimeOffset At, string? CourseHash = null);
public sealed record EnrolmentWithdrawn(DateTimeOffset At);

/// <summary>The student said that the lesson of a topic is read.</summary>
public sealed record LessonRead(string TopicId, DateTimeOffset At);

/// <summary>The student went over to a newer content of the course.</summary>
public sealed record EnrolmentRenewed(string CourseHash, DateTimeOffset At);

/// <summary>All parts of the course, as the enrolment holds it, are done.</summary>
public sealed record CourseCompleted(DateTimeOffset At);

/// <summary>One student in one course.</summary>
public sealed record Enrolment(Guid Id, Guid StudentId, string CourseId, bool Withdrawn = false) : IState<Enrolment>
{
    /// <summary>The content of the course that this enrolment is held to.</summary>
    public string? CourseHash { get; init; }

    public DateTimeOffset? EnrolledAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Topic → when its lesson was read first.</summary>
    public ImmutableDictionary<string, DateTimeOffset> Read { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    public static Enrolment? Fold(Enrolment? state, object @event) => (state, @event) switch
    {
        (null, Enrolled e) => new(e.EnrolmentId, e.StudentId, e.CourseId) { CourseHash = e.CourseHash, EnrolledAt = e.At },
        ({ } s, EnrolmentWithdrawn) => s with { Withdrawn = true },
        ({ } s, Enrolled e) => s with { Withdrawn = false, CourseHash = e.CourseHash },
        ({ } s, LessonRead e) => s.Read.ContainsKey(e.TopicId) ? s : s with { Read = s.Read.Add(e.TopicId, e.At) },
        ({ } s, EnrolmentRenewed e) => s with { CourseHash = e.CourseHash },
        ({ } s, CourseCompleted e) => s with { CompletedAt = s.CompletedAt ?? e.At },
        _ => state,
    };

    /// <summary>A student who withdrew may come back: the stream goes on.</summary>
    public static Decision Enrol(Enrolment? state, Guid id, Guid student, string course, DateTimeOffset at, string? courseHash = null) => state switch
    {
        { Withdrawn: false } => Decision.Refuse(RefusalKind.Conflict, "enrolment.exists", $"You are already enrolled in {course}."),
        _ => Decision.Record(new Enrolled(id, student, course, at, courseHash)),
    };

    public Decision Withdraw(DateTimeOffset at) => Left ?? Decision.Record(new EnrolmentWithdrawn(at));

    /// <summary>Reading a lesson again changes nothing.</summary>
    public Decision ReadLesson(string topic, DateTimeOffset at) => Left ?? (Read.ContainsKey(topic) ? Decision.Nothing : Decision.Record(new LessonRead(topic, at)));

    public Decision Renew(string courseHash, DateTimeOffset at) => Left ?? (CourseHash == courseHash ? Decision.Nothing : Decision.Record(new EnrolmentRenewed(courseHash, at)));

    /// <param name="missing">Parts of the course that are not done.</param>
    public Decision Complete(IReadOnlyCollection<string> missing, DateTimeOffset at) => this switch
    {
        { Withdrawn: true } => Left!,
        { CompletedAt: not null } => Decision.Nothing,
        _ when missing.Count > 0 => Decision.Refuse(
            RefusalKind.Conflict, "course.unfinished", $"{missing.Count} parts of the course are not done, first of them: {missing.First()}."),
        _ => Decision.Record(new CourseCompleted(at)),
    };

    private Decision? Left => Withdrawn ? Decision.Refuse(RefusalKind.Conflict, "enrolment.withdrawn", "This enrolment was withdrawn before.") : null;
}
