using Academy.Domain;
using Academy.Features.Storing;
using Academy.Tests.Architecture;
using Marten;

namespace Academy.Tests.Events;

/// <summary>
/// One stored event of every type, as the first version wrote it. They are never changed: what is in a database today must be
/// readable by every later version. A new event type gets a new sample, and one that has grown gets another, <c>Type.2.json</c>.
/// </summary>
internal static class Samples
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Academy.Tests", "Events", "samples");
    private static readonly ISerializer Store = MakeSerializer();

    /// <summary>Every record of the domain that says when it happened, which is what events have in common.</summary>
    public static IReadOnlyList<Type> EventTypes { get; } =
    [
        .. typeof(Decision).Assembly.GetExportedTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.GetProperty("At")?.PropertyType == typeof(DateTimeOffset))
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

    public static string FileOf(Type type) => FileOf(type.Name);

    public static string FileOf(string sample) => Path.Combine(Folder, sample + ".json");

    /// <summary>The names of the samples: a type, or a type and which version of it.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static string TypeOf(string sample) => sample.Split('.')[0];

    /// <summary>Reads the newest sample the way the store reads an event.</summary>
    public static object Load(Type type)
    {
        if (!File.Exists(FileOf(type)))
        {
            throw new FileNotFoundException($"{type.Name} has no sample. Commit one: {FileOf(type)}");
        }

        return Load(type, Files.Last(f => TypeOf(f) == type.Name));
    }

    public static object Load(Type type, string sample)
    {
        using var stream = File.OpenRead(FileOf(sample));
        return Store.FromJson(type, stream);
    }

    public static string Write(object @event) => Store.ToCleanJson(@event);

    private static ISerializer MakeSerializer()
    {
        var options = new StoreOptions();
        AcademyStore.Configure(options);
        return options.Serializer();
    }
}
