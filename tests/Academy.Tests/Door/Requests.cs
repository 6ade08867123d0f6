using System.Reflection;
using Academy.Features;
using Academy.Features.Door;
using MediatR;

namespace Academy.Tests.Door;

/// <summary>What every request through the door must have. Each rule names the types that break it.</summary>
internal static class Requests
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. new[] { typeof(FeatureServices).Assembly, typeof(Host.Setup.AcademySettings).Assembly, Assembly.Load("Academy.Agent") }
            .SelectMany(a => a.GetTypes())
            .Where(t => !t.IsAbstract && ReplyOf(t) is not null),
    ];

    public static IEnumerable<string> WithoutAudience(IEnumerable<Type> requests) =>
        requests.Where(t => t.GetCustomAttribute<AudienceAttribute>() is null).Select(t => $"{t.Name} has no [Audience]");

    public static IEnumerable<string> WithUnknownAudience(IEnumerable<Type> requests) =>
        from type in requests
        from role in type.GetCustomAttribute<AudienceAttribute>()?.Roles ?? []
        where role != Actor.SystemRole && !Academy.Domain.Roles.All.Contains(role)
        select $"{type.Name} is for '{role}', which nobody is";

    public static IEnumerable<string> WithoutHandler(IEnumerable<Type> requests, IReadOnlyList<Type> handlers) =>
        from type in requests
        let contract = typeof(IRequestHandler<,>).MakeGenericType(type, ReplyOf(type)!)
        let found = handlers.Count(h => contract.IsAssignableFrom(h))
        where found != 1
        select $"{type.Name} has {found} handlers";

    /// <summary>Only these two kinds pass the whole door: what records must say so, or nothing of it would be saved.</summary>
    public static IEnumerable<string> NeitherCommandNorQuery(IEnumerable<Type> requests) =>
        requests.Where(t => !Is(t, typeof(IAcademyCommand<>)) && !Is(t, typeof(IAcademyQuery<>))).Select(t => $"{t.Name} is neither a command nor a query");

    private static bool Is(Type type, Type contract) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract);

    private static Type? ReplyOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>))?.GetGenericArguments()[0];
}
