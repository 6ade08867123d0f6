using System.Text;
using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Domain.Classrooms;
using Academy.Domain.Environments;
using Marten;

namespace Academy.IntegrationTests.Api;

/// <summary>
/// Every operation of the API's own description, with the ids of one student's things, sent by everybody who must not have them.
/// A new endpoint is in it by itself; a new kind of id must be made known in <see cref="Prey"/>.
/// </summary>
public sealed class Organisations_stay_apart(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task on_every_operation_and_for_every_role()
    {
        var academy = await shared.Server(postgres);
        var prey = await Prey.Make(academy);
        var elsewhere = AcademyServer.NewTenant();
        var callers = new List<Someone> { await academy.Student(prey.Student.Tenant) };
        foreach (var role in Roles.All)
        {
            callers.Add(await academy.Person([role], elsewhere));
        }

        var operations = (await ApiDescription.Of(academy)).Operations;
        var before = await prey.Streams();
        var trouble = new List<string>();
        var foreign = 0;
        foreach (var caller in callers)
        {
            foreach (var attack in operations.SelectMany(prey.Attacks))
            {
                using var response = await caller.Client.SendAsync(attack.Make(), TestContext.Current.CancellationToken);
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                var what = $"{string.Join(',', caller.Actor.Roles)} of {(caller.Tenant == elsewhere ? "another organisation" : "the same one")}: {attack.Name} gave {(int)response.StatusCode} {text}";
                // A list that is narrowed down to something of another person's is an empty list.
                if (attack.IsForeign && (int)response.StatusCode is not (403 or 404) && text != "{\"items\":[]}")
                {
                    trouble.Add(what);
                }

                if (prey.Secrets.Any(text.Contains) || (response.IsSuccessStatusCode && prey.Ids.Any(id => text.Contains(id, StringComparison.OrdinalIgnoreCase))))
                {
                    trouble.Add("told something: " + what);
                }

                foreign += attack.IsForeign ? 1 : 0;
            }
        }

        trouble.ShouldBeEmpty();
        foreign.ShouldBeGreaterThan(callers.Count * 20, "most operations name a thing by its id");
        (await prey.Streams()).Where(s => before.Contains((s.Stream, 1)) && !before.Contains(s)).ShouldBeEmpty("nothing of the student's was changed");
    }

    [Fact]
    public async Task and_nobody_gets_anywhere_without_a_token()
    {
        var academy = await shared.Server(postgres);
        var prey = await Prey.Make(academy);
        using var nobody = academy.Anonymous();
        foreach (var attack in (await ApiDescription.Of(academy)).Operations.SelectMany(prey.Attacks))
        {
            using var response = await nobody.SendAsync(attack.Make(), TestContext.Current.CancellationToken);
            await response.ShouldBeProblem(401, "sign-in.missing");
        }
    }

    [Fact]
    public async Task although_the_owner_reaches_every_one_of_those_things()
    {
        var academy = await shared.Server(postgres);
        var prey = await Prey.Make(academy);
        var read = 0;
        foreach (var attack in (await ApiDescription.Of(academy)).Operations.Where(o => o.Method == "GET").SelectMany(prey.Attacks).Where(a => a.IsForeign))
        {
            using var response = await prey.Student.Client.SendAsync(attack.Make(), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            (response.IsSuccessStatusCode || text.Contains("object.not-found") || text.Contains("log.not-found") || text.Contains("artefact.not-found")).ShouldBeTrue($"{attack.Name} gave {(int)response.StatusCode} {text}");
            read++;
        }

        read.ShouldBeGreaterThan(8);
    }
}

/// <param name="IsForeign">Whether it names something by an id.</param>
internal sealed record Attack(string Name, bool IsForeign, Func<HttpRequestMessage> Make);

/// <summary>A student with one of everything, and requests that reach for it.</summary>
internal sealed class Prey
{
    private readonly Dictionary<string, string> _things = [];

    /// <summary>Parameters that name nothing of anybody's.</summary>
    private static readonly Dictionary<string, string> Public = new()
    {
        ["courseId"] = Situations.Course,
        ["labId"] = "deploy-ai-app",
        ["topicId"] = Quiz,
        ["moduleId"] = "none",
        ["pathId"] = "none",
        ["exerciseId"] = "none",
        ["artefactId"] = "plan",
        ["deliverableId"] = "design",
        ["questionId"] = "none",
        ["options"] = "[\"a\"]",
        ["grades"] = """[{"criterionId":"clarity","level":0}]""",
        ["remark"] = "x",
        ["q"] = "pods",
        ["practiceId"] = Situations.PracticeCluster,
        ["kind"] = "Pod",
        ["name"] = "x",
        ["pod"] = "x",
        ["stepId"] = "image",
        ["namespace"] = "ai-app",
        ["topic"] = "x",
        ["text"] = "x",
        ["roles"] = "[\"student\"]",
        ["scopes"] = "[\"read\"]",
        ["kubeconfig"] = "x",
    };

    /// <summary>A topic with a quiz.</summary>
    private const string Quiz = "scheduling-strategies";

    private Prey(Someone student) => Student = student;

    public Someone Student { get; }

    public IReadOnlyCollection<string> Ids => _things.Values;

    public IReadOnlyList<string> Secrets { get; } = ["Petra Prey", "prey-topic", "prey-question", "prey-token", "prey-cluster", "prey-text"];

    public static async Task<Prey> Make(AcademyServer academy)
    {
        var student = await academy.Person([Roles.Student], AcademyServer.NewTenant(), name: "Petra Prey");
        var prey = new Prey(student);
        var cluster = await student.TakesPracticeCluster();
        prey._things["clusterId"] = $"{cluster}";
        prey._things["attemptId"] = $"{await student.StartsAttempt("deploy-ai-app", cluster)}";
        prey._things["enrolmentId"] = $"{Situations.Id(await student.Post("enrolments", new { courseId = Situations.Course }))}";
        prey._things["mentorshipId"] = $"{await student.AsksForMentor("prey-topic")}";
        (prey._things["classroomId"], prey._things["environmentId"]) = await prey.HasAnEnvironment(Guid.Parse(prey._things["attemptId"]));
        prey._things["tokenId"] = $"{Situations.Id(await student.Post("tokens", new { name = "prey-token", scopes = new[] { "read" } }))}";
        prey._things["personId"] = $"{student.Id}";
        prey._things["studentId"] = $"{student.Id}";
        prey._things["learnerId"] = $"{student.Id}";
        prey._things["sittingId"] = $"{Situations.Id(await student.Post("sittings", new { courseId = Situations.Course, topicId = Quiz }))}";
        prey._things["submissionId"] = $"{await student.HasSubmitted()}";
        var conversation = await student.StartsConversation();
        prey._things["conversationId"] = $"{conversation}";
        await using var reply = await LiveReply.Ask(student, conversation, "prey-question");
        await reply.Rest();
        return prey;
    }

    /// <summary>An environment that is ready, as the events tell; there is no cluster to it.</summary>
    private async Task<(string Classroom, string Environment)> HasAnEnvironment(Guid attempt)
    {
        var now = Student.Server.Clock.GetUtcNow();
        var (room, environment) = (Guid.CreateVersion7(now), Features.Storing.Ids.From("environment", attempt));
        await using var session = Student.Server.Store.LightweightSession(Student.Tenant);
        session.Events.StartStream<Classroom>(room, new ClassroomRegistered(room, "Room", "prey-cluster", 5, Student.Id, now));
        session.Events.StartStream<AttemptEnvironment>(
            environment,
            new EnvironmentRequested(environment, attempt, Student.Id, room, "deploy-ai-app", 1, "lab-prey", now.AddDays(2), now),
            new EnvironmentProvisioned([], now.AddDays(2), now));
#pragma warning disable RS0030 // no command makes an environment without a cluster
        await session.SaveChangesAsync();
#pragma warning restore RS0030
        return ($"{room}", $"{environment}");
    }

    /// <summary>Every event of the organisation, by its stream and its version in it.</summary>
    public async Task<HashSet<(Guid Stream, long Version)>> Streams()
    {
        await using var session = Student.Server.Store.QuerySession(Student.Tenant);
        return [.. (await session.Events.QueryAllRawEvents().ToListAsync()).Select(e => (e.StreamId, e.Version))];
    }

    /// <summary>An operation with the student's ids: all in the address at once, those in the body or the query one by one.</summary>
    public IEnumerable<Attack> Attacks(Operation operation)
    {
        var inPath = operation.Parameters("path").Select(Name).ToList();
        var path = inPath.Aggregate(operation.Path, (p, name) => p.Replace($"{{{name}}}", Known(operation, name), StringComparison.Ordinal));
        var query = operation.Parameters("query").Select(Name).ToList();
        var properties = operation.BodySchema?["properties"]?.AsObject().Select(p => p.Key).Where(p => !inPath.Contains(p, StringComparer.OrdinalIgnoreCase)).ToList() ?? [];
        var choices = query.Concat(properties).Where(_things.ContainsKey).DefaultIfEmpty();
        foreach (var one in choices)
        {
            yield return new Attack(
                $"{operation.Name} {one}", one is not null || inPath.Any(_things.ContainsKey),
                () => new HttpRequestMessage(new HttpMethod(operation.Method), path + Query(operation, query, one)) { Content = Body(operation, properties, one) });
        }
    }

    private string Query(Operation operation, IEnumerable<string> names, string? one)
    {
        var required = operation.Parameters("query").Where(p => p["required"]?.GetValue<bool>() == true).Select(Name);
        var chosen = names.Where(n => n == one || required.Contains(n) || n is "namespace").Select(n => $"{n}={Uri.EscapeDataString(Known(operation, n))}").ToList();
        return chosen.Count > 0 ? "?" + string.Join('&', chosen) : "";
    }

    private StringContent? Body(Operation operation, List<string> properties, string? one)
    {
        if (operation.TakesFile)
        {
            const string list = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"x"}}]}""";
            return new StringContent(list, Encoding.UTF8, "application/octet-stream");
        }

        var body = new JsonObject();
        var required = (operation.BodySchema?["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).ToHashSet();
        foreach (var property in properties.Where(p => p == one || (required.Contains(p) && (one is null || !_things.ContainsKey(p))) || (one is null && required.Contains(p))))
        {
            var value = Known(operation, property);
            body[property] = value.StartsWith('[') ? JsonNode.Parse(value) : value;
        }

        return operation.Method == "GET" || operation.BodySchema is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
    }

    private string Known(Operation operation, string name) =>
        _things.GetValueOrDefault(name) ?? Public.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"{operation.Name} has a parameter '{name}' that this test does not know. Add it to {nameof(Prey)}: to its things if it names something of a student's.");

    private static string Name(JsonNode parameter) => parameter["name"]!.GetValue<string>();
}
