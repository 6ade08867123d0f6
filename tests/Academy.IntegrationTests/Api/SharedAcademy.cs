using Academy.IntegrationTests.Api;

[assembly: AssemblyFixture(typeof(SharedAcademy))]

namespace Academy.IntegrationTests.Api;

/// <summary>
/// One server for all tests that need nothing special of it: <c>public sealed class My_tests(SharedAcademy shared, PostgresFixture postgres)</c>,
/// then <c>var academy = await shared.Server(postgres)</c>. Its clock is not moved: who needs that starts a server of their own.
/// </summary>
public sealed class SharedAcademy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<AcademyServer>? _server;

    public Task<AcademyServer> Server(PostgresFixture postgres)
    {
        lock (_gate)
        {
            return _server ??= AcademyServer.Start(postgres);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsCompletedSuccessfully: true })
        {
            await (await _server).DisposeAsync();
        }
    }
}
