using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>Stands before the real classrooms of a server, and lets nothing through while it is away.</summary>
internal sealed class SometimesAway
{
    private volatile bool _away;

    public bool IsAway { get => _away; set => _away = value; }

    public void StandBefore(IServiceCollection services)
    {
        var real = services.Last(s => s.ServiceType == typeof(IClassrooms)).ImplementationFactory!;
        services.AddSingleton<IClassrooms>(s => new Doorkeeper(this, (IClassrooms)real(s)));
    }

    private sealed class Doorkeeper(SometimesAway away, IClassrooms rooms) : IClassrooms
    {
        public IClassroomServer Open(ClusterConnection connection) => new Server(away, rooms.Open(connection));
    }

    private sealed class Server(SometimesAway away, IClassroomServer server) : IClassroomServer
    {
        public Task<ClassroomAnswer> SendAsync(ClassroomCall call, CancellationToken ct) =>
            away.IsAway ? throw new ClusterReadException("cluster.unreachable", "The server cannot be reached.") : server.SendAsync(call, ct);

        public void Dispose() => server.Dispose();
    }
}
