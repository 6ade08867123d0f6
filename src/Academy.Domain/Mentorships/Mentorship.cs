namespace Academy.Domain.Mentorships;

/// <param name="Topic">What the student wants help with; in the student's own words, hence sealed.</param>
public sealed record MentorshipRequested(Guid MentorshipId, Guid StudentId, Sealed Topic, DateTimeOffset At);
public sealed record MentorshipClaimed(Guid MentorId, DateTimeOffset At);
public sealed record MentorshipEnded(Guid By, DateTimeOffset At);

/// <summary>A student who asks for a mentor, and the mentor who takes the request.</summary>
public sealed record Mentorship(Guid Id, Guid StudentId, Sealed Topic, Guid? MentorId = null, bool Ended = false) : IState<Mentorship>
{
    public static Mentorship? Fold(Mentorship? state, object @event) => (state, @event) switch
    {
        (null, MentorshipRequested e) => new(e.MentorshipId, e.StudentId, e.Topic),
        ({ } s, MentorshipClaimed e) => s with { MentorId = e.MentorId },
        ({ } s, MentorshipEnded) => s with { Ended = true },
        _ => state,
    };

    public Decision Claim(Guid mentor, DateTimeOffset at) => this switch
    {
        { Ended: true } => Over,
        { MentorId: { } holder } when holder == mentor => Decision.Nothing,
        { MentorId: not null } => Decision.Refuse(RefusalKind.Conflict, "mentorship.taken", "Another mentor holds this request."),
        { StudentId: var s } when s == mentor => Decision.Refuse(RefusalKind.Forbidden, "mentorship.self", "You cannot mentor yourself."),
        _ => Decision.Record(new MentorshipClaimed(mentor, at)),
    };

    public Decision End(Guid by, DateTimeOffset at) => this switch
    {
        { Ended: true } => Over,
        var m when by != m.StudentId && by != m.MentorId =>
            Decision.Refuse(RefusalKind.Forbidden, "mentorship.not-yours", "Only the student or the mentor of a mentorship ends it."),
        _ => Decision.Record(new MentorshipEnded(by, at)),
    };

    private static Decision Over => Decision.Refuse(RefusalKind.Conflict, "mentorship.ended", "This mentorship has ended.");
}
