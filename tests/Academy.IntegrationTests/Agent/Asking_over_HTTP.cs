using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Agent;

/// <summary>The whole way: a student asks over HTTP, the tutor looks at a recorded cluster through the door, and the records show it.</summary>
public sealed class Asking_over_HTTP(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task why_something_is_broken_streams_the_tool_the_true_cause_and_its_evidence()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent();
        var conversation = await student.StartsConversation(await student.TakesPracticeCluster());

        var events = await Ask(student, conversation, "why is the mail sorter not answering?");

        events.Select(e => e.Event).Distinct().ShouldBe(["tool-started", "tool-finished", "finding", "text", "done"], ignoreOrder: true);
        events[0].Event.ShouldBe("tool-started");
        var finding = events.First(e => e.Event == "finding").Data["finding"]!;
        finding["kind"]!.GetValue<string>().ShouldBe("ConfigMap");
        finding["name"]!.GetValue<string>().ShouldBe("sentiment-model-v2");
        finding["reason"]!.GetValue<string>().ShouldBe("configmap-not-found");
        finding["evidence"]!.AsArray().ShouldNotBeEmpty();
        Text(events).ShouldContain("sentiment-model-v2");
    }

    [Fact]
    public async Task for_a_hint_and_a_check_in_a_lab_stands_in_the_records()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent();
        var attempt = await student.StartsAttempt("deploy-ai-app", await student.TakesPracticeCluster());
        var conversation = Situations.Id(await student.Post("conversations", new { attemptId = attempt }));

        var hint = await Ask(student, conversation, "give me a hint please");
        var check = await Ask(student, conversation, "check my work");
        await Ask(student, conversation, "why is it broken?");

        hint.Single(e => e.Event == "hint").Data["rung"]!.GetValue<int>().ShouldBe(1);
        Text(check).ShouldContain("points");
        var view = await student.Get($"attempts/{attempt}");
        view["steps"]!.AsArray().Sum(s => s!["hintsTaken"]!.GetValue<int>()).ShouldBe(1);
        view["checks"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task goes_on_where_the_conversation_stood()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent();
        var conversation = await student.StartsConversation(await student.TakesPracticeCluster());

        await Ask(student, conversation, "what is wrong?");
        var first = await Ask(student, conversation, "give me a hint");
        var second = await Ask(student, conversation, "go on");

        Text(first).ShouldContain("Hint 1 of 5");
        Text(second).ShouldContain("Hint 2 of 5");
    }

    private static string Text(IReadOnlyList<(string Event, JsonNode Data)> events) =>
        string.Concat(events.Where(e => e.Event == "text").Select(e => e.Data["text"]!.GetValue<string>()));

    private static async Task<IReadOnlyList<(string Event, JsonNode Data)>> Ask(Someone student, Guid conversation, string text)
    {
        using var response = await student.Client.PostAsJsonAsync($"/api/v1/conversations/{conversation}/messages", new { text }, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return
        [
            .. from block in body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
               let lines = block.Split('\n')
               let name = lines.FirstOrDefault(l => l.StartsWith("event: ", StringComparison.Ordinal))
               let data = lines.FirstOrDefault(l => l.StartsWith("data: ", StringComparison.Ordinal))
               where name is not null && data is not null
               select (name["event: ".Length..], JsonNode.Parse(data["data: ".Length..])!),
        ];
    }
}
