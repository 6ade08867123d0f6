using System.Threading.Channels;
using Academy.Curriculum;
using Academy.Domain.Enrolments;
using Academy.Features.Maintaining;
using Marten.Services;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Academy.Features.Progressing;

/// <summary>
/// Looks, after something of a student's was passed, whether a course of theirs is complete with it; through the door, in a transaction
/// of its own. Should the process die in between, the next start looks at every enrolment that is open.
/// </summary>
public sealed class CompletionReaction(IDocumentStore store, IDoor door, Upkeep upkeep, ILogger<CompletionReaction> logger) : BackgroundService
{
    private const int MostAtStart = 10_000;

    private readonly Channel<(string Tenant, Guid Student)> _waiting = Channel.CreateUnbounded<(string, Guid)>();

    /// <summary>Looks once the session has committed.</summary>
    public void Announce(IDocumentSession session, string tenant, Guid student) => session.Listeners.Add(new Announcement(_waiting.Writer, tenant, student));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Recall(stoppingToken);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            logger.LogWarning(trouble, "Could not look for courses that were completed while Academy was away");
        }

        await foreach (var (tenant, student) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await door.Send(new CompleteCourses(student), Actor.System(tenant), stoppingToken);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                logger.LogWarning(trouble, "Could not look whether a course is complete");
            }
        }
    }

    private async Task Recall(CancellationToken ct)
    {
        foreach (var tenant in await upkeep.Tenants(ct))
        {
            await using var session = store.QuerySession(tenant);
            var open = await session.Query<Enrolment>().Where(e => e.CompletedAt == null && !e.Withdrawn).Take(MostAtStart).ToListAsync(ct);
            foreach (var student in open.Select(e => e.StudentId).Distinct())
            {
                _waiting.Writer.TryWrite((tenant, student));
            }
        }
    }

    private sealed class Announcement(ChannelWriter<(string, Guid)> waiting, string tenant, Guid student) : DocumentSessionListenerBase
    {
        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            waiting.TryWrite((tenant, student));
            return Task.CompletedTask;
        }
    }
}

/// <summary>Records of every course of a student whether it is complete now.</summary>
[Audience(Actor.SystemRole)]
public sealed record CompleteCourses(Guid StudentId) : IAcademyCommand<Done>;

internal sealed class CompleteCoursesHandler(IDocumentSession session, Catalog catalog, Publishing.Contents contents, TimeProvider clock) : IRequestHandler<CompleteCourses, Result<Done>>
{
    public async Task<Result<Done>> Handle(CompleteCourses request, CancellationToken cancellationToken)
    {
        var facts = await Facts.Of(session, request.StudentId, cancellationToken);
        foreach (var enrolment in facts.Enrolments.Where(e => e is { CompletedAt: null, Withdrawn: false }))
        {
            var course = await contents.Course(enrolment.CourseId, enrolment.CourseHash, cancellationToken);
            List<CoursePart> parts = course is null ? [] : [.. CoursePart.Of(course, enrolment, facts.Feats, catalog)];
            if (parts.Count > 0)
            {
                // That a part is missing is the usual answer here, and no trouble.
                var stream = await session.Events.FetchForWriting<Enrolment>(enrolment.Id, cancellationToken);
                stream.AppendMany(stream.Aggregate!.Complete([.. parts.Where(p => !p.Done).Select(p => $"{p.Kind} {p.Id}")], clock.GetUtcNow()).Events);
            }
        }

        return Done.Instance;
    }
}
