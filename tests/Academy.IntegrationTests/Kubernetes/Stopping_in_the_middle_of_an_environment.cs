using System.Text.Json.Nodes;
using Academy.Clusters.Classrooms;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>The work on a real API server is stopped at every single request, once before it is sent and once before its answer is read, and begun anew.</summary>
public sealed class Stopping_in_the_middle_of_an_environment(ClassroomFixture classroom, KubernetesFixture kubernetes)
{
    private const string Start = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {mode: test}
        ---
        # Numbers are read as kubectl reads them: this one is octal.
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers: [{name: web, image: "busybox:1.35", command: [sleep, "3600"]}]
              volumes: [{name: settings, configMap: {name: settings, defaultMode: 0444}}]
        ---
        apiVersion: batch/v1beta1
        kind: CronJob
        metadata: {name: nightly}
        spec:
          schedule: "0 3 * * *"
          jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: x, image: "busybox:1.35"}]}}}}
        """;

    private static readonly EnvironmentOwner Owner = new($"test-{Path.GetRandomFileName()[..8]}", "org-faults");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task leaves_nothing_that_the_next_run_does_not_finish_or_remove()
    {
        var room = await classroom.ClassroomAsync(kubernetes);
        var plain = Plan();
        IReadOnlyList<string> complete;
        int making;
        using (var server = Open(room))
        {
            complete = await EnvironmentMaker.MakeAsync(server, plain, Ct);
            making = server.Count;
        }

        making.ShouldBeGreaterThan(15);
        var wanted = await Inventory(room, plain);

        // One that is stopped again and again, each time one request later, and then finished.
        var hunted = Plan();
        foreach (var (killAt, after) in Kills(making))
        {
            await Killed(room, killAt, after, server => EnvironmentMaker.MakeAsync(server, hunted, Ct));
        }

        // Some that are stopped once: half of them are finished, half of them are removed as they stand.
        var stopped = Kills(making).Where((_, i) => i % 5 == 3).Select(k => (k.KillAt, k.After, Plan: Plan())).ToList();
        await Task.WhenAll(stopped.Select(k => Killed(room, k.KillAt, k.After, server => EnvironmentMaker.MakeAsync(server, k.Plan, Ct))));
        var finished = stopped.Where((_, i) => i % 2 == 0).Select(k => k.Plan).Append(hunted).ToList();
        await Task.WhenAll(finished.Select(async plan =>
        {
            using var again = Open(room);
            (await EnvironmentMaker.MakeAsync(again, plan, Ct)).Select(m => Plainly(m, plan)).ShouldBe(complete.Select(m => Plainly(m, plain)));
            (await Inventory(room, plan)).ShouldBe(wanted);
        }));

        var plans = stopped.Select(k => k.Plan).Append(hunted).Append(plain).ToList();
        foreach (var (plan, (killAt, after)) in plans.Zip(Kills(4)))
        {
            await Killed(room, killAt, after, server => EnvironmentRemover.RemoveAsync(server, Owner, plan.EnvironmentId, plan.Namespace, Ct));
        }

        await Task.WhenAll(plans.Select(plan => Until(async () =>
        {
            using var server = Open(room);
            return await EnvironmentRemover.RemoveAsync(server, Owner, plan.EnvironmentId, plan.Namespace, Ct);
        })));
        (await Everything(room)).ShouldBeEmpty();
    }

    [Fact]
    public async Task forgets_no_replicas_between_sleeping_and_waking()
    {
        var room = await classroom.ClassroomAsync(kubernetes);
        var plan = Plan() with { Owner = Owner with { Tenant = "org-sleep" } };
        try
        {
            int sleeping;
            using (var server = Open(room))
            {
                await EnvironmentMaker.MakeAsync(server, plan, Ct);
                var before = server.Count;
                (await Settled(() => EnvironmentSleeper.SleepAsync(server, plan.Namespace, Ct))).ShouldBe(["Deployment/web", "CronJob/nightly"]);
                sleeping = server.Count - before;
                (await Scale(room, plan)).ShouldBe((0, "true"));
                (await Settled(() => EnvironmentSleeper.WakeAsync(server, plan.Namespace, Ct))).ShouldBe(["Deployment/web", "CronJob/nightly"]);
                (await Scale(room, plan)).ShouldBe((3, "false"));
            }

            sleeping.ShouldBeGreaterThanOrEqualTo(6);
            foreach (var (killAt, after) in Kills(6))
            {
                await Killed(room, killAt, after, server => EnvironmentSleeper.SleepAsync(server, plan.Namespace, Ct));
                using var again = Open(room);
                (await Settled(() => EnvironmentSleeper.SleepAsync(again, plan.Namespace, Ct))).ShouldBe(["Deployment/web", "CronJob/nightly"], "all that sleeps is told, whoever put it to sleep");
                (await Scale(room, plan)).ShouldBe((0, "true"));

                await Killed(room, killAt, after, server => EnvironmentSleeper.WakeAsync(server, plan.Namespace, Ct));
                await Settled(() => EnvironmentSleeper.WakeAsync(again, plan.Namespace, Ct));
                (await Scale(room, plan)).ShouldBe((3, "false"));
            }
        }
        finally
        {
            await room.Cluster.KubectlAsync(null, CancellationToken.None, "delete", "namespace", plan.Namespace, "--wait=false");
        }
    }

    private static string Plainly(string made, EnvironmentPlan plan) => made.Replace(plan.Namespace, "NS", StringComparison.Ordinal);

    private static FaultyClassroom Open(ClassroomFixture.Prepared room, int killAt = int.MaxValue, bool after = false) =>
        new(new ClassroomClients(room.Cluster.Options()).Open(room.Connection()), killAt, after);

    private static EnvironmentPlan Plan()
    {
        var attempt = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return new(
            Owner, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), attempt, $"lab-{attempt:N}", TimeProvider.System.GetUtcNow().AddHours(8),
            new Dictionary<string, string> { ["pods"] = "20", ["limits.memory"] = "4Gi" },
            new Dictionary<string, string> { ["cpu"] = "500m", ["memory"] = "128Mi" },
            new Dictionary<string, string> { ["cpu"] = "5m", ["memory"] = "16Mi" },
            true, [], [new StartManifest("10-start.yaml", Start)], []);
    }

    private static IEnumerable<(int KillAt, bool After)> Kills(int requests) =>
        Enumerable.Range(1, requests).SelectMany(n => new[] { (n, false), (n, true) });

    private static async Task Killed<T>(ClassroomFixture.Prepared room, int killAt, bool after, Func<IClassroomServer, Task<T>> work)
    {
        using var server = Open(room, killAt, after);
        try
        {
            await work(server);
        }
        catch (Exception end) when (end is KilledException or ClassroomException { MayPass: true })
        {
            return;
        }

        server.Count.ShouldBeLessThan(killAt, "it ended by itself before it could be killed");
    }

    // A controller may change an object between the look at it and the patch: then the work is tried again, as the job does.
    private static async Task<T> Settled<T>(Func<Task<T>> work)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await work();
            }
            catch (ClassroomException trouble) when (trouble.MayPass && tries < 20)
            {
                await Task.Delay(100, Ct);
            }
        }
    }

    private static async Task<(int Replicas, string Suspend)> Scale(ClassroomFixture.Prepared room, EnvironmentPlan plan)
    {
        var text = await room.Cluster.KubectlAsync(null, Ct, "-n", plan.Namespace, "get", "deployment/web", "cronjob/nightly", "-o", "json");
        var items = JsonNode.Parse(text)!["items"]!;
        return (items[0]!["spec"]!["replicas"]!.GetValue<int>(), items[1]!["spec"]!["suspend"]!.ToJsonString());
    }

    /// <summary>What stands in the namespace, without what differs from one to the next.</summary>
    private static async Task<string> Inventory(ClassroomFixture.Prepared room, EnvironmentPlan plan)
    {
        var text = await room.Cluster.KubectlAsync(
            null, Ct, "-n", plan.Namespace, "get", "resourcequotas,limitranges,networkpolicies,roles,rolebindings,serviceaccounts,configmaps,deployments,cronjobs", "-o", "json");
        var objects = JsonNode.Parse(text)!["items"]!.AsArray().Select(o => o!).Select(o => new JsonObject
        {
            ["kind"] = o["kind"]!.DeepClone(),
            ["name"] = o["metadata"]!["name"]!.DeepClone(),
            ["spec"] = o["spec"]?.DeepClone(),
            ["rules"] = o["rules"]?.DeepClone(),
            ["subjects"] = o["subjects"]?.DeepClone(),
            ["data"] = (string?)o["metadata"]!["name"] == "settings" ? o["data"]?.DeepClone() : null,
        }.ToJsonString());
        return string.Join('\n', objects).Replace(plan.Namespace, "NS", StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> Everything(ClassroomFixture.Prepared room)
    {
        using var server = Open(room);
        return [.. (await EnvironmentRemover.ListAsync(server, Owner, Ct)).Select(l => l.Path)];
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(600, "namespaces should be gone within two minutes");
            await Task.Delay(200, Ct);
        }
    }
}
