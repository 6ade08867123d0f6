using Academy.Curriculum;

namespace Academy.Features.Learning;

/// <param name="Kind">case-study, mentoring or team.</param>
/// <param name="MaxMinutes">Only exercises that take no longer.</param>
[Audience]
public sealed record ListExercises(string? Kind = null, string? Level = null, string? Skill = null, int? MaxMinutes = null) : IAcademyQuery<IReadOnlyList<ExerciseSummary>>;

[Audience]
public sealed record GetExercise(string ExerciseId) : IAcademyQuery<ExerciseView>;

[Audience]
public sealed record ListPaths(string? Skill = null) : IAcademyQuery<IReadOnlyList<PathView>>;

[Audience]
public sealed record GetPath(string PathId) : IAcademyQuery<PathView>;

/// <param name="Area">E.g. kubernetes, security.</param>
[Audience]
public sealed record ListSkills(string? Area = null) : IAcademyQuery<IReadOnlyList<SkillInCatalogue>>;

internal sealed class ExerciseHandlers(Catalog catalog, IActor actor) :
    IRequestHandler<ListExercises, Result<IReadOnlyList<ExerciseSummary>>>,
    IRequestHandler<GetExercise, Result<ExerciseView>>,
    IRequestHandler<ListPaths, Result<IReadOnlyList<PathView>>>,
    IRequestHandler<GetPath, Result<PathView>>,
    IRequestHandler<ListSkills, Result<IReadOnlyList<SkillInCatalogue>>>
{
    public Task<Result<IReadOnlyList<ExerciseSummary>>> Handle(ListExercises request, CancellationToken cancellationToken) => All(
        from e in catalog.Exercises
        where (request.Kind is null || e.Kind == request.Kind)
            && (request.Level is null || e.Level == request.Level)
            && (request.Skill is null || e.Skills.Contains(request.Skill))
            && (request.MaxMinutes is null || e.Minutes <= request.MaxMinutes)
        select new ExerciseSummary(e.Id, e.Version, e.Title, e.Summary, e.Kind, e.Minutes, e.Level, e.Skills));

    // Who is a student too does not get the example with the role of a mentor: they would hand it in.
    public Task<Result<ExerciseView>> Handle(GetExercise request, CancellationToken cancellationToken) => Task.FromResult<Result<ExerciseView>>(
        catalog.FindExercise(request.ExerciseId) is { } exercise
            ? ExerciseView.Of(exercise, forMentors: (actor.Is(Roles.Mentor) || actor.Is(Roles.Instructor)) && !actor.Is(Roles.Student))
            : Refusals.NotFound<Exercise>(request.ExerciseId));

    public Task<Result<IReadOnlyList<PathView>>> Handle(ListPaths request, CancellationToken cancellationToken) => All(
        catalog.Paths.Select(p => PathView.Of(p, catalog)).Where(p => request.Skill is null || p.Topics.Any(t => t.Topic.Skills.Contains(request.Skill))));

    public Task<Result<PathView>> Handle(GetPath request, CancellationToken cancellationToken) => Task.FromResult<Result<PathView>>(
        catalog.FindPath(request.PathId) is { } path ? PathView.Of(path, catalog) : Refusals.NotFound("path", request.PathId));

    public Task<Result<IReadOnlyList<SkillInCatalogue>>> Handle(ListSkills request, CancellationToken cancellationToken) => All(
        from skill in catalog.Skills
        where request.Area is null || skill.Area == request.Area
        select new SkillInCatalogue(
            skill.Id, skill.Title, skill.Area, skill.Description,
            [.. from course in catalog.Courses from topic in course.Modules.SelectMany(m => m.Topics) where catalog.SkillsOf(topic).Contains(skill.Id) select $"{course.Id}/{topic.Id}"],
            [.. catalog.Labs.Where(l => l.Skills.Contains(skill.Id)).Select(l => l.Id)],
            [.. catalog.Exercises.Where(e => e.Skills.Contains(skill.Id)).Select(e => e.Id)]));

    private static Task<Result<IReadOnlyList<T>>> All<T>(IEnumerable<T> items) => Task.FromResult(new Result<IReadOnlyList<T>>([.. items], null));
}

internal sealed class ListExercisesEndpoint(IDoor door) : DoorEndpoint<ListExercises, IReadOnlyList<ExerciseSummary>>(door)
{
    public override void Configure() => Describe("GET", "exercises", "Case studies, mentoring and team exercises, by kind, level, skill and minutes");
}

internal sealed class GetExerciseEndpoint(IDoor door) : DoorEndpoint<GetExercise, ExerciseView>(door)
{
    public override void Configure() => Describe("GET", "exercises/{exerciseId}", "One exercise with what is handed in and how it is graded");
}

internal sealed class ListPathsEndpoint(IDoor door) : DoorEndpoint<ListPaths, IReadOnlyList<PathView>>(door)
{
    public override void Configure() => Describe("GET", "paths", "Ways through the topics for one kind of learner each");
}

internal sealed class GetPathEndpoint(IDoor door) : DoorEndpoint<GetPath, PathView>(door)
{
    public override void Configure() => Describe("GET", "paths/{pathId}", "One path with its topics in order");
}

internal sealed class ListSkillsEndpoint(IDoor door) : DoorEndpoint<ListSkills, IReadOnlyList<SkillInCatalogue>>(door)
{
    public override void Configure() => Describe("GET", "skills", "What one can learn here, and where");
}
