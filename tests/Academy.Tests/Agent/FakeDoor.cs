using Academy.Domain;
using Academy.Features.Door;
using MediatR;

namespace Academy.Tests.Agent;

/// <summary>Answers requests from prepared values, and keeps what was sent by whom.</summary>
internal sealed class FakeDoor : IDoor
{
    private readonly Dictionary<Type, Func<object, object>> _answers = [];
    private readonly Lock _gate = new();

    public List<object> Sent { get; } = [];

    public List<IActor> Actors { get; } = [];

    public FakeDoor On<TRequest, T>(Func<TRequest, Result<T>> answer)
        where TRequest : IRequest<Result<T>>
    {
        _answers[typeof(TRequest)] = request => answer((TRequest)request);
        return this;
    }

    /// <summary>Nothing is answered before this is done.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    public async Task<Result<T>> Send<T>(IRequest<Result<T>> request, IActor actor, CancellationToken ct)
    {
        await Open.WaitAsync(ct);
        lock (_gate)
        {
            Sent.Add(request);
            Actors.Add(actor);
        }

        return _answers.TryGetValue(request.GetType(), out var answer)
            ? (Result<T>)answer(request)
            : Result<T>.Refused(new Refusal(RefusalKind.NotFound, "fake.unknown", $"Nothing was prepared for {request.GetType().Name}."));
    }
}
