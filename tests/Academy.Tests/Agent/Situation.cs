using System.Text.Json.Nodes;
using Academy.Agent;
using Academy.Agent.Modelling;
using Academy.Agent.Tutoring;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Domain.Attempts;
using Academy.Features.Attempting;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door;
using Academy.Features.Learning;
using Academy.Features.Mentoring;
using Academy.Features.Progressing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Academy.Tests.Agent;

/// <summary>A student with a shop whose web server asks for an image that does not exist, in a lab of three steps.</summary>
internal sealed class Situation
{
    public const string Namespace = "shop";

    public static readonly Guid Student = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly Guid Cluster = Guid.Parse("01900000-0000-7000-8000-000000000002");
    public static readonly Guid Attempt = Guid.Parse("01900000-0000-7000-8000-000000000003");

    public static readonly RootCause WebImage = new(
        "Deployment", Namespace, "web", "image-not-found", 0.95, "It asks for the image registry.local/web:1.3, which the registry does not have.",
        [
            new("Pod/shop/web-7d9f8c-x2x4z", "status.containerStatuses[0].state.waiting.reason", null, null, "ImagePullBackOff"),
            new("Pod/shop/web-7d9f8c-x2x4z", null, null, "Failed", "manifest for registry.local/web:1.3 not found"),
        ],
        [new("Pod", Namespace, "web-7d9f8c-x2x4z"), new("Service", Namespace, "web")],
        new("Set the image to a tag that exists, such as registry.local/web:1.2.", (JsonObject)JsonNode.Parse("""{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"registry.local/web:1.2"}]}}}}""")!));

    public static readonly RootCause Claim = new(
        "PersistentVolumeClaim", Namespace, "data", "storageclass-not-found", 0.9, "It asks for the StorageClass fast, which does not exist.",
        [new("PersistentVolumeClaim/shop/data", "spec.storageClassName", null, null, "fast")], [new("Pod", Namespace, "db-0")], new("Use a StorageClass that exists."));

    public DiagnosisReport Report { get; set; } = new(false, [WebImage, Claim], []);

    public int HintsTaken { get; private set; }

    public FakeDoor Door { get; }

    public Situation() => Door = new FakeDoor()
        .On<DiagnoseCluster, DiagnosisReport>(_ => Report)
        .On<ListObjects, IReadOnlyList<ObjectRef>>(q => new Result<IReadOnlyList<ObjectRef>>([.. Objects.Where(o => q.Kind is null || q.Kind == o.Kind)], null))
        .On<GetObject, JsonObject>(_ => (JsonObject)JsonNode.Parse("""{"kind":"Deployment","metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"hunter2"}]}]}}""")!)
        .On<GetLog, ContainerLog>(q => new ContainerLog(q.Namespace, q.Pod, "web", q.Previous, "listening on 8080\npassword=hunter2\nready"))
        .On<GetAttempt, AttemptView>(_ => View(checkedAlready: false))
        .On<CheckWork, AttemptView>(_ => View(checkedAlready: true))
        .On<TakeHint, HintView>(q => new HintView(q.StepId, ++HintsTaken, $"Hint text {HintsTaken} for {q.StepId}.", 5 - HintsTaken))
        .On<GetLab, LabView>(_ => Lab)
        .On<ListCourses, IReadOnlyList<CourseView>>(_ => new Result<IReadOnlyList<CourseView>>([Course], null))
        .On<GetLesson, LessonView>(q => new LessonView(q.CourseId, q.TopicId, "1.1", "Kubernetes fundamentals", Lesson, null))
        .On<ListLabs, IReadOnlyList<LabSummary>>(_ => new Result<IReadOnlyList<LabSummary>>([new(Lab.Id, 1, Lab.Title, Lab.Summary, 30, "beginner", 3)], null))
        .On<ListPracticeClusters, IReadOnlyList<PracticeClusterView>>(_ => new Result<IReadOnlyList<PracticeClusterView>>([new("p1", "The broken shop", "A shop that sells nothing.", "shop", null, true)], null))
        .On<GetProgress, ProgressView>(_ => new ProgressView(Student, [new("c1", "MLOps", false, 1, 4)], [new("shop", "Run a shop", false, null, 1, 1, 3, 10, 30, 2)]))
        .On<RequestMentorship, MentorshipView>(q => new MentorshipView(Guid.Parse("01900000-0000-7000-8000-000000000009"), Student, null, q.Topic, false));

