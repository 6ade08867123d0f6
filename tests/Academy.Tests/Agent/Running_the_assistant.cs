using System.Collections.Concurrent;
using System.Diagnostics;
using Academy.Agent;
using Academy.Agent.Modelling;
using Academy.Agent.Prompts;
using Academy.Features.Door;
using Academy.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Academy.Tests.Agent;

public sealed class Running_the_assistant
{
    [Fact]
    public async Task leaves_spans_for_the_answer_and_its_tools_that_carry_no_words_of_anybody()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == AgentTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await new Situation().Answer("why is the very-private-thing broken?");

        spans.Select(s => s.OperationName).ShouldContain("answer");
        spans.Select(s => s.OperationName).ShouldContain("tool diagnosis.diagnose");
        spans.SelectMany(s => s.TagObjects).ShouldAllBe(t => !t.Value!.ToString()!.Contains("very-private-thing") && !t.Value!.ToString()!.Contains("registry.local"));
    }

    [Fact]
    public async Task does_not_start_with_a_model_that_cannot_work()
    {
        using var host = Host(("Academy:Model:Provider", "compatible"));

        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Academy:Model:Model");
    }

    [Fact]
    public async Task does_not_start_without_prompts()
    {
        using var host = Host(("Academy:Prompts", "no/such/folder"));

        (await Should.ThrowAsync<PromptException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message.ShouldContain("Academy:Prompts");
    }

    [Fact]
    public async Task reaches_nobody_when_it_warms_up()
    {
        var situation = new Situation();
        using var host = Host(situation.Door);

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        situation.Door.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void takes_every_configuration_that_its_page_shows()
    {
        var blocks = File.ReadAllText(Path.Combine(Repository.Root, "docs", "assistant.md")).Split("```sh").Skip(1).Select(b => b.Split("```")[0]).ToList();
        blocks.Count.ShouldBe(3);
        foreach (var block in blocks)
        {
            var settings = block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l["export ".Length..].Split('=', 2)).Select(p => KeyValuePair.Create(p[0].Replace("__", ":"), (string?)p[1]));
            var options = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection(ModelOptions.Section).Get<ModelOptions>()!;

            new ModelOptionsValidator().Validate(null, options).Failed.ShouldBeFalse(block);
            options.IsTutor.ShouldBeFalse();
        }
    }

    private static IHost Host(params (string Key, string Value)[] settings) => Host(new FakeDoor(), settings);

    private static IHost Host(IDoor door, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddSingleton(door).AddAssistant(builder.Configuration);
        return builder.Build();
    }
}
