using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Enrolments;
using Academy.Domain.People;
using Academy.Features.Attempting;

namespace Academy.Features.Progressing;

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
/// <param name="AsOf">A time (ISO 8601) or a position in the organisation's history; now where it is not given.</param>
[Audience]
public sealed record GetProgress(Guid? StudentId = null, AsOf? AsOf = null) : IAcademyQuery<ProgressView>;

/// <summary>What a student has done, made of nothing but recorded facts.</summary>
public sealed record ProgressView(Guid StudentId, IReadOnlyList<CourseProgress> Courses, IReadOnlyList<LabProgress> Labs);

public sealed record CourseProgress(string CourseId, string Title, bool Withdrawn, int LabsCompleted, int Labs);

/// <param name="BestPoints">Of the attempt that got furthest.</param>
/// <param name="HintsTaken">Rungs over all steps of that attempt.</param>
public sealed record LabProgress(
    string LabId, string Title, bool Completed, DateTimeOffset? CompletedAt, int Attempts, int StepsCompleted, int Steps, int BestPoints, int MaxPoints, int HintsTaken);

internal sealed class GetProgressHandler(IQuerySession session, IActor actor, Catalog catalog) : IRequestHandler<GetProgress, Result<ProgressView>>
{
    public async Task<Result<ProgressView>> Handle(GetProgress request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        if (!await session.MaySee(actor, student, cancellationToken))
        {
            return Refusals.NotFound("student", student);
        }

        IReadOnlyList<Enrolment> enrolments = await session.Query<Enrolment>().Where(e => e.StudentId == student).ToListAsync(cancellationToken);
        IReadOnlyList<AttemptView> attempts = await session.Query<AttemptView>().Where(a => a.StudentId == student).ToListAsync(cancellationToken);
        if (student != actor.Id && enrolments.Count + attempts.Count == 0 && await session.LoadAsync<Person>(student, cancellationToken) is null)
        {
            return Refusals.NotFound("student", student);
        }

        if (request.AsOf is { } asOf)
        {
            enrolments = await Then(enrolments, asOf, cancellationToken);
            attempts = await Then(attempts, asOf, cancellationToken);
        }

        var labs = attempts.GroupBy(a => a.LabId).Select(g => Lab(g.Key, [.. g])).OrderBy(l => l.LabId, StringComparer.Ordinal).ToList();
        return new ProgressView(student, [.. enrolments.OrderBy(e => e.CourseId, StringComparer.Ordinal).Select(e => Course(e, labs))], labs);
    }

    private async Task<IReadOnlyList<TState>> Then<TState>(IReadOnlyList<TState> now, AsOf asOf, CancellationToken ct)
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

    private LabProgress Lab(string id, IReadOnlyList<AttemptView> attempts)
    {
        var best = attempts.OrderByDescending(a => a.Steps.Count(s => s.CompletedAt is not null)).ThenByDescending(a => a.Points).First();
        var completed = attempts.Where(a => a.Status == AttemptStatus.Completed).MinBy(a => a.EndedAt);
        return new LabProgress(
            id, catalog.FindLab(id)?.Title ?? id, completed is not null, completed?.EndedAt, attempts.Count,
            best.Steps.Count(s => s.CompletedAt is not null), best.Steps.Count, best.Points, best.MaxPoints, best.Steps.Sum(s => s.HintsTaken));
    }

    private CourseProgress Course(Enrolment enrolment, IReadOnlyList<LabProgress> done)
    {
        var course = catalog.FindCourse(enrolment.CourseId);
        var labs = course?.Modules.SelectMany(m => m.Topics).Select(t => t.LabId).OfType<string>().ToHashSet() ?? [];
        return new CourseProgress(enrolment.CourseId, course?.Title ?? enrolment.CourseId, enrolment.Withdrawn, done.Count(l => l.Completed && labs.Contains(l.LabId)), labs.Count);
    }
}

internal sealed class GetProgressEndpoint(IDoor door) : DoorEndpoint<GetProgress, ProgressView>(door)
{
    public override void Configure() => Describe("GET", "progress", "What a student has done, now or as of then");
}
