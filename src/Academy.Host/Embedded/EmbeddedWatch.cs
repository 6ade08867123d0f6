using System.Runtime.InteropServices;

namespace Academy.Host.Embedded;

/// <summary>Revives PostgreSQL when it was killed, stops it after everything else has stopped, and takes a hang-up as a wish to stop.</summary>
internal sealed class EmbeddedWatch(EmbeddedPostgres postgres, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<EmbeddedWatch> logger)
    : BackgroundService
{
    private PosixSignalRegistration? _hangUp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            lifetime.StopApplication();
        });
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await postgres.Revive(stoppingToken))
                {
                    logger.LogWarning("PostgreSQL had gone and was started again");
                }
            }
            catch (EmbeddedException trouble)
            {
                logger.LogError("{Trouble}", trouble.Message);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await postgres.StopAsync(CancellationToken.None);
        _hangUp?.Dispose();
    }
}
