using Academy.Curriculum;
using Academy.Domain.People;
using Academy.Domain.Skills;
using Academy.Features.Progressing;

namespace Academy.Features.Mastering;

/// <summary>How far a learner masters each skill, and what shows it.</summary>
/// <param name="LearnerId">An id, or <c>me</c>.</param>
/// <param name="AsOf">A time (ISO 8601) or a position in the organisation's history; now where it is not given.</param>
/// <param name="Area">Only skills of one area.</param>
[Audience]
public sealed record GetSkillMap(string LearnerId, AsOf? AsOf = null, string? Area = null) : IAcademyQuery<SkillMap>;

/// <param name="Skills">All of the curriculum; those that nothing was shown of have a mastery of 0.</param>
public sealed record SkillMap(Guid LearnerId, IReadOnlyList<SkillView> Skills);

/// <param name="Mastery">0 to 1; see docs/decisions for how it comes about.</param>
public sealed record SkillView(string Id, string Title, string Area, double Mastery, IReadOnlyList<EvidenceView> Evidence);

/// <param name="Source"><c>lab/ID/CHECK</c>, <c>quiz/COURSE/TOPIC/QUESTION</c> or <c>exercise/ID</c>.</param>
/// <param name="Success">0 to 1.</param>
/// <param name="Assisted">The command or the solution was shown before.</param>
public sealed record EvidenceView(string Source, double Weight, double Success, bool Assisted, DateTimeOffset At);

internal sealed class GetSkillMapHandler(IQuerySession session, IActor actor, Catalog catalog) : IRequestHandler<GetSkillMap, Result<SkillMap>>
{
    private const string Me = "me";

    public async Task<Result<SkillMap>> Handle(GetSkillMap request, CancellationToken cancellationToken)
    {
        var learner = request.LearnerId == Me ? actor.Id : Guid.TryParse(request.LearnerId, out var id) ? id : Guid.Empty;
        if (!await session.MaySee(actor, learner, cancellationToken))
        {
            return Refusals.NotFound("learner", request.LearnerId);
        }

        var facts = await Facts.Of(session, learner, cancellationToken);
        if (learner != actor.Id && !facts.Any && await session.LoadAsync<Person>(learner, cancellationToken) is null)
        {
            return Refusals.NotFound("learner", request.LearnerId);
        }

        facts = request.AsOf is { } asOf ? await facts.Then(session, asOf, cancellationToken) : facts;
        var mastered = Mastery.Of(EvidenceIn.All(facts, catalog)).ToDictionary(m => m.SkillId);
        return new SkillMap(learner,
        [
            .. from skill in catalog.Skills
               where request.Area is null || skill.Area == request.Area
               let shown = mastered.GetValueOrDefault(skill.Id)
               select new SkillView(
                   skill.Id, skill.Title, skill.Area, Math.Round(shown?.Value ?? 0, 4),
                   [.. (shown?.Evidence ?? []).Select(e => new EvidenceView(e.Source, e.Weight, e.Success, e.Assisted, e.ShownAt))]),
        ]);
    }
}

internal sealed class GetSkillMapEndpoint(IDoor door) : DoorEndpoint<GetSkillMap, SkillMap>(door)
{
    public override void Configure() => Describe("GET", "learners/{learnerId}/skills", "How far a learner masters each skill, and what shows it, now or as of then");
}
