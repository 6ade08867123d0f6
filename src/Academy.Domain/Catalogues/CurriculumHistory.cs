namespace Academy.Domain.Catalogues;

/// <summary>A newer content of the curriculum went into use.</summary>
/// <param name="HistoryId">One for each organisation.</param>
/// <param name="CatalogueHash">Of all contents together.</param>
/// <param name="Changed">What came, went or changed: <c>lab/deploy-ai-app</c> and the like.</param>
/// <param name="By">Who asked for it; empty where Academy noticed by itself.</param>
public sealed record CurriculumReloaded(Guid HistoryId, string CatalogueHash, IReadOnlyList<string> Changed, Guid By, DateTimeOffset At);

/// <summary>Which content of the curriculum was in use when.</summary>
public sealed record CurriculumHistory(Guid Id, string CatalogueHash, DateTimeOffset ReloadedAt) : IState<CurriculumHistory>
{
    public static CurriculumHistory? Fold(CurriculumHistory? state, object @event) => @event switch
    {
        CurriculumReloaded e => new(e.HistoryId, e.CatalogueHash, e.At),
        _ => state,
    };

    public static Decision Reload(CurriculumHistory? state, Guid id, string hash, IReadOnlyList<string> changed, Guid by, DateTimeOffset at) =>
        state?.CatalogueHash == hash ? Decision.Nothing : Decision.Record(new CurriculumReloaded(id, hash, changed, by, at));
}
