using Academy.Agent.Prompts;
using Academy.Agent.Understanding;

namespace Academy.Tests.Agent;

public sealed class Understanding_a_question
{
    public static IEnumerable<TheoryDataRow<PromptCase>> Cases => ThePrompts.Library.Cases.Select(c => new TheoryDataRow<PromptCase>(c) { TestDisplayName = $"{c.File}:{c.Line} {c.Ask}" });

    [Theory, MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void is_right_for_every_case_beside_the_prompts(PromptCase given)
    {
        var read = ThePrompts.Reader.Read(given.Ask, ["why is my pod broken?"]);

        // "yes" and "go on" after a diagnosis ask for a hint; for itself each is "more".
        (given.Intent == Intent.More ? ThePrompts.Reader.Read(given.Ask).Main : read.Main).ShouldBe(given.Intent, $"{given.File}:{given.Line} \"{given.Ask}\" shows {string.Join(", ", read.All)}");
        if (given.Focus is { } focus)
        {
            read.Mentions.ShouldContain(m => m.Name == focus);
        }
    }

    [Fact]
    public void has_enough_cases_to_mean_something() => ThePrompts.Library.Cases.Count.ShouldBeGreaterThan(120);

    [Theory]
    [InlineData("yes", "why is my pod broken?")]
    [InlineData("go on", "give me a hint")]
    [InlineData("another one", "how do I fix it?")]
    public void takes_more_after_coaching_for_a_hint(string text, string before) => ThePrompts.Reader.Read(text, [before]).Asks(Intent.Hint).ShouldBeTrue();

    [Fact]
    public void takes_more_after_small_talk_for_nothing() => ThePrompts.Reader.Read("yes", ["hello"]).Asks(Intent.Hint).ShouldBeFalse();

    [Theory]
    [InlineData("don't check my work, just tell me what is wrong", Intent.Check)]
    [InlineData("explain it without a hint", Intent.Hint)]
    [InlineData("I do not want a mentor", Intent.Mentor)]
    public void does_not_do_what_the_student_forbids(string text, Intent forbidden) => ThePrompts.Reader.Read(text).Asks(forbidden).ShouldBeFalse();

    [Theory]
    [InlineData("svc/web")]
    [InlineData("is the web service up?")]
    [InlineData("what about the service named web")]
    public void finds_the_service_that_is_meant(string text) => ThePrompts.Reader.Read(text).Mentions.ShouldContain(new Mention("Service", "web"));

    [Fact]
    public void survives_what_nobody_would_say()
    {
        foreach (var text in new[] { "", " ", "?!?!", "//::--", "'", "```", "ß̈🎉🎉", new string('a', 100_000), string.Concat(Enumerable.Repeat("why not check my pod/web ", 5_000)), "\0\u0001" })
        {
            ThePrompts.Reader.Read(text).All.ShouldNotBeEmpty();
        }
    }
}

/// <summary>The prompts that ship, loaded once.</summary>
internal static class ThePrompts
{
    public static PromptLibrary Library { get; } = PromptLibrary.Load(PromptFolder.Find(null, AppContext.BaseDirectory));

    public static QuestionReader Reader { get; } = new(Library.Intents);
}
