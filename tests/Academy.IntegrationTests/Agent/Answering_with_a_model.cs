using System.Net;
using System.Net.Sockets;
using Academy.Features.Attempting;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Mentoring;
using Microsoft.AspNetCore.Http;

namespace Academy.IntegrationTests.Agent;

public sealed class Answering_with_a_model
{
    private const string Why = "why is my pod broken?";

    private readonly StubSituation _situation = new();

    [Fact]
    public async Task streams_its_text_after_a_tool_call_that_came_in_pieces()
    {
        await using var model = await StubModel.Start();
        model.Calls("cluster-get_log", "{\"po", "d\":\"web-7d9f8c", "-x2x4z\",\"lines\"", ":5}").Says("The Deployment `web` as", "ks for an image that is not there.\n", "What would you look at first?");

        var pieces = await _situation.Answer(Why, model);

        Text(pieces).ShouldBe("The Deployment `web` asks for an image that is not there.\nWhat would you look at first?");
        _situation.Sent.OfType<GetLog>().Single().ShouldBe(new GetLog(_situation.Sent.OfType<GetLog>().Single().ClusterId, "shop", "web-7d9f8c-x2x4z", null, false, 5));
        pieces.OfType<ToolStarted>().Select(t => t.Tool).ShouldBe(["diagnosis.diagnose", "cluster.get_log"]);
    }

    [Fact]
    public async Task shows_the_findings_before_the_model_is_asked()
    {
        await using var model = await StubModel.Start();
        model.Says("Look at the image.");

        var pieces = await _situation.Answer(Why, model);

        pieces.OfType<FindingShown>().Single().Finding.Name.ShouldBe("web");
        System(model).ShouldContain("web:1.3 not found");
    }

    [Fact]
    public async Task offers_the_tools_and_hands_results_back_fenced_and_without_secrets()
    {
        await using var model = await StubModel.Start();
        model.Calls("cluster-get_log", "{\"pod\":\"web-1\"}").Says("The log says little.");

        await _situation.Answer("what does web-1 log? my password=hunter2", model);

        var (path, key, body) = model.Requests.Last();
        path.ShouldBe("/v1/chat/completions");
        key.ShouldBe($"Bearer {StubSituation.Key}");
        body["stream"]!.GetValue<bool>().ShouldBeTrue();
        body["tools"]!.AsArray().Select(t => t!["function"]!["name"]!.GetValue<string>()).ShouldContain("diagnosis-diagnose");
        var result = body["messages"]!.AsArray().Single(m => m!["role"]!.GetValue<string>() == "tool")!["content"]!.GetValue<string>();
        result.ShouldStartWith("<<data ");
        result.ShouldContain("DB_PASSWORD=[redacted]");
        System(model).ShouldContain(result.Split('\n')[0]);
        model.Requests.ShouldAllBe(r => !r.Body.ToJsonString(null).Contains("hunter2"));
    }

    [Fact]
    public async Task does_nothing_that_a_log_told_the_model_to_do()
    {
        await using var model = await StubModel.Start();
        model.Calls("cluster-get_log", "{\"pod\":\"web-1\"}").Calls("lab-take_hint", "{\"step\":\"image\"}").Calls("mentor-request_mentor", "{\"topic\":\"x\"}").Says("Nothing more was done.");

        var pieces = await _situation.Answer(Why, model);

        _situation.Sent.ShouldNotContain(r => r is TakeHint || r is RequestMentorship);
        pieces.OfType<ToolFinished>().Count(t => !t.Ok).ShouldBe(2);
    }

    [Fact]
    public async Task gives_the_hint_that_the_student_asked_for()
    {
        await using var model = await StubModel.Start();
        model.Calls("lab-take_hint", "{\"step\":\"image\"}").Says("Take your time.");

        (await _situation.Answer("give me a hint", model)).OfType<HintGiven>().Single().Text.ShouldBe("A hint.");
    }

    [Fact]
    public async Task that_names_what_does_not_exist_is_stopped_before_it_is_seen()
    {
        await using var model = await StubModel.Start();
        model.Says("Let me see.\n", "The Deployment `pay", "ments` lacks memory.\n", "Raise it.");

        var text = Text(await _situation.Answer(Why, model));

        text.ShouldStartWith("Let me see.\n");
        text.ShouldNotContain("lacks memory");
        text.ShouldContain("which nothing I looked at contains");
        text.ShouldContain("The root cause is **Deployment `web`**");
    }

    [Fact]
    public async Task that_is_dead_leaves_the_answer_to_the_tutor()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        var pieces = await _situation.Answer(
            Why, TestContext.Current.CancellationToken, ("Provider", "compatible"), ("Endpoint", $"http://127.0.0.1:{port}/v1"), ("Model", "stub"));

