namespace Academy.IntegrationTests.Api;

/// <summary>A server for one test class, which may move its clock: <c>IClassFixture&lt;OwnAcademy&gt;</c>.</summary>
public class OwnAcademy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task<AcademyServer>? _server;

    protected virtual ServerOptions Options { get; } = new();

    public Task<AcademyServer> Server(PostgresFixture postgres)
    {
        lock (_gate)
        {
            return _server ??= AcademyServer.Start(postgres, Options);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsCompletedSuccessfully: true })
        {
            await (await _server).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
