using Npgsql;

namespace Academy.IntegrationTests.Api;

/// <summary>The store really uses the names that are pinned beside the event samples.</summary>
public sealed class Events_in_the_database(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task bear_their_pinned_names_and_their_organisation()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent(AcademyServer.NewTenant());
        var attempt = await student.StartsAttempt("deploy-ai-app", await student.TakesPracticeCluster());
        await student.Post($"attempts/{attempt}/checks", new { });
        await student.AsksForMentor();
        await student.StartsConversation();

        var pinned = await File.ReadAllLinesAsync(Path.Combine(Repository.Folder("tests", "Academy.Tests", "Events"), "names.txt"), TestContext.Current.CancellationToken);
        var stored = new List<string>();
        await using var source = NpgsqlDataSource.Create(academy.ConnectionString);
        await using var command = source.CreateCommand("select distinct type || ' ' || split_part(mt_dotnet_type, ',', 1) from academy.mt_events where tenant_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = student.Tenant });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            stored.Add(reader.GetString(0));
        }

        stored.Count.ShouldBeGreaterThanOrEqualTo(8);
        stored.Except(pinned).ShouldBeEmpty();
    }
}
