using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Academy.Features.Door;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Faults;

public sealed class Telemetry(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task a_question_is_traced_from_the_door_through_tools_and_metrics_stand_for_prometheus()
    {
        var spans = new ConcurrentBag<(string Source, string Name)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is DoorTelemetry.Name or "Academy.Agent" or "Marten",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => spans.Add((a.Source.Name, a.OperationName)),
        };
        ActivitySource.AddActivityListener(listener);
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var conversation = await student.StartsConversation(await student.TakesPracticeCluster());
        using var reply = await student.Client.PostAsJsonAsync(
            $"/api/v1/conversations/{conversation}/messages", new { text = "Why is it broken?" }, TestContext.Current.CancellationToken);
        await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        spans.ShouldContain((DoorTelemetry.Name, "AskQuestion"));
        spans.ShouldContain((DoorTelemetry.Name, "DiagnoseCluster"));
        spans.Select(s => s.Source).ShouldContain("Academy.Agent");
        spans.Select(s => s.Source).ShouldContain("Marten");
        var metrics = await academy.Anonymous().GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        metrics.ShouldContain("academy_door_duration_seconds_count");
        metrics.ShouldContain("request=\"AskQuestion\"");
    }
}
