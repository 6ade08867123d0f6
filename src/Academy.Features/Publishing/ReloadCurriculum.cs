using Academy.Curriculum;
using Academy.Domain.Catalogues;

namespace Academy.Features.Publishing;

/// <summary>Puts what authors have written into use, without a restart; all of it or nothing.</summary>
/// <param name="DryRun">Only says what would change and what is wrong.</param>
[Audience(Roles.Administrator)]
public sealed record ReloadCurriculum(bool DryRun = false) : IAcademyCommand<ReloadReport>;

/// <param name="Edition">Hash of what is in use afterwards.</param>
/// <param name="Changed">What came, went or changed, as <c>lab/deploy-ai-app</c>.</param>
/// <param name="Problems">Only a dry run has some here; a real one is refused for them.</param>
public sealed record ReloadReport(bool DryRun, string Edition, IReadOnlyList<string> Changed, IReadOnlyList<AuthorProblem> Problems);

/// <param name="Line">Counted from 1, as is the column.</param>
public sealed record AuthorProblem(string File, int Line, int Column, string Message)
{
    internal static AuthorProblem Of(CatalogProblem p) => new(p.File, p.Line, p.Column, p.Message);
}

internal sealed class ReloadCurriculumHandler(IDocumentSession session, IActor actor, CurriculumShelf shelf, CurriculumKeeper keeper, TimeProvider clock)
    : IRequestHandler<ReloadCurriculum, Result<ReloadReport>>
{
    private const int MostProblems = 100;

    public async Task<Result<ReloadReport>> Handle(ReloadCurriculum request, CancellationToken cancellationToken)
    {
        var before = shelf.Now;
        var next = shelf.Look(out var problems);
        if (request.DryRun)
        {
            return new ReloadReport(true, before.Hash, next is null ? [] : before.ChangesTo(next), [.. problems.Take(MostProblems).Select(AuthorProblem.Of)]);
        }

        if (next is null)
        {
            shelf.Complain(problems);
            return new Refusal(RefusalKind.Conflict, "curriculum.broken", $"The curriculum has {problems.Count} mistakes; what was in use stays. See errors.")
            {
                Fields = [.. problems.Take(MostProblems).Select(p => new FieldError($"{p.File}:{p.Line}:{p.Column}", p.Message))],
            };
        }

        var changed = before.ChangesTo(next);
        await keeper.Publish(next, cancellationToken);
        shelf.Put(next);
        var id = Ids.From("curriculum-history", actor.Tenant);
        return await session.DecideFresh<CurriculumHistory, ReloadReport>(
            id,
            h => changed.Count == 0 ? Decision.Nothing : CurriculumHistory.Reload(h, id, next.Hash, changed, actor.Id, clock.GetUtcNow()),
            new ReloadReport(false, next.Hash, changed, []), cancellationToken);
    }
}

internal sealed class ReloadCurriculumEndpoint(IDoor door) : DoorEndpoint<ReloadCurriculum, ReloadReport>(door)
{
    public override void Configure() => Describe("POST", "catalogue/reload", "Puts the edited curriculum into use, or with dryRun says what would change");
}

/// <summary>Which edition of the curriculum is in use.</summary>
[Audience]
public sealed record GetCatalogue : IAcademyQuery<CatalogueView>;

/// <param name="Edition">Hash of all of it.</param>
/// <param name="ReloadedAt">When this organisation's record last saw it change; null: not since the start.</param>
/// <param name="Problems">What keeps the folder's newest state from use; for staff only.</param>
public sealed record CatalogueView(string Edition, DateTimeOffset? ReloadedAt, int Courses, int Labs, int Quizzes, int Exercises, int Paths, int Skills, IReadOnlyList<AuthorProblem> Problems);

internal sealed class GetCatalogueHandler(IQuerySession session, IActor actor, CurriculumShelf shelf) : IRequestHandler<GetCatalogue, Result<CatalogueView>>
{
    public async Task<Result<CatalogueView>> Handle(GetCatalogue request, CancellationToken cancellationToken)
    {
        var (edition, catalog) = (shelf.Now, shelf.Now.Catalog);
        var history = await session.LoadAsync<CurriculumHistory>(Ids.From("curriculum-history", actor.Tenant), cancellationToken);
        return new CatalogueView(
            edition.Hash, history?.ReloadedAt, catalog.Courses.Count, catalog.Labs.Count, edition.Parts.Count(p => p.Kind == Part.Quiz), catalog.Exercises.Count,
            catalog.Paths.Count, catalog.Skills.Count, actor.IsStaff() ? [.. shelf.Problems.Select(AuthorProblem.Of)] : []);
    }
}

internal sealed class GetCatalogueEndpoint(IDoor door) : DoorEndpoint<GetCatalogue, CatalogueView>(door)
{
    public override void Configure() => Describe("GET", "catalogue", "Which edition of the curriculum is in use, and what is in it");
}
