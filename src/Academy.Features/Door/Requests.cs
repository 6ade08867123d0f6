using Academy.Domain;
using MediatR;

namespace Academy.Features.Door;

/// <summary>What comes back through the door: a value or a refusal.</summary>
public interface IReply<TSelf>
    where TSelf : IReply<TSelf>
{
    Refusal? Refusal { get; }

    static abstract TSelf Refused(Refusal refusal);
}

/// <summary>A value, or why there is none.</summary>
public sealed record Result<T>(T? Value, Refusal? Refusal) : IReply<Result<T>>
{
    public static Result<T> Refused(Refusal refusal) => new(default, refusal);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => Refused(refusal);
}

/// <summary>Marks what records something, whatever its reply.</summary>
public interface IRecords;

/// <summary>Marks a command whose reply is kept nowhere, not even enciphered: the same idempotency key does it again.</summary>
public interface IShownOnce;

/// <summary>A request that records something.</summary>
public interface IAcademyCommand<T> : IRequest<Result<T>>, IRecords;

/// <summary>A request that only reads.</summary>
public interface IAcademyQuery<T> : IRequest<Result<T>>;

/// <summary>Who may send a request. Every request has this attribute: <c>[Audience(Roles.Mentor)]</c>.</summary>
/// <param name="roles">One of these is enough. None: everybody who is signed in.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AudienceAttribute(params string[] roles) : Attribute
{
    public IReadOnlyList<string> Roles { get; } = roles;
}

/// <summary>The reply of a command that has nothing to tell but that it was done.</summary>
public sealed record Done
{
    public static Done Instance { get; } = new();
}
