using Academy.Domain.Attempts;
using Academy.Domain.Conversations;
using Academy.Features.Attempting;

namespace Academy.Features.Maintaining;

/// <summary>What there is to do in an organisation, for the jobs that do it.</summary>
public sealed record Overdue(string Tenant, Guid Id);

/// <summary>Looks across organisations for what is overdue. What is found is dealt with through the door, one by one.</summary>
public sealed class Upkeep(IDocumentStore store)
{
    private const int MostAtOnce = 500;

    /// <summary>Attempts that nobody has touched since.</summary>
    public Task<IReadOnlyList<Overdue>> IdleAttempts(DateTimeOffset since, CancellationToken ct) =>
        Find<AttemptView>(q => q.Where(a => a.Status == AttemptStatus.Active && a.LastActivity <= since), a => a.Id, ct);

    /// <summary>Replies to which nothing was added since.</summary>
    public Task<IReadOnlyList<Overdue>> SilentReplies(DateTimeOffset since, CancellationToken ct) =>
        Find<Conversation>(q => q.Where(c => c.Open != null && c.LastActivity <= since), c => c.Id, ct);

    private async Task<IReadOnlyList<Overdue>> Find<T>(Func<IQueryable<T>, IQueryable<T>> which, Func<T, Guid> id, CancellationToken ct)
        where T : class
    {
        var found = new List<Overdue>();
        foreach (var tenant in await Tenants(ct))
        {
            await using var session = store.QuerySession(tenant);
            found.AddRange((await which(session.Query<T>()).Take(MostAtOnce).ToListAsync(ct)).Select(d => new Overdue(tenant, id(d))));
        }

        return found;
    }

    public async Task<IReadOnlyList<string>> Tenants(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return await session.AdvancedSql.QueryAsync<string>($"select distinct tenant_id from {AcademyStore.Schema}.mt_streams", ct);
    }
}

/// <summary>Forgets replies that nobody will ask for again.</summary>
[Audience(Actor.SystemRole)]
public sealed record PurgeReceipts(DateTimeOffset Before) : IAcademyCommand<Done>;

internal sealed class PurgeReceiptsHandler(IDocumentSession session) : IRequestHandler<PurgeReceipts, Result<Done>>
{
    public Task<Result<Done>> Handle(PurgeReceipts request, CancellationToken cancellationToken)
    {
        session.DeleteWhere<Receipt>(r => r.At < request.Before);
        return Task.FromResult<Result<Done>>(Done.Instance);
    }
}
