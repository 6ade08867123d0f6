using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Clusters;
using Academy.Features.Connecting;
using Academy.Features.Provisioning;

namespace Academy.Features.Attempting;

/// <param name="ClusterId">The main cluster, one of the student's; a place in a classroom of the organisation where it is not given and the lab needs a cluster.</param>
/// <param name="Namespace">Where the student works; the lab's own where it is not given. In a classroom it is given to the student.</param>
/// <param name="Clusters">For a lab on several clusters: id in the lab → cluster, for all but the main one.</param>
[Audience(Roles.Student)]
public sealed record StartAttempt(string LabId, Guid? ClusterId = null, string? Namespace = null, IReadOnlyDictionary<string, Guid>? Clusters = null)
    : IAcademyCommand<AttemptView>;

internal sealed class StartAttemptValidator : AbstractValidator<StartAttempt>
{
    public StartAttemptValidator()
    {
        RuleFor(c => c.Namespace).MustBeNamespace();
        RuleFor(c => c.Namespace).Null().When(c => c.ClusterId is null).WithMessage("In a classroom the namespace is given to you.");
        RuleFor(c => c.Clusters).Must(c => c is null || c.Count <= 8).WithMessage("At most 8 clusters.");
    }
}

/// <summary>The n-th time that a student begins a lab of limited attempts: two at one moment cannot both be it.</summary>
public sealed record AttemptTicket(Guid Id);

internal sealed class StartAttemptHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock)
    : IRequestHandler<StartAttempt, Result<AttemptView>>
{
    public async Task<Result<AttemptView>> Handle(StartAttempt request, CancellationToken cancellationToken)
    {
        if (catalog.FindLab(request.LabId) is not { } lab)
        {
            return Refusals.NotFound<Lab>(request.LabId);
        }

        var others = request.Clusters ?? new Dictionary<string, Guid>();
        if (Mistake(lab, others) is { } mistake)
        {
            return mistake;
        }

        foreach (var other in others.Values)
        {
            if ((await Own(other, cancellationToken)).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        var attempt = Guid.CreateVersion7(clock.GetUtcNow());
        Cluster? main = null;
        if (request.ClusterId is not null || lab.NeedsCluster)
        {
            var found = request.ClusterId is { } id
                ? await Own(id, cancellationToken)
                : await session.TakePlace(actor, attempt, lab.Title, clock, cancellationToken);
            if (found.Value is not { } cluster)
            {
                return found.Refusal!;
            }

            main = cluster;
        }

        var ns = main?.Kind == ClusterKind.Classroom ? EnvironmentNames.Namespace(attempt) : request.Namespace ?? catalog.NamespaceOf(main) ?? lab.Namespace;
        return await Start(new AttemptStarted(
            attempt, actor.Id, lab.Id, lab.Version, main?.Id, ns,
            [.. lab.Steps.Select(s => s.Id)], lab.Policy.Exam ? 0 : lab.Hints.MaxRung, clock.GetUtcNow(), lab.ContentHash,
            new AttemptPolicy(lab.PassingScore, lab.Policy.Exam, lab.Policy is { Assistant: true, Exam: false }), others.Count > 0 ? others : null), lab, cancellationToken);
    }

    private async Task<Result<AttemptView>> Start(AttemptStarted started, Lab lab, CancellationToken ct)
    {
        var earlier = lab.Attempts is null ? 0 : await session.Query<AttemptView>().CountAsync(a => a.StudentId == actor.Id && a.LabId == lab.Id, ct);
        if (Attempt.Start(started, earlier, lab.Attempts).Refusal is { } refusal)
        {
            return refusal;
        }

        if (lab.Attempts is not null)
        {
            session.Insert(new AttemptTicket(Ids.From("attempt", actor.Tenant, actor.Id, lab.Id, earlier)));
        }

        session.Events.StartStream<Attempt>(started.AttemptId, started);
        return AttemptView.Fold(null, started)!;
    }

    // A place in a classroom is another attempt's, and stays with it.
    private async Task<Result<Cluster>> Own(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Cluster>(id, ct) is { Removed: false, Kind: not ClusterKind.Classroom } cluster && cluster.OwnerId == actor.Id
            ? cluster
            : Refusals.NotFound<Cluster>(id);

    private static Refusal? Mistake(Lab lab, IReadOnlyDictionary<string, Guid> others)
    {
        var wanted = lab.Clusters.Skip(1).Select(c => c.Id).ToHashSet();
        return others.Keys.FirstOrDefault(k => !wanted.Contains(k)) is { } unknown ? Missing($"clusters.{unknown}", "This lab has no such cluster beside its main one.")
            : wanted.FirstOrDefault(k => !others.ContainsKey(k)) is { } missing ? Missing($"clusters.{missing}", "This lab is done on several clusters; say which this one is.")
            : null;
    }

    private static Refusal Missing(string field, string message) =>
        new(RefusalKind.Invalid, "input.invalid", "Some of the input is not acceptable; see errors.") { Fields = [new FieldError(field, message)] };
}

internal sealed class StartAttemptEndpoint(IDoor door) : DoorEndpoint<StartAttempt, AttemptView>(door)
{
    public override void Configure() => Describe("POST", "attempts", "A student starts a lab on a cluster");
}