    public static IReadOnlyList<ObjectRef> Objects { get; } =
    [
        new("Deployment", Namespace, "web"), new("Deployment", Namespace, "cache-1"), new("Pod", Namespace, "web-7d9f8c-x2x4z"), new("Pod", Namespace, "db-0"),
        new("Service", Namespace, "web"), new("PersistentVolumeClaim", Namespace, "data"),
    ];

    public static LabView Lab { get; } = new(
        "shop", 1, "Run a shop", "A shop that works.", Namespace, 30, "beginner", ["Know images"], "Do it.", "Delete it.", "Nothing.", 5,
        [
            new("image", "Give it an image", "Choose a tag that exists.", [], [new("c1", "The image exists", 10)]),
            new("storage", "Give it storage", "Claim a volume.", ["image"], [new("c2", "The claim is bound", 10)]),
            new("service", "Give it an address", "Make a Service.", ["image"], [new("c3", "The Service answers", 10)]),
        ],
        []);

    private static CourseView Course { get; } = new("c1", "MLOps", "…", "everybody", [new("m1", "Basics", [new("t1", "1.1", "Kubernetes fundamentals", "Pods and taints", true, null)])]);

    private const string Lesson = """
        # Kubernetes fundamentals

        Welcome.

        ## Taints keep pods away

        A taint is a mark on a node. Pods without a matching toleration stay away.

        ## Services give addresses

        A Service finds pods by labels.
        """;

    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static AttemptView View(bool checkedAlready) => new(
        Attempt, Student, "shop", 1, Cluster, Namespace, AttemptStatus.Active, Noon, Noon, null,
        [
            new("image", checkedAlready ? Noon : null, 0, [new("c1", "The image exists", checkedAlready, checkedAlready ? 10 : 0, 10, checkedAlready ? "ok" : "not yet")]),
            new("storage", null, 0, [new("c2", "The claim is bound", false, 0, 10, "PersistentVolumeClaim data: status.phase is Pending, expected Bound")]),
            new("service", null, 0, [new("c3", "The Service answers", true, 10, 10, "ok")]),
        ],
        3);

    public static Question Ask(string text, bool inLab = false, bool onCluster = true, params Turn[] history) => new(
        new Actor("default", Student, [Roles.Student]), Student, Guid.CreateVersion7(Noon), text, inLab ? Attempt : null, onCluster ? Cluster : null, onCluster ? Namespace : null, history);

    public Assistant Assistant(ModelOptions? options = null)
    {
        var chosen = Options.Create(options ?? new ModelOptions());
        return new Assistant(Door, ThePrompts.Library, new ModelConnection(chosen), new Tutor(ThePrompts.Library), chosen, TimeProvider.System, NullLogger<Assistant>.Instance);
    }

    public async Task<Reply> Answer(string text, bool inLab = false, bool onCluster = true, params Turn[] history)
    {
        var pieces = new List<ReplyPiece>();
        await foreach (var piece in Assistant().Answer(Ask(text, inLab, onCluster, history), TestContext.Current.CancellationToken))
        {
            pieces.Add(piece);
        }

        return new Reply(pieces);
    }
}

internal sealed record Reply(IReadOnlyList<ReplyPiece> Pieces)
{
    public string Text => string.Concat(Pieces.OfType<TextWritten>().Select(t => t.Text));

    public IReadOnlyList<string> Tools => [.. Pieces.OfType<ToolStarted>().Select(t => t.Tool)];

    public IReadOnlyList<RootCause> Findings => [.. Pieces.OfType<FindingShown>().Select(f => f.Finding)];

    public IReadOnlyList<HintGiven> Hints => [.. Pieces.OfType<HintGiven>()];
}
