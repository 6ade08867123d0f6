using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

public sealed class Finding_in_the_curriculum(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    [Theory]
    [InlineData("marsupial", "topic", "workshop/resolving")]
    [InlineData("quokka", "lab", "review-a-plan")]
    [InlineData("questions on names", "quiz", "workshop/resolving")]
    [InlineData("teapots", "exercise", "migration")]
    [InlineData("\"for operators\"", "path", "operators")]
    [InlineData("resolve -quokka", "skill", "dns")]
    public async Task looks_into_titles_and_texts_of_everything(string words, string kind, string id)
    {
        var items = await Search($"q={Uri.EscapeDataString(words)}&kind={kind}");
        items.Select(i => i["id"]!.GetValue<string>()).ShouldContain(id);
        items.ShouldAllBe(i => i["kind"]!.GetValue<string>() == kind);
    }

    [Fact]
    public async Task marks_the_words_that_match_and_sends_no_markup()
    {
        var topic = (await Search("q=marsupial")).First(i => i["kind"]!.GetValue<string>() == "topic");
        var parts = topic["snippet"]!.AsArray();
        parts.Single(p => p!["match"]!.GetValue<bool>())!["text"]!.GetValue<string>().ShouldBe("marsupial");
        string.Concat(parts.Select(p => p!["text"]!.GetValue<string>())).ShouldContain("The marsupial option `ndots`");
    }

    [Fact]
    public async Task puts_a_title_before_a_text()
    {
        var first = (await Search("q=plan"))[0];
        first["title"]!.GetValue<string>().ToLowerInvariant().ShouldContain("plan");
    }

    [Theory]
    [InlineData("kms")]
    [InlineData("terraform show -json plan")]
    [InlineData("Its length is not what counts")]
    [InlineData("complete and is asked for once")]
    public async Task finds_neither_answers_nor_hints(string words) => (await Search($"q={Uri.EscapeDataString($"\"{words}\"")}")).ShouldBeEmpty();

    [Theory]
    [InlineData("'; drop table academy.curriculum_texts; --")]
    [InlineData("a & | ! ( ) <-> :*")]
    [InlineData("\"unclosed")]
    [InlineData("---")]
    [InlineData("the of and")]
    [InlineData("%_\\")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\uE000x\uE001")]
    [InlineData("🦘 ndots")]
    [InlineData("or or or")]
    public async Task takes_any_words(string words) => await Search($"q={Uri.EscapeDataString(words)}");

    [Fact]
    public async Task takes_no_endless_question_and_none_at_all()
    {
        var student = await (await workshop.Server(postgres)).Student();
        foreach (var (query, field) in new[] { ($"q={new string('x', 201)}", "q"), ("q=", "q"), ("q=x&limit=51", "limit"), ("q=x&kind=cake", "kind"), ("q=a%00b", "q") })
        {
            using var response = await student.Client.Send(HttpMethod.Get, $"search?{query}");
            await response.ShouldBeProblem(400, "input.invalid", field);
        }
    }

    [Fact]
    public async Task narrows_down_by_skill_and_level_and_course()
    {
        (await Search("q=plan&skill=dns")).Select(i => i["id"]!.GetValue<string>()).ShouldNotContain("review-a-plan");
        (await Search("q=plan&level=intermediate")).ShouldAllBe(i => i["level"]!.GetValue<string>() == "intermediate");
        (await Search("q=plan&courseId=workshop")).Select(i => i["kind"]!.GetValue<string>()).ShouldBeSubsetOf(["course", "topic", "quiz"]);
        (await Search("q=plan&limit=1")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task lists_can_be_narrowed_down_as_well()
    {
        var student = await (await workshop.Server(postgres)).Student();
        (await student.Get("labs?skill=planning&level=intermediate&maxMinutes=20")).AsArray().Count.ShouldBe(2);
        (await student.Get("labs?maxMinutes=19")).AsArray().ShouldBeEmpty();
        (await student.Get("exercises?kind=team")).AsArray().Select(e => e!["id"]!.GetValue<string>()).ShouldBe(["release-day"]);
        (await student.Get("topics?has=quiz")).AsArray().Select(t => t!["topic"]!["id"]!.GetValue<string>()).ShouldBe(["resolving"]);
        (await student.Get("topics?skill=planning")).AsArray().Count.ShouldBe(2);
        (await student.Get("quizzes?skill=dns")).AsArray().Count.ShouldBe(1);
        (await student.Get("skills?area=networking")).AsArray().Single()!["topics"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(["workshop/resolving"]);
        (await student.Get("paths/operators"))["topics"]!.AsArray().Count.ShouldBe(2);
    }

    private async Task<List<JsonNode>> Search(string query)
    {
        var student = await (await workshop.Server(postgres)).Student();
        return [.. (await student.Get($"search?{query}"))["items"]!.AsArray().Select(i => i!)];
    }
}
