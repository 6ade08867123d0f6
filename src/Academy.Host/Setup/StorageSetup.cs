using Academy.Agent;
using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Curriculum;
using Academy.Features;
using Academy.Features.Door.Sealing;
using Academy.Features.Publishing;
using Academy.Features.Storing;
using Marten;
using Npgsql;

namespace Academy.Host.Setup;

/// <summary>PostgreSQL, the event store, and what reads the outside world.</summary>
internal static class StorageSetup
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString("Academy");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new InvalidOperationException("ConnectionStrings:Academy is missing: say where PostgreSQL is, or start with --embedded.");
        }

        builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder(connectionString).Build());
        builder.Services
            .AddMarten(s =>
            {
                var options = new StoreOptions();
                options.Connection(s.GetRequiredService<NpgsqlDataSource>());
                options.OpenTelemetry.TrackConnections = JasperFx.OpenTelemetry.TrackLevel.Normal;
                AcademyStore.Configure(options);
                return options;
            })
            .ApplyAllDatabaseChangesOnStartup();
        builder.Services.AddSingleton(s => new MasterCipher(s.Settings().MasterKey));
        builder.Services.AddSingleton<IClusterReader>(s => new ClusterReader(s.GetRequiredService<ClustersOptions>(), s.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IClassrooms>(s => new ClassroomClients(s.GetRequiredService<ClustersOptions>()));
        builder.Services.AddFeatures();
        builder.Services.AddHostedService<WarmUp>();
        builder.Services.AddAssistant(builder.Configuration);
    }

    /// <summary>Makes the schema of the database what this version needs, and ends.</summary>
    public static Task MigrateAsync(this WebApplication app) =>
        app.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();

    public static void AddCurriculum(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Academy:Curriculum"] ?? builder.Environment.ShippedFolder("curriculum");
        var loaded = CatalogLoader.Load(folder);
        builder.Services.AddSingleton(new CurriculumShelf(folder, loaded.Catalog
            ?? throw new InvalidOperationException($"The curriculum in {folder} has mistakes:\n  {string.Join("\n  ", loaded.Problems)}")));
    }
}
