using Academy.Domain;

namespace Academy.Features.Door;

/// <summary>On whose behalf a request is sent, and under which terms. Whoever calls supplies it: HTTP, a plugin, a job.</summary>
public interface IActor
{
    /// <summary>The organisation; nothing of another one can be seen or changed.</summary>
    string Tenant { get; }

    Guid Id { get; }

    IReadOnlyCollection<string> Roles { get; }

    /// <summary>What the access token allows at most; null: everything its person may do.</summary>
    IReadOnlyCollection<string>? Scopes { get; }

    /// <summary>The same key with the same request gives the first reply again.</summary>
    string? IdempotencyKey { get; }

    /// <summary>The version of the stream that the caller read; a command is refused where the stream has moved on.</summary>
    long? ExpectedVersion { get; }
}

public sealed record Actor(string Tenant, Guid Id, IReadOnlyCollection<string> Roles) : IActor
{
    public const string DefaultTenant = "default";

    public IReadOnlyCollection<string>? Scopes { get; init; }

    public string? IdempotencyKey { get; init; }

    public long? ExpectedVersion { get; init; }

    /// <summary>Academy's own jobs, in one organisation.</summary>
    public static Actor System(string tenant) => new(tenant, Guid.Empty, [SystemRole]);

    /// <summary>Nobody outside can have this role.</summary>
    public const string SystemRole = "system";
}

public static class ActorQuestions
{
    public static bool Is(this IActor actor, string role) => actor.Roles.Contains(role);

    /// <summary>Whether the caller teaches or runs the organisation, and so sees every student.</summary>
    public static bool IsStaff(this IActor actor) =>
        actor.Is(Roles.Instructor) || actor.Is(Roles.Administrator) || actor.Is(Roles.Integration) || actor.Is(Actor.SystemRole);
}

/// <summary>The actor of the current scope, set by the door before anything else is built.</summary>
internal sealed class CurrentActor
{
    private IActor? _actor;

    public IActor Value { get => _actor ?? throw new InvalidOperationException("Nothing is sent past the door."); set => _actor = value; }
}
