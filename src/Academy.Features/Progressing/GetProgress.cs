using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Enrolments;
using Academy.Domain.People;
using Academy.Features.Attempting;
using Academy.Features.Publishing;

namespace Academy.Features.Progressing;

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
/// <param name="AsOf">A time (ISO 8601) or a position in the organisation's history; now where it is not given.</param>
[Audience]
public sealed record GetProgress(Guid? StudentId = null, AsOf? AsOf = null) : IAcademyQuery<ProgressView>;

internal sealed class GetProgressHandler(IQuerySession session, IActor actor, Catalog catalog, Contents contents) : IRequestHandler<GetProgress, Result<ProgressView>>
{
    public async Task<Result<ProgressView>> Handle(GetProgress request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        if (!await session.MaySee(actor, student, cancellationToken))
        {
            return Refusals.NotFound("student", student);
        }

        var facts = await Facts.Of(session, student, cancellationToken);
        if (student != actor.Id && !facts.Any && await session.LoadAsync<Person>(student, cancellationToken) is null)
        {
            return Refusals.NotFound("student", student);
        }

        facts = request.AsOf is { } asOf ? await facts.Then(session, asOf, cancellationToken) : facts;
        var feats = facts.Feats;
        var courses = new List<CourseProgress>();
        foreach (var enrolment in facts.Enrolments.OrderBy(e => e.CourseId, StringComparer.Ordinal))
        {
            courses.Add(CourseProgress.Of(enrolment, await contents.Course(enrolment.CourseId, enrolment.CourseHash, cancellationToken), feats, catalog));
        }

        return new ProgressView(student, courses, [.. facts.Attempts.GroupBy(a => a.LabId).Select(g => Lab(g.Key, [.. g])).OrderBy(l => l.LabId, StringComparer.Ordinal)])
        {
            Quizzes = [.. facts.Sittings.GroupBy(s => (s.CourseId, s.TopicId)).Select(QuizProgress.Of).OrderBy(q => $"{q.CourseId}/{q.TopicId}", StringComparer.Ordinal)],
            Exercises = [.. facts.Submissions.GroupBy(s => s.ExerciseId).Select(g => ExerciseProgress.Of(g, catalog.FindExercise(g.Key)?.Title ?? g.Key)).OrderBy(e => e.ExerciseId, StringComparer.Ordinal)],
            Paths = [.. catalog.Paths.Select(p => Path(p, facts.Enrolments, feats))],
        };
    }

    private LabProgress Lab(string id, IReadOnlyList<AttemptView> attempts)
    {
        var best = attempts.OrderByDescending(a => a.Steps.Count(s => s.CompletedAt is not null)).ThenByDescending(a => a.Points).First();
        var completed = attempts.Where(a => a.Status == AttemptStatus.Completed).MinBy(a => a.EndedAt);
        return new LabProgress(
            id, catalog.FindLab(id)?.Title ?? id, completed is not null, completed?.EndedAt, attempts.Count,
            best.Steps.Count(s => s.CompletedAt is not null), best.Steps.Count, best.Points, best.MaxPoints, best.Steps.Sum(s => s.HintsTaken))
        {
            Passed = attempts.Any(a => a.Passed),
            BestScore = attempts.Max(a => a.Score),
        };
    }

    private PathProgress Path(LearningPath path, IReadOnlyList<Enrolment> enrolments, Feats feats)
    {
        var parts = (from place in path.Topics
                     let topic = catalog.FindCourse(place.CourseId)?.FindTopic(place.TopicId)
                     where topic is not null
                     from part in CoursePart.Of(place.CourseId, topic, enrolments.FirstOrDefault(e => e.CourseId == place.CourseId), feats, catalog)
                     select part).ToList();
        return new PathProgress(path.Id, path.Title, parts.Count(p => p.Done), parts.Count);
    }
}

internal sealed class GetProgressEndpoint(IDoor door) : DoorEndpoint<GetProgress, ProgressView>(door)
{
    public override void Configure() => Describe("GET", "progress", "What a student has done, now or as of then");
}
