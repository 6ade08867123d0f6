using Academy.Clusters;
using Academy.Domain.Classrooms;
using Academy.Domain.Environments;
using Academy.Features.Connecting;

namespace Academy.Features.Provisioning;

/// <param name="Environments">How many are on it now.</param>
public sealed record ClassroomView(Guid Id, string Name, int MaxEnvironments, int Environments, DateTimeOffset RegisteredAt);

/// <summary>Registers a cluster on which Academy makes environments. Its credentials are enciphered at once and never read back.</summary>
/// <param name="Kubeconfig">YAML, with certificates and tokens as values.</param>
/// <param name="Context">The file's current context where it is not given.</param>
/// <param name="MaxEnvironments">At a time, 1 to 1,000; 50 where it is not given.</param>
[Audience(Roles.Administrator)]
public sealed record RegisterClassroom(string Name, string Kubeconfig, string? Context = null, int? MaxEnvironments = null) : IAcademyCommand<ClassroomView>;

internal sealed class RegisterClassroomValidator : AbstractValidator<RegisterClassroom>
{
    public RegisterClassroomValidator()
    {
        RuleFor(c => c.Name).MustBeName();
        RuleFor(c => c.Kubeconfig).NotEmpty();
        RuleFor(c => c.MaxEnvironments).InclusiveBetween(1, 1000);
    }
}

internal sealed class RegisterClassroomHandler(IDocumentSession session, IActor actor, ClassroomAccess classrooms, ClustersOptions options, TimeProvider clock)
    : IRequestHandler<RegisterClassroom, Result<ClassroomView>>
{
    private const int UsualEnvironments = 50;

    public async Task<Result<ClassroomView>> Handle(RegisterClassroom request, CancellationToken cancellationToken)
    {
        var vetted = Vetting.Connection(request.Kubeconfig, request.Context, options);
        if (vetted.Value is not { } connection)
        {
            return vetted.Refusal!;
        }

        var survey = await classrooms.Survey(connection, cancellationToken);
        if (survey.Value is not { } seen)
        {
            return survey.Refusal!;
        }

        if (await session.Query<Classroom>().AnyAsync(c => !c.Removed && c.ClusterUid == seen.ClusterUid, cancellationToken))
        {
            return new Refusal(RefusalKind.Conflict, "classroom.exists", "This cluster is a classroom already. Renew its credentials instead.");
        }

        var registered = new ClassroomRegistered(
            Guid.CreateVersion7(clock.GetUtcNow()), request.Name.Trim(), seen.ClusterUid, request.MaxEnvironments ?? UsualEnvironments, actor.Id, clock.GetUtcNow());
        session.Events.StartStream<Classroom>(registered.ClassroomId, registered);
        session.Store(classrooms.Seal(registered.ClassroomId, connection));
        return new ClassroomView(registered.ClassroomId, registered.Name, registered.MaxEnvironments, 0, registered.At);
    }
}

internal sealed class RegisterClassroomEndpoint(IDoor door) : DoorEndpoint<RegisterClassroom, ClassroomView>(door)
{
    public override void Configure() => Describe("POST", "classrooms", "An administrator registers a cluster for environments with a kubeconfig");
}

/// <summary>Replaces the credentials of a classroom; they must lead to the same cluster.</summary>
[Audience(Roles.Administrator)]
public sealed record RenewClassroom(Guid ClassroomId, string Kubeconfig, string? Context = null) : IAcademyCommand<Done>;

internal sealed class RenewClassroomValidator : AbstractValidator<RenewClassroom>
{
    public RenewClassroomValidator() => RuleFor(c => c.Kubeconfig).NotEmpty();
}

internal sealed class RenewClassroomHandler(IDocumentSession session, IActor actor, ClassroomAccess classrooms, ClustersOptions options, TimeProvider clock)
    : IRequestHandler<RenewClassroom, Result<Done>>
{
    public async Task<Result<Done>> Handle(RenewClassroom request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Classroom>(request.ClassroomId, cancellationToken) is not { Removed: false })
        {
            return Refusals.NotFound<Classroom>(request.ClassroomId);
        }

        var vetted = Vetting.Connection(request.Kubeconfig, request.Context, options);
        if (vetted.Value is not { } connection)
        {
            return vetted.Refusal!;
        }

        var survey = await classrooms.Survey(connection, cancellationToken);
        if (survey.Value is not { } seen)
        {
            return survey.Refusal!;
        }

        session.Store(classrooms.Seal(request.ClassroomId, connection));
        return await session.Decide<Classroom>(request.ClassroomId, actor, c => c.Renew(seen.ClusterUid, actor.Id, clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class RenewClassroomEndpoint(IDoor door) : DoorEndpoint<RenewClassroom, Done>(door)
{
    public override void Configure() => Describe("POST", "classrooms/{classroomId}/kubeconfig", "Replaces the credentials of a classroom");
}

/// <summary>Forgets a classroom and its credentials, once no environment is left on it.</summary>
[Audience(Roles.Administrator)]
public sealed record RemoveClassroom(Guid ClassroomId) : IAcademyCommand<Done>;

internal sealed class RemoveClassroomHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<RemoveClassroom, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemoveClassroom request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Classroom>(request.ClassroomId, cancellationToken) is null)
        {
            return Refusals.NotFound<Classroom>(request.ClassroomId);
        }

        var remaining = await session.Query<AttemptEnvironment>().CountAsync(e => e.Remains && e.ClassroomId == request.ClassroomId, cancellationToken);
        session.Delete<ClassroomCredentials>(request.ClassroomId);
        return await session.Decide<Classroom>(request.ClassroomId, actor, c => c.Remove(remaining, actor.Id, clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class RemoveClassroomEndpoint(IDoor door) : DoorEndpoint<RemoveClassroom, Done>(door)
{
    public override void Configure() => Describe("DELETE", "classrooms/{classroomId}", "Forgets a classroom on which no environment is left");
}

[Audience(Roles.Administrator, Roles.Instructor)]
public sealed record ListClassrooms(string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<ClassroomView>>, IPaged;

internal sealed class ListClassroomsValidator : AbstractValidator<ListClassrooms>
{
    public ListClassroomsValidator() => this.RulesForPaging();
}

internal sealed class ListClassroomsHandler(IQuerySession session) : IRequestHandler<ListClassrooms, Result<Page<ClassroomView>>>
{
    public async Task<Result<Page<ClassroomView>>> Handle(ListClassrooms request, CancellationToken cancellationToken)
    {
        var held = await session.EnvironmentsPerClassroom(cancellationToken);
        return await session.Query<Classroom>().Where(c => !c.Removed)
            .ToPage(request, c => new ClassroomView(c.Id, c.Name, c.MaxEnvironments, held.GetValueOrDefault(c.Id), c.RegisteredAt), cancellationToken);
    }
}

internal sealed class ListClassroomsEndpoint(IDoor door) : DoorEndpoint<ListClassrooms, Page<ClassroomView>>(door)
{
    public override void Configure() => Describe("GET", "classrooms", "The organisation's classrooms and how full they are");
}

internal static class Occupancy
{
    public static async Task<Dictionary<Guid, int>> EnvironmentsPerClassroom(this IQuerySession session, CancellationToken ct) =>
        (await session.Query<AttemptEnvironment>().Where(e => e.Remains).Select(e => e.ClassroomId).ToListAsync(ct)).CountBy(id => id).ToDictionary();
}
