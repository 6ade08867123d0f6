using System.Reflection;
using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Tests.Architecture;
using JasperFx.Events;

namespace Academy.Tests.Events;

public sealed class Stored_events
{
    public static TheoryData<string> Names => [.. Samples.EventTypes.Select(t => t.Name)];

    public static TheoryData<string> Versions => [.. Samples.Files];

    /// <summary>What a later version has added is null in an older event, and nothing else differs.</summary>
    [Theory]
    [MemberData(nameof(Versions))]
    public void are_read_with_all_that_was_written(string sample)
    {
        var read = Samples.Load(Named(Samples.TypeOf(sample)), sample);
        var written = JsonNode.Parse(File.ReadAllText(Samples.FileOf(sample)))!;
        JsonNode.DeepEquals(WithoutNulls(JsonNode.Parse(Samples.Write(read))), WithoutNulls(written)).ShouldBeTrue($"{sample} reads as {Samples.Write(read)}");
    }

    /// <summary>The newest sample of a type has everything that the type has.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void have_a_sample_with_every_field(string name)
    {
        var fields = JsonNode.Parse(File.ReadAllText(Samples.FileOf(Samples.Files.Last(f => Samples.TypeOf(f) == name))))!.AsObject().Select(f => f.Key);
        JsonNode.Parse(Samples.Write(Samples.Load(Named(name))))!.AsObject().Select(f => f.Key).ShouldBe(fields, ignoreOrder: true);
    }

    /// <summary>An event that no stream folds would be recorded for nobody.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void are_folded_by_the_stream_they_belong_to(string name)
    {
        var type = Named(name);
        var @event = Samples.Load(type);
        var stream = type.Assembly.GetTypes().Single(t =>
            t.Namespace == type.Namespace && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IState<>)) && Belongs(type, t));
        var fold = stream.GetMethod("Fold", BindingFlags.Public | BindingFlags.Static)!;
        var begun = fold.Invoke(null, [null, @event]);
        if (begun is null)
        {
            var beginning = Samples.EventTypes.Where(t => t.Namespace == type.Namespace).Select(Samples.Load).Select(e => fold.Invoke(null, [null, e])).First(s => s is not null);
            Should.NotThrow(() => fold.Invoke(null, [beginning, @event])).ShouldNotBeNull();
        }
    }

    [Fact]
    public void have_no_sample_left_over() => Samples.Files.Select(Samples.TypeOf).Except(Samples.EventTypes.Select(t => t.Name)).ShouldBeEmpty();

    /// <summary>The names under which events lie in the database. A type that is renamed keeps its name there, by a mapping.</summary>
    [Fact]
    public void keep_their_names_in_the_database()
    {
        var pinned = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Academy.Tests", "Events", "names.txt"));
        Samples.EventTypes.Select(t => $"{t.GetEventTypeName()} {t.FullName}").ShouldBe(pinned, "A stored name must not change. A new event type is added to names.txt.");
    }

    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Key, WithoutNulls(f.Value)))),
        JsonArray a => new JsonArray([.. a.Select(WithoutNulls)]),
        _ => node?.DeepClone(),
    };

    private static Type Named(string name) => Samples.EventTypes.Single(t => t.Name == name);

    // Two streams live in one namespace: tokens and people.
    private static bool Belongs(Type @event, Type stream) => stream.Name != "AccessToken" ^ @event.Name.StartsWith("Token", StringComparison.Ordinal);
}