        ShouldBeTheTutors(pieces, "does not answer at the moment");
    }

    [Fact]
    public async Task that_is_slow_leaves_the_answer_to_the_tutor()
    {
        await using var model = await StubModel.Start();
        model.Then(http => Task.Delay(TimeSpan.FromMinutes(5), http.RequestAborted));

        ShouldBeTheTutors(await _situation.Answer(Why, model, ("TimeoutSeconds", "1")), "took too long");
    }

    [Fact]
    public async Task that_stops_in_the_middle_leaves_the_rest_to_the_tutor()
    {
        await using var model = await StubModel.Start();
        model.Then(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync($"data: {StubModel.Text("I begin well.\n")}\n\n");
            await http.Response.Body.FlushAsync();
            // What was not read yet when a connection is reset is lost: give the sentence time to arrive.
            await Task.Delay(TimeSpan.FromSeconds(1));
            http.Abort();
        });

        var pieces = await _situation.Answer(Why, model);

        Text(pieces).ShouldStartWith("I begin well.\n");
        ShouldBeTheTutors(pieces, "does not answer at the moment");
    }

    public static TheoryData<string, int, string> Broken => new()
    {
        { "an error", 500, "{\"error\":{\"message\":\"overloaded\"}}" },
        { "a refused key", 401, $"{{\"error\":{{\"message\":\"Incorrect API key provided: {StubSituation.Key}, api_key={StubSituation.Key}\"}}}}" },
        { "a page", 200, "<html>Welcome</html>" },
        { "garbage", 200, "data: {\"choices\": [ {{{ \n\n" },
        { "another shape", 200, "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":7}]}}]}\n\ndata: [DONE]\n\n" },
        { "a redirect", 302, "" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task that_answers_nonsense_leaves_the_answer_to_the_tutor(string what, int status, string body)
    {
        await using var model = await StubModel.Start();
        model.Always(http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "http://169.254.169.254/latest/";
            http.Response.ContentType = "text/event-stream";
            return http.Response.WriteAsync(body);
        });

        ShouldBeTheTutors(await _situation.Answer(Why, model), "built-in tutor");
        model.Requests.Count.ShouldBe(1, what);
    }

    [Fact]
    public async Task that_calls_tools_nobody_has_leaves_the_answer_to_the_tutor_after_a_few_rounds()
    {
        await using var model = await StubModel.Start();
        model.Always(http => StubModel.CallTool(http, "kubernetes-delete_everything", "{\"force\":tr", "ue}"));

        var pieces = await _situation.Answer(Why, model, ("MaxRounds", "3"));

        ShouldBeTheTutors(pieces, "no usable answer");
        model.Requests.Count.ShouldBe(3);
        model.Requests.Last().Body.ToJsonString(null).ShouldContain("There is no tool kubernetes-delete_everything");
    }

    [Fact]
    public async Task that_sends_broken_arguments_is_told_and_may_go_on()
    {
        await using var model = await StubModel.Start();
        model.Calls("cluster-get_log", "{\"pod\": ").Calls("cluster-get_log", "{\"lines\":\"many\"}").Says("I read nothing.");

        Text(await _situation.Answer(Why, model)).ShouldBe("I read nothing.");
    }

    [Fact]
    public async Task that_says_nothing_leaves_the_answer_to_the_tutor()
    {
        await using var model = await StubModel.Start();
        model.Says();

        ShouldBeTheTutors(await _situation.Answer(Why, model), "no usable answer");
    }

    [Fact]
    public async Task stops_when_the_student_cancels()
    {
        await using var model = await StubModel.Start();
        using var cancel = new CancellationTokenSource();
        model.Then(async http =>
        {
            await cancel.CancelAsync();
            await Task.Delay(TimeSpan.FromMinutes(5), http.RequestAborted);
        });

        await Should.ThrowAsync<OperationCanceledException>(() => _situation.Answer(
            Why, cancel.Token, ("Provider", "compatible"), ("Endpoint", $"{model.Address}/v1"), ("Model", "stub")));
    }

    [Fact]
    public async Task speaks_to_Azure_in_its_own_way()
    {
        await using var model = await StubModel.Start();
        model.Says("Hello from a deployment.");

        var pieces = await _situation.Answer(
            Why, TestContext.Current.CancellationToken, ("Provider", "azure-openai"), ("Endpoint", model.Address), ("Deployment", "tutor-4"), ("ApiKey", StubSituation.Key));

        Text(pieces).ShouldBe("Hello from a deployment.");
        var (path, key, _) = model.Requests.Single();
        path.ShouldStartWith("/openai/deployments/tutor-4/chat/completions?api-version=");
        key.ShouldBe(StubSituation.Key);
    }

    [Fact]
    public async Task speaks_to_OpenAI_with_the_key_as_a_bearer_token()
    {
        await using var model = await StubModel.Start();
        model.Says("Hello from a model.");

        var pieces = await _situation.Answer(
            Why, TestContext.Current.CancellationToken, ("Provider", "openai"), ("Endpoint", $"{model.Address}/v1"), ("Model", "gpt-stub"), ("ApiKey", StubSituation.Key));

        Text(pieces).ShouldBe("Hello from a model.");
        model.Requests.Single().Body["model"]!.GetValue<string>().ShouldBe("gpt-stub");
    }

    private void ShouldBeTheTutors(IReadOnlyList<ReplyPiece> pieces, string because)
    {
        var text = Text(pieces);
        text.ShouldContain(because);
        text.ShouldContain("The root cause is **Deployment `web`**");
        pieces.OfType<FindingShown>().Select(f => f.Finding.Name).ShouldBe(["web"]);
        _situation.Sent.OfType<DiagnoseCluster>().Count().ShouldBe(1);
        _situation.Logged.ShouldNotContain(l => l.Contains(StubSituation.Key));
    }

    private static string Text(IReadOnlyList<ReplyPiece> pieces) => string.Concat(pieces.OfType<TextWritten>().Select(t => t.Text));

    private static string System(StubModel model) => model.Requests.First().Body["messages"]![0]!["content"]!.GetValue<string>();
}
