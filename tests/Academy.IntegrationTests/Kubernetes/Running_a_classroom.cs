using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>What an administrator can do with classrooms, and what keeps one from filling up.</summary>
public sealed class Running_a_classroom(ClassroomFixture classroom, KubernetesFixture kubernetes, PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task takes_credentials_that_may_do_all_of_it_and_no_others()
    {
        var room = await classroom.ClassroomAsync(kubernetes);
        var viewer = await kubernetes.CreateNamespaceAsync("viewer", Ct);
        await using var school = await ClassroomSituation.Make(room, postgres);

        using (var weak = await Register(school.Administrator, viewer.StudentKubeconfig))
        {
            var problem = await weak.ShouldBeProblem(400, "classroom.rights");
            problem["errors"]!.AsArray().Select(e => e!["message"]!.GetValue<string>()).ShouldContain("They may not create namespaces.");
        }

        using (var hostile = await Register(school.Administrator, room.Kubeconfig.Replace("token: ", "tokenFile: /etc/passwd # ", StringComparison.Ordinal)))
        {
            await hostile.ShouldBeProblem(400, "kubeconfig.file-path");
        }

        using (var metadata = await Register(school.Administrator, room.Kubeconfig.Replace(room.Cluster.Server, "https://169.254.169.254", StringComparison.Ordinal)))
        {
            await metadata.ShouldBeProblem(400, "kubeconfig.address");
        }

        using (var again = await Register(school.Administrator, room.Kubeconfig))
        {
            await again.ShouldBeProblem(409, "classroom.exists");
        }

        using (var student = await Register(school.Student, room.Kubeconfig))
        {
            await student.ShouldBeProblem(403, "role.missing");
        }

        var only = (await school.Administrator.Get("classrooms"))["items"]!.AsArray().ShouldHaveSingleItem()!;
        only.AsObject().Select(p => p.Key).ShouldBe(["id", "name", "maxEnvironments", "environments", "registeredAt"]);
        await school.Administrator.Post($"classrooms/{Situations.Id(only)}/kubeconfig", new { kubeconfig = room.Kubeconfig });
        (await (await school.Academy.Person([Roles.Administrator], AcademyServer.NewTenant())).Get("classrooms"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task ends_environments_and_is_removed_when_it_is_empty()
    {
        await using var school = await ClassroomSituation.Make(
            await classroom.ClassroomAsync(kubernetes), postgres, s => s["Academy:Environments:MaxPerStudent"] = "1");
        var attempt = await school.Requests();
        var environment = Situations.Id(await school.Until(attempt, "ready"));
        var room = (await school.Administrator.Get("classrooms"))["items"]![0]!;
        room["environments"]!.GetValue<int>().ShouldBe(1);

        using (var used = await school.Administrator.Client.Send(HttpMethod.Delete, $"classrooms/{Situations.Id(room)}"))
        {
            await used.ShouldBeProblem(409, "classroom.in-use");
        }

        using (var twice = await school.Student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/environment"))
        {
            await twice.ShouldBeProblem(409, "environment.exists");
        }

        var second = Situations.Id(await school.Student.Post("attempts", new { labId = "deploy-ai-app" }));
        using (var many = await school.Student.Client.Send(HttpMethod.Post, $"attempts/{second}/environment"))
        {
            await many.ShouldBeProblem(409, "environment.too-many");
        }

        var own = await school.Student.StartsAttempt("deploy-ai-app", await school.Student.TakesPracticeCluster());
        using (var elsewhere = await school.Student.Client.Send(HttpMethod.Post, $"attempts/{own}/environment"))
        {
            await elsewhere.ShouldBeProblem(409, "environment.elsewhere");
        }

        (await school.Administrator.Get($"environments?status=ready&remaining=true&studentId={school.Student.Id}&classroomId={Situations.Id(room)}"))["items"]!.AsArray()
            .Select(Situations.Id).ShouldBe([environment]);
        (await (await school.Academy.Student(school.Tenant)).Get("environments"))["items"]!.AsArray().ShouldBeEmpty();

        await school.Administrator.Post($"environments/{environment}/end", new { });
        await school.Until(attempt, "removed");
        (await school.Left()).ShouldBeEmpty();

        // Abandoning an attempt ends its environment too.
        await school.Student.Post($"attempts/{second}/environment", new { });
        await school.Until(second, "ready");
        await school.Student.Post($"attempts/{second}/abandon", new { });
        await school.RunJob("ExpireEnvironments");
        await school.Until(second, "removed");

        using (var empty = await school.Administrator.Client.Send(HttpMethod.Delete, $"classrooms/{Situations.Id(room)}"))
        {
            ((int)empty.StatusCode).ShouldBe(204);
        }

        using var none = await school.Student.Client.PostAsJsonAsync("/api/v1/attempts", new { labId = "deploy-ai-app" }, Ct);
        await none.ShouldBeProblem(409, "attempt.no-cluster");
    }

    [Fact]
    public async Task is_not_forgotten_while_its_cluster_does_not_answer()
    {
        var room = await classroom.ClassroomAsync(kubernetes);
        var away = new SometimesAway();
        await using var school = await ClassroomSituation.Make(room, postgres, services: s => away.StandBefore(s));
        away.IsAway = true;
        var attempt = await school.Requests();
        var late = await school.Until(attempt, e => e["trouble"] is not null);
        late["status"]!.GetValue<string>().ShouldBe("requested");
        late["trouble"]!["code"]!.GetValue<string>().ShouldBe("cluster.unreachable");
        away.IsAway = false;
        school.Academy.Clock.Advance(TimeSpan.FromMinutes(10));
        (await school.Until(attempt, "ready"))["trouble"].ShouldBeNull();

        away.IsAway = true;
        using (var shell = await school.Student.Client.PostAsJsonAsync($"/api/v1/attempts/{attempt}/environment/kubeconfig", new { }, Ct))
        {
            await shell.ShouldBeProblem(503, "cluster.unreachable");
        }

        await school.Student.Post($"attempts/{attempt}/environment/end", new { });
        (await school.Until(attempt, e => e["trouble"] is not null))["status"]!.GetValue<string>().ShouldBe("ending");
        away.IsAway = false;
        school.Academy.Clock.Advance(TimeSpan.FromMinutes(10));
        await school.Until(attempt, "removed");
        (await school.Left()).ShouldBeEmpty();
    }

    [Fact]
    public async Task lets_a_lab_teach_quotas_and_says_at_once_which_labs_reach_beyond_a_namespace()
    {
        await using var school = await ClassroomSituation.Make(await classroom.ClassroomAsync(kubernetes), postgres);
        var wide = await school.Requests("first-kubeflow-pipeline");
        var quotas = await school.Requests("gpu-model");

        var failed = await school.Until(wide, e => e["removed"]!.GetValue<bool>());
        failed["status"]!.GetValue<string>().ShouldBe("failed");
        failed["trouble"]!["code"]!.GetValue<string>().ShouldBeOneOf("environment.crds-missing", "environment.lab-needs-cluster");

        await school.Until(quotas, "ready");
        (await school.Left()).Count(l => l.StartsWith("namespace/", StringComparison.Ordinal)).ShouldBe(1, "nothing was made for the other lab");
        using var shell = await school.Shell(quotas);
        var quota = Path.Combine(Repository.Root, "curriculum", "labs", "gpu-model", "solution", "45-quota.yaml");
        await shell.Does(null, "apply", "-f", quota);
        await shell.Does(null, "patch", "-f", quota, "-p", "{}");
        await shell.MayNot("forbidden", null, "patch", "resourcequota", "academy", "-p", "{}");
        await shell.MayNot("forbidden", null, "delete", "resourcequota", "academy");
        await shell.MayNot("forbidden", null, "delete", "resourcequotas", "--all");
    }

    private static Task<HttpResponseMessage> Register(Someone who, string kubeconfig) =>
        who.Client.PostAsJsonAsync("/api/v1/classrooms", new { name = "Another", kubeconfig }, Ct);
}
