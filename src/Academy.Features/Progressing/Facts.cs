using Academy.Domain.Enrolments;
using Academy.Domain.Quizzes;
using Academy.Domain.Submissions;
using Academy.Features.Attempting;

namespace Academy.Features.Progressing;

/// <summary>All that is on record of one student, now or as of then.</summary>
internal sealed record Facts(
    IReadOnlyList<Enrolment> Enrolments, IReadOnlyList<AttemptView> Attempts, IReadOnlyList<QuizSitting> Sittings, IReadOnlyList<Submission> Submissions)
{
    public bool Any => Enrolments.Count + Attempts.Count + Sittings.Count + Submissions.Count > 0;

    public Feats Feats => new(
        Attempts.Where(a => a.Passed).Select(a => a.LabId).ToHashSet(),
        Sittings.Where(s => s.Passed).Select(s => (s.CourseId, s.TopicId)).ToHashSet(),
        Submissions.Where(s => s.Passed).Select(s => s.ExerciseId).ToHashSet());

    public static async Task<Facts> Of(IQuerySession session, Guid student, CancellationToken ct) => new(
        await session.Query<Enrolment>().Where(e => e.StudentId == student).ToListAsync(ct),
        await session.Query<AttemptView>().Where(a => a.StudentId == student).ToListAsync(ct),
        await session.Query<QuizSitting>().Where(s => s.StudentId == student).ToListAsync(ct),
        await session.Query<Submission>().Where(s => s.Owners.Contains(student)).ToListAsync(ct));

    public async Task<Facts> Then(IQuerySession session, AsOf asOf, CancellationToken ct) => new(
        await Then(Enrolments, session, asOf, ct), await Then(Attempts, session, asOf, ct), await Then(Sittings, session, asOf, ct), await Then(Submissions, session, asOf, ct));

    private static async Task<IReadOnlyList<TState>> Then<TState>(IReadOnlyList<TState> now, IQuerySession session, AsOf asOf, CancellationToken ct)
        where TState : class, IState<TState>
    {
        var then = new List<TState>();
        foreach (var state in now)
        {
            if (await session.AsOf<TState>(state.Id, e => asOf.Includes(e.Timestamp, e.Sequence), ct) is { } old)
            {
                then.Add(old);
            }
        }

        return then;
    }
}
