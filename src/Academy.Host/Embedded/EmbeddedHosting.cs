using System.Runtime.InteropServices;

namespace Academy.Host.Embedded;

/// <summary>How Program.cs takes the embedded mode in: one call before the application is built, one on its builder.</summary>
public static class EmbeddedHosting
{
    /// <summary>Null without --embedded. On trouble it prints one message and ends the process with the right code.</summary>
    public static async Task<EmbeddedPostgres?> StartIfAsked(string[] args)
    {
        if (!EmbeddedOptions.IsAsked(args))
        {
            return null;
        }

        // The application handles signals once it runs; until then a signal must not leave half a start behind.
        using var stop = new CancellationTokenSource();
        var signals = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, context => { context.Cancel = true; stop.Cancel(); }))
            .ToList();
        try
        {
            return await EmbeddedPostgres.StartAsync(EmbeddedOptions.Parse(args), Console.Out, stop.Token);
        }
        catch (EmbeddedException trouble)
        {
            await Console.Error.WriteLineAsync(trouble.Message);
            Environment.Exit(trouble.ExitCode);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The data folder cannot be used: {trouble.Message}");
            Environment.Exit(1);
        }
        catch (Npgsql.NpgsqlException trouble)
        {
            await Console.Error.WriteLineAsync($"The database in the data folder does not let us in: {trouble.Message}");
            Environment.Exit(1);
        }
        catch (OperationCanceledException)
        {
            Environment.Exit(130);
        }
        finally
        {
            signals.ForEach(signal => signal.Dispose());
        }

        return null;
    }

    /// <summary>
    /// Gives the application its database, master key and address, and a watch that is started first and stopped last.
    /// Call it before anything reads the configuration.
    /// </summary>
    public static void UseEmbedded(this WebApplicationBuilder builder, EmbeddedPostgres? embedded)
    {
        if (embedded is null)
        {
            return;
        }

        builder.Configuration["ConnectionStrings:Academy"] = embedded.ConnectionString;
        builder.Configuration["Academy:MasterKey"] = embedded.MasterKey;
        builder.Configuration["Academy:Embedded"] = "true";
        builder.Configuration["Academy:PublicUrl"] ??= embedded.Url;
        builder.WebHost.UseUrls(embedded.Url);
        builder.Services.AddSingleton(embedded);
        builder.Services.AddHostedService<EmbeddedWatch>();
    }
}
