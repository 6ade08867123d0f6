using System.ComponentModel.DataAnnotations;
using Academy.Clusters;
using Academy.Features.Attempting;
using Academy.Features.Conversing;
using Academy.Features.Provisioning;
using Academy.Features.Publishing;
using Microsoft.Extensions.Options;

namespace Academy.Host.Setup;

/// <summary>The section <c>Academy</c> of the configuration.</summary>
public sealed class AcademySettings
{
    /// <summary>32 bytes in base64, from which all keys are derived. Without it nothing that was sealed can be read again.</summary>
    [Required(ErrorMessage = "Academy:MasterKey is missing. Make one with: openssl rand -base64 32")]
    public string MasterKey { get; set; } = "";

    /// <summary>Where people reach this Academy, e.g. <c>https://academy.example.org</c>; links and cookies follow it.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>The program brings its own PostgreSQL and signs people in with links that it prints.</summary>
    public bool Embedded { get; set; }

    /// <summary>Folder of the curriculum; the one that ships where it is not given.</summary>
    public string? Curriculum { get; set; }

    /// <summary>How long an attempt may lie untouched before it expires; 10 minutes to 90 days.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "90.00:00:00")]
    public TimeSpan AttemptIdle { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a reply may be silent before it counts as interrupted; 10 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan ReplySilence { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an idempotency key is remembered; 1 hour to 30 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan ReceiptLife { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Requests of one caller in a minute; 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int RequestsPerMinute { get; set; } = 600;

    /// <summary>Questions to the assistant of one caller in a minute; 1 to 1,000.</summary>
    [Range(1, 1_000)]
    public int QuestionsPerMinute { get; set; } = 20;

    /// <summary>Most bytes of a JSON body; 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public long MaxBodyBytes { get; set; } = 512 * 1024;
}

internal static class SettingsSetup
{
    public static void AddSettings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<AcademySettings>().BindConfiguration("Academy").ValidateDataAnnotations().ValidateOnStart();
        builder.AddLimits<ClustersOptions>("Academy:Clusters");
        builder.AddLimits<ConversationOptions>("Academy:Conversations");
        builder.AddLimits<EnvironmentsOptions>("Academy:Environments");
        builder.AddLimits<ArtefactOptions>("Academy:Artefacts");
        builder.AddLimits<PublishingOptions>("Academy:Publishing");
    }

    public static AcademySettings Settings(this IServiceProvider services) => services.GetRequiredService<IOptions<AcademySettings>>().Value;

    /// <summary>A folder that ships with Academy: beside the program, or in the folder it was built from.</summary>
    public static string ShippedFolder(this IHostEnvironment environment, string name) =>
        new[] { environment.ContentRootPath, Environment.GetEnvironmentVariable("ACADEMY_HOME"), AppContext.BaseDirectory }
            .OfType<string>()
            .SelectMany(Upwards)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(Directory.Exists) ?? Path.Combine(environment.ContentRootPath, name);

    private static IEnumerable<string> Upwards(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    private static void AddLimits<T>(this WebApplicationBuilder builder, string section)
        where T : class, new()
    {
        builder.Services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(s => s.GetRequiredService<IOptions<T>>().Value);
    }
}
