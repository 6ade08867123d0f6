using Academy.Domain.Classrooms;
using Academy.Domain.Environments;
using Academy.Features.Maintaining;

namespace Academy.Features.Provisioning;

/// <summary>Looks across organisations for environments with which something is to be done, the longest waiting first.</summary>
public sealed class DueEnvironments(IDocumentStore store)
{
    private const string Environments = $"{AcademyStore.Schema}.mt_doc_attemptenvironment";
    private const string Due = "(e.data->>'remains')::boolean and coalesce((e.data->>'nextTry')::timestamptz, '-infinity') <= ?";

    /// <summary>To be made, put to sleep, woken, or marked with a new expiry.</summary>
    public Task<IReadOnlyList<Overdue>> Work(DateTimeOffset now, CancellationToken ct) => Find(
        $"""
        {Due} and (e.data->>'status' in ('{nameof(EnvironmentStatus.Requested)}', '{nameof(EnvironmentStatus.FallingAsleep)}', '{nameof(EnvironmentStatus.Waking)}')
          or (e.data->>'status' in ('{nameof(EnvironmentStatus.Ready)}', '{nameof(EnvironmentStatus.Asleep)}') and e.data->>'markedExpiry' is distinct from e.data->>'expiresAt'))
        """,
        ct, now);

    /// <summary>To be removed.</summary>
    public Task<IReadOnlyList<Overdue>> Removal(DateTimeOffset now, CancellationToken ct) =>
        Find($"{Due} and e.data->>'status' in ('{nameof(EnvironmentStatus.Ending)}', '{nameof(EnvironmentStatus.Failed)}')", ct, now);

    /// <summary>Whose end is near or past, whose attempt is over, or whose student was erased.</summary>
    /// <param name="until">The time until which an end is near.</param>
    public Task<IReadOnlyList<Overdue>> Ending(DateTimeOffset now, DateTimeOffset until, CancellationToken ct) => Find(
        $"""
        (e.data->>'remains')::boolean and e.data->>'status' not in ('{nameof(EnvironmentStatus.Ending)}', '{nameof(EnvironmentStatus.Failed)}')
          and ((e.data->>'expiresAt')::timestamptz <= ?
            or (not (e.data->>'warned')::boolean and (e.data->>'expiresAt')::timestamptz <= ?)
            or exists (select 1 from {AcademyStore.Schema}.mt_doc_attempt a where a.tenant_id = e.tenant_id and a.id = (e.data->>'attemptId')::uuid and a.data->>'status' in ('Abandoned', 'Expired'))
            or exists (select 1 from {AcademyStore.Schema}.mt_doc_person p where p.tenant_id = e.tenant_id and p.id = (e.data->>'studentId')::uuid and (p.data->>'erased')::boolean))
        """,
        ct, now, until);

    /// <summary>Every classroom, to be swept.</summary>
    public async Task<IReadOnlyList<Overdue>> Classrooms(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return Read(await session.AdvancedSql.QueryAsync<string>(
            $"select c.id::text || ' ' || c.tenant_id from {AcademyStore.Schema}.mt_doc_{nameof(Classroom).ToLowerInvariant()} c where not (c.data->>'removed')::boolean", ct));
    }

    private async Task<IReadOnlyList<Overdue>> Find(string which, CancellationToken ct, params object[] parameters)
    {
        await using var session = store.QuerySession();
        return Read(await session.AdvancedSql.QueryAsync<string>($"select e.id::text || ' ' || e.tenant_id from {Environments} e where {which} order by e.mt_last_modified limit 500", ct, parameters));
    }

    private static List<Overdue> Read(IEnumerable<string> rows) => [.. rows.Select(r => new Overdue(r[37..], Guid.Parse(r[..36])))];
}
