namespace Academy.Domain.Enrolments;

public sealed record Enrolled(Guid EnrolmentId, Guid StudentId, string CourseId, DateTimeOffset At);
public sealed record EnrolmentWithdrawn(DateTimeOffset At);

/// <summary>One student in one course.</summary>
public sealed record Enrolment(Guid Id, Guid StudentId, string CourseId, bool Withdrawn = false) : IState<Enrolment>
{
    public static Enrolment? Fold(Enrolment? state, object @event) => (state, @event) switch
    {
        (null, Enrolled e) => new(e.EnrolmentId, e.StudentId, e.CourseId),
        ({ } s, EnrolmentWithdrawn) => s with { Withdrawn = true },
        ({ } s, Enrolled) => s with { Withdrawn = false },
        _ => state,
    };

    /// <summary>A student who withdrew may come back: the stream goes on.</summary>
    public static Decision Enrol(Enrolment? state, Guid id, Guid student, string course, DateTimeOffset at) => state switch
    {
        { Withdrawn: false } => Decision.Refuse(RefusalKind.Conflict, "enrolment.exists", $"You are already enrolled in {course}."),
        _ => Decision.Record(new Enrolled(id, student, course, at)),
    };

    public Decision Withdraw(DateTimeOffset at) => Withdrawn
        ? Decision.Refuse(RefusalKind.Conflict, "enrolment.withdrawn", "This enrolment was withdrawn before.")
        : Decision.Record(new EnrolmentWithdrawn(at));
}
