using Academy.Curriculum;
using Academy.Features.Publishing;

namespace Academy.Features.Learning;

/// <param name="MaxMinutes">Only labs that take no longer.</param>
[Audience]
public sealed record ListLabs(string? Level = null, string? Skill = null, int? MaxMinutes = null) : IAcademyQuery<IReadOnlyList<LabSummary>>;

/// <param name="Content">Hash of an older content that an attempt is held to; the one in use where it is not given.</param>
[Audience]
public sealed record GetLab(string LabId, string? Content = null) : IAcademyQuery<LabView>;

[Audience]
public sealed record ListPracticeClusters(string? LabId = null) : IAcademyQuery<IReadOnlyList<PracticeClusterView>>;

internal sealed class LabHandlers(Catalog catalog, Contents contents) :
    IRequestHandler<ListLabs, Result<IReadOnlyList<LabSummary>>>,
    IRequestHandler<GetLab, Result<LabView>>,
    IRequestHandler<ListPracticeClusters, Result<IReadOnlyList<PracticeClusterView>>>
{
    public Task<Result<IReadOnlyList<LabSummary>>> Handle(ListLabs request, CancellationToken cancellationToken) => All(
        from lab in catalog.Labs
        where (request.Level is null || lab.Level == request.Level)
            && (request.Skill is null || lab.Skills.Contains(request.Skill))
            && (request.MaxMinutes is null || lab.Minutes <= request.MaxMinutes)
        select new LabSummary(lab.Id, lab.Version, lab.Title, lab.Summary, lab.Minutes, lab.Level, lab.Steps.Count) { Skills = lab.Skills, Exam = lab.Policy.Exam });

    public async Task<Result<LabView>> Handle(GetLab request, CancellationToken cancellationToken)
    {
        // A content that is asked for by its hash is that one, or none.
        var lab = await contents.Lab(request.LabId, request.Content, cancellationToken);
        return lab is not null && (request.Content is null || lab.ContentHash == request.Content)
            ? LabView.Of(lab, contents.HasChanged(Part.Lab, lab.Id, lab.ContentHash))
            : Refusals.NotFound<Lab>(request.LabId);
    }

    public Task<Result<IReadOnlyList<PracticeClusterView>>> Handle(ListPracticeClusters request, CancellationToken cancellationToken) => All(
        catalog.PracticeClusters
            .Where(p => request.LabId is null || p.LabId == request.LabId)
            .Select(p => new PracticeClusterView(p.Id, p.Title, p.Story, p.Namespace, p.LabId, p.RepairedPath is not null)));

    private static Task<Result<IReadOnlyList<T>>> All<T>(IEnumerable<T> items) => Task.FromResult(new Result<IReadOnlyList<T>>([.. items], null));
}

internal sealed class ListLabsEndpoint(IDoor door) : DoorEndpoint<ListLabs, IReadOnlyList<LabSummary>>(door)
{
    public override void Configure() => Describe("GET", "labs", "The labs, all or by level, skill and minutes");
}

internal sealed class GetLabEndpoint(IDoor door) : DoorEndpoint<GetLab, LabView>(door)
{
    public override void Configure() => Describe("GET", "labs/{labId}", "One lab with its steps and checks");
}

internal sealed class ListPracticeClustersEndpoint(IDoor door) : DoorEndpoint<ListPracticeClusters, IReadOnlyList<PracticeClusterView>>(door)
{
    public override void Configure() => Describe("GET", "practice-clusters", "Recorded clusters to practise on, all or for one lab");
}
