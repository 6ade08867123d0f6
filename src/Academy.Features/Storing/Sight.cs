using Academy.Domain.Mentorships;

namespace Academy.Features.Storing;

/// <summary>Whose things a caller may look at: one's own, one's students' as their mentor, everybody's as staff.</summary>
internal static class Sight
{
    public static async Task<bool> MaySee(this IQuerySession session, IActor actor, Guid student, CancellationToken ct) =>
        actor.Id == student
        || actor.IsStaff()
        || (actor.Is(Roles.Mentor)
            && await session.Query<Mentorship>().AnyAsync(m => m.StudentId == student && m.MentorId == actor.Id && !m.Ended, ct));

    /// <summary>Loads a document of a student's. What may not be seen is not told apart from what is not there.</summary>
    public static async Task<Result<T>> See<T>(this IQuerySession session, IActor actor, Guid id, Func<T, Guid> student, CancellationToken ct)
        where T : class =>
        await session.LoadAsync<T>(id, ct) is { } found && await session.MaySee(actor, student(found), ct) ? found : Refusals.NotFound(NameOf<T>(), id);

    private static string NameOf<T>() => typeof(T).Name.Replace("View", "", StringComparison.Ordinal);
}
