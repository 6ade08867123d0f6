using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.IntegrationTests.Embedded;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>The real program is killed while it makes environments, and while it removes them.</summary>
public sealed partial class Killing_the_program_over_a_classroom(ClassroomFixture classroom, KubernetesFixture kubernetes) : IDisposable
{
    private const int Environments = 4;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"academy-tests-{Environment.ProcessId}-{Path.GetRandomFileName()}");
    private readonly string _installation = $"kill-{Path.GetRandomFileName()[..8]}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task ends_with_every_environment_made_and_every_ended_one_gone()
    {
        var room = await classroom.ClassroomAsync(kubernetes);
        var settings = room.Settings().ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value!);
        settings["Academy__Environments__Installation"] = _installation;
        settings["Academy__Environments__MaxPerStudent"] = "50";
        settings["Academy__RequestsPerMinute"] = "100000";
        var attempts = new List<Guid>();
        try
        {
            await using (var first = await HostProcess.Start(_folder, settings))
            {
                using var administrator = await SignIn(first, "Administrator");
                await Post(administrator, "classrooms", new { name = "Room", kubeconfig = room.Kubeconfig });
                using var student = await SignIn(first, "Student");
                for (var i = 0; i < Environments; i++)
                {
                    attempts.Add((await Post(student, "attempts", new { labId = "deploy-ai-app" }))["id"]!.GetValue<Guid>());
                    await Post(student, $"attempts/{attempts[^1]}/environment", new { });
                }

                await Eventually(async () => (await Namespaces(room)).Count > 0);
                await first.End("KILL");
            }

            (await Namespaces(room)).ShouldNotBeEmpty();
            await using (var second = await HostProcess.Start(_folder, settings))
            {
                using var student = await SignIn(second, "Student");
                await Eventually(async () => (await Statuses(student)).Count(s => s == "ready") == Environments);
                (await Namespaces(room)).Order().ShouldBe(attempts.Select(a => $"lab-{a:N}").Order());
                foreach (var attempt in attempts)
                {
                    await Post(student, $"attempts/{attempt}/environment/end", new { });
                }

                await Eventually(async () => (await Namespaces(room, leaving: false)).Count < Environments);
                await second.End("KILL");
            }

            await using (var third = await HostProcess.Start(_folder, settings))
            {
                using var student = await SignIn(third, "Student");
                await Eventually(async () => (await Statuses(student)).All(s => s == "removed"));
                (await Namespaces(room)).ShouldBeEmpty();
                (await room.Cluster.KubectlAsync(null, Ct, "get", "clusterrolebindings", "-o", "name", "-l", $"academy.dev/installation={_installation}")).ShouldBeEmpty();
                (await third.Query("select count(*) from academy.mt_events where type = 'environment_provisioned'")).ShouldBe((long)Environments);
                (await third.Query("select count(*) from academy.mt_events where type = 'environment_removed'")).ShouldBe((long)Environments);
            }
        }
        finally
        {
            await room.Cluster.KubectlAsync(null, CancellationToken.None, "delete", "namespaces,clusterrolebindings", "-l", $"academy.dev/installation={_installation}", "--wait=false");
        }
    }

    private async Task<List<string>> Namespaces(ClassroomFixture.Prepared room, bool leaving = true) =>
        [.. JsonNode.Parse(await room.Cluster.KubectlAsync(null, Ct, "get", "namespaces", "-o", "json", "-l", $"academy.dev/installation={_installation}"))!["items"]!.AsArray()
            .Where(n => leaving || n!["metadata"]!["deletionTimestamp"] is null).Select(n => n!["metadata"]!["name"]!.GetValue<string>())];

    private static async Task<List<string>> Statuses(HttpClient student)
    {
        using var answer = await student.GetAsync(new Uri("/api/v1/environments?limit=100", UriKind.Relative), Ct);
        return [.. (await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!["items"]!.AsArray().Select(e => e!["status"]!.GetValue<string>())];
    }

    private static async Task<JsonNode> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/{path}", body, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpClient> SignIn(HostProcess host, string whom)
    {
        string? link = null;
        await Eventually(() =>
        {
            link = Links().Matches(host.Output).FirstOrDefault(m => m.Groups[1].Value == whom)?.Groups[2].Value;
            return Task.FromResult(link is not null);
        });
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Port}"),
            DefaultRequestHeaders = { { "Sec-Fetch-Site", "same-origin" } },
        };
        (await client.GetAsync(link, Ct)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(600, "it should have come about within three minutes");
            await Task.Delay(300, Ct);
        }
    }

    [GeneratedRegex(@"(Student|Administrator)\s+(http\S+)")]
    private static partial Regex Links();
}
