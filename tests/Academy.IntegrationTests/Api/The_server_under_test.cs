using System.Net;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class The_server_under_test(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task is_ready_and_lets_in_who_has_a_token()
    {
        var academy = await shared.Server(postgres);
        using var nobody = academy.Anonymous();
        using var ready = await nobody.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await nobody.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var mentor = await academy.Person([Roles.Mentor], AcademyServer.NewTenant(), name: "Mia");
        var me = await mentor.Get("me");
        me["name"]!.GetValue<string>().ShouldBe("Mia");
        me["tenant"]!.GetValue<string>().ShouldBe(mentor.Tenant);
    }

    [Fact]
    public async Task can_be_put_into_a_situation()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent();
        var cluster = await student.TakesPracticeCluster();
        (await student.Get($"clusters/{cluster}/diagnosis"))["healthy"]!.GetValue<bool>().ShouldBeFalse();
    }
}
