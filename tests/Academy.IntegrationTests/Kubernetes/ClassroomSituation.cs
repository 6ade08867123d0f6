using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.IntegrationTests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>An Academy with one classroom on the real cluster, under a name that no other has there.</summary>
internal sealed class ClassroomSituation : IAsyncDisposable
{
    private ClassroomSituation(AcademyServer academy, ClassroomFixture.Prepared room, string installation) => (Academy, Room, Installation) = (academy, room, installation);

    public AcademyServer Academy { get; }

    public ClassroomFixture.Prepared Room { get; }

    public string Installation { get; }

    public required Someone Administrator { get; init; }

    public required Someone Student { get; init; }

    public string Tenant => Student.Tenant;

    public static async Task<ClassroomSituation> Make(
        ClassroomFixture.Prepared room, PostgresFixture postgres, Action<Dictionary<string, string?>>? change = null, Action<IServiceCollection>? services = null)
    {
        var installation = $"test-{Path.GetRandomFileName()[..8]}";
        var settings = room.Settings();
        settings["Academy:Environments:Installation"] = installation;
        change?.Invoke(settings);
        var academy = await AcademyServer.Start(postgres, new ServerOptions(settings, services));
        var tenant = AcademyServer.NewTenant();
        var situation = new ClassroomSituation(academy, room, installation)
        {
            Administrator = await academy.Person([Roles.Administrator], tenant),
            Student = await academy.Student(tenant),
        };
        await situation.Administrator.Post("classrooms", new { name = "Room 1", kubeconfig = room.Kubeconfig });
        return situation;
    }

    /// <summary>Starts a lab in the classroom and asks for its environment.</summary>
    public async Task<Guid> Requests(string lab = "deploy-ai-app", Someone? student = null)
    {
        var attempt = Situations.Id(await (student ?? Student).Post("attempts", new { labId = lab }));
        await (student ?? Student).Post($"attempts/{attempt}/environment", new { });
        return attempt;
    }

    public async Task<JsonNode> Until(Guid attempt, Func<JsonNode, bool> holds, Someone? student = null)
    {
        for (var tries = 0; ; tries++)
        {
            var now = await (student ?? Student).Get($"attempts/{attempt}/environment");
            if (holds(now))
            {
                return now;
            }

            tries.ShouldBeLessThan(600, now.ToJsonString());
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    public Task<JsonNode> Until(Guid attempt, string status) => Until(attempt, e => e["status"]!.GetValue<string>() == status);

    public async Task<StudentShell> Shell(Guid attempt, object? body = null) =>
        new((await Student.Post($"attempts/{attempt}/environment/kubeconfig", body ?? new { }))!["kubeconfig"]!.GetValue<string>());

    public Task RunJob(string name) => Administrator.Post($"jobs/{name}/run", new { });

    /// <summary>Everything in the cluster with this Academy's label, of the kinds that do not live in a namespace.</summary>
    public async Task<IReadOnlyList<string>> Left() =>
        (await Room.Cluster.KubectlAsync(
            null, CancellationToken.None, "get", "namespaces,clusterrolebindings,clusterroles,persistentvolumes,nodes,storageclasses", "-o", "name", "-l", $"academy.dev/installation={Installation}"))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async ValueTask DisposeAsync()
    {
        await Academy.DisposeAsync();
        await Room.Cluster.KubectlAsync(null, CancellationToken.None, "delete", "namespaces,clusterrolebindings", "-l", $"academy.dev/installation={Installation}", "--wait=false");
    }
}
