using Academy.Clusters.Classrooms;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>The process ends here, as far as the code under test can tell: nothing catches it.</summary>
internal sealed class KilledException : Exception;

/// <summary>Passes everything on to a real server, counts it, and ends the process at one request: before it is sent, or before its answer is read.</summary>
internal sealed class FaultyClassroom(IClassroomServer server, int killAt = int.MaxValue, bool afterSending = false) : IClassroomServer
{
    /// <summary>Requests so far.</summary>
    public int Count { get; private set; }

    public List<string> Calls { get; } = [];

    public async Task<ClassroomAnswer> SendAsync(ClassroomCall call, CancellationToken ct)
    {
        var kill = ++Count == killAt;
        Calls.Add($"{call.Method} {call.Path}");
        if (kill && !afterSending)
        {
            throw new KilledException();
        }

        var answer = await server.SendAsync(call, ct);
        return kill ? throw new KilledException() : answer;
    }

    public void Dispose() => server.Dispose();
}
