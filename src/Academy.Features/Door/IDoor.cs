using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.Features.Door;

/// <summary>The one way in. Each request has a scope, a session and a transaction of its own.</summary>
public interface IDoor
{
    Task<Result<T>> Send<T>(IRequest<Result<T>> request, IActor actor, CancellationToken ct);
}

internal sealed class AcademyDoor(IServiceScopeFactory scopes) : IDoor
{
    public async Task<Result<T>> Send<T>(IRequest<Result<T>> request, IActor actor, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Value = actor;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ct);
    }
}
