using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;

namespace Academy.Features.Door;

/// <summary>The outermost behaviour: a span and a count for every request, whoever sent it.</summary>
internal sealed class Trace<TRequest, TReply>(IActor actor) : IPipelineBehavior<TRequest, TReply>
    where TRequest : IRequest<TReply>
    where TReply : IReply<TReply>
{
    public async Task<TReply> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TReply> next)
    {
        var name = typeof(TRequest).Name;
        using var activity = DoorTelemetry.Source.StartActivity(name);
        activity?.SetTag("academy.tenant", actor.Tenant);
        var started = Stopwatch.GetTimestamp();
        var outcome = "failed";
        try
        {
            var reply = await next();
            outcome = reply.Refusal?.Code ?? "done";
            activity?.SetTag("academy.outcome", outcome);
            return reply;
        }
        catch (Exception trouble)
        {
            activity?.SetStatus(ActivityStatusCode.Error, trouble.GetType().Name);
            throw;
        }
        finally
        {
            DoorTelemetry.Duration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds, new("request", name), new("outcome", outcome));
        }
    }
}

public static class DoorTelemetry
{
    public const string Name = "Academy.Door";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("academy.door.duration", "s", "Time from the door to the reply");
}
