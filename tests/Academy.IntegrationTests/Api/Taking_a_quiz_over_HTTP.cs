using System.Text.Json.Nodes;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Taking_a_quiz_over_HTTP(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    private static readonly object Quiz = new { courseId = WorkshopAcademy.Course, topicId = "resolving" };

    [Fact]
    public async Task tells_what_is_right_only_after_the_answer()
    {
        var student = await Student();
        var sitting = (await student.Post("sittings", Quiz))!;
        Untold(sitting);
        Untold(await student.Get($"sittings/{sitting["id"]}"));
        (await student.Get("courses/workshop/quizzes/resolving")).AsObject().ContainsKey("explanation").ShouldBeFalse();

        var answered = await Answers(student, sitting, "short-name", right: true);
        var first = Question(answered, "short-name");
        first["right"]!.GetValue<bool>().ShouldBeTrue();
        first["options"]!.AsArray().ShouldAllBe(o => o!["explanation"] != null && o["correct"] != null && o["chosen"] != null);
        Question(answered, "both")["options"]!.AsArray().ShouldAllBe(o => o!["correct"] == null && o["explanation"] == null);
        Question(answered, "both")["chooseAll"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task counts_towards_progress_when_it_is_passed()
    {
        var student = await Student();
        await student.Post("enrolments", new { courseId = WorkshopAcademy.Course });
        var failed = (await student.Post("sittings", Quiz))!;
        await Answers(student, failed, "short-name", right: false);
        var end = (await student.Post($"sittings/{failed["id"]}/finish", new { }))!;
        (end["passed"]!.GetValue<bool>(), end["score"]!.GetValue<int>()).ShouldBe((false, 0));
        (await Quizzes(student)).ShouldBe(0);

        var passed = await Passes(student);
        (passed["passed"]!.GetValue<bool>(), passed["score"]!.GetValue<int>(), passed["right"]!.GetValue<int>()).ShouldBe((true, 100, 2));
        (await Quizzes(student)).ShouldBe(1);
        var quiz = (await student.Get("progress"))["quizzes"]![0]!;
        (quiz["sittings"]!.GetValue<int>(), quiz["bestScore"]!.GetValue<int>()).ShouldBe((2, 100));
        (await student.Get("sittings?courseId=workshop&passed=true"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_question_is_answered_once()
    {
        var student = await Student();
        var sitting = (await student.Post("sittings", Quiz))!;
        await Answers(student, sitting, "short-name", right: true);
        using var again = await student.Client.Send(HttpMethod.Post, $"sittings/{sitting["id"]}/answers", new { questionId = "short-name", options = new[] { "a" } });
        await again.ShouldBeProblem(409, "quiz.answered");
    }

    [Theory]
    [InlineData("""{"questionId":"short-name","options":[]}""", 400, "input.invalid")]
    [InlineData("""{"questionId":"short-name","options":["z"]}""", 400, "quiz.no-such-option")]
    [InlineData("""{"questionId":"short-name","options":["ab"]}""", 400, "input.invalid")]
    [InlineData("""{"questionId":"short-name","options":["a","a"]}""", 400, "input.invalid")]
    [InlineData("""{"questionId":"short-name","options":[null]}""", 400, "input.invalid")]
    [InlineData("""{"questionId":"short-name","options":"a"}""", 400, "input.invalid")]
    [InlineData("""{"questionId":"cake","options":["a"]}""", 404, "quiz.no-such-question")]
    public async Task an_answer_that_makes_no_sense_is_refused(string body, int status, string code)
    {
        var student = await Student();
        var sitting = (await student.Post("sittings", Quiz))!;
        using var response = await student.Client.SendText($"sittings/{sitting["id"]}/answers", body);
        await response.ShouldBeProblem(status, code);
    }

    [Fact]
    public async Task shows_the_options_in_another_order_each_time()
    {
        var student = await Student();
        var orders = new HashSet<string>();
        for (var i = 0; i < 8; i++)
        {
            var sitting = (await student.Post("sittings", Quiz))!;
            orders.Add(string.Join('|', sitting["questions"]!.AsArray().SelectMany(q => q!["options"]!.AsArray()).Select(o => o!["text"]!.GetValue<string>())));
            var read = await student.Get($"sittings/{sitting["id"]}");
            read["questions"]!.ToJsonString().ShouldBe(sitting["questions"]!.ToJsonString(), "one sitting keeps its order");
        }

        orders.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task is_the_students_own()
    {
        var student = await Student();
        var sitting = (await student.Post("sittings", Quiz))!;
        var academy = await workshop.Server(postgres);
        var other = await academy.Student(student.Tenant);
        using var read = await other.Client.Send(HttpMethod.Get, $"sittings/{sitting["id"]}");
        await read.ShouldBeProblem(404, "sitting.not-found");
        using var finish = await other.Client.Send(HttpMethod.Post, $"sittings/{sitting["id"]}/finish");
        await finish.ShouldBeProblem(404, "sitting.not-found");
        var instructor = await academy.Person([Roles.Instructor], student.Tenant);
        (await instructor.Get($"sittings?studentId={student.Id}"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task twice_under_one_key_is_one_answer()
    {
        var student = await Student();
        var sitting = (await student.Post("sittings", Quiz))!;
        var body = new { questionId = "short-name", options = new[] { "a" } };
        using var first = await student.Client.Send(HttpMethod.Post, $"sittings/{sitting["id"]}/answers", body, ("Idempotency-Key", "q"));
        using var second = await student.Client.Send(HttpMethod.Post, $"sittings/{sitting["id"]}/answers", body, ("Idempotency-Key", "q"));
        (await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        ((int)second.StatusCode).ShouldBe(200);
    }

    private async Task<Someone> Student() => await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());

    private static async Task<int> Quizzes(Someone student) => (await student.Get("progress"))["courses"]![0]!["quizzesPassed"]!.GetValue<int>();

    private static async Task<JsonNode> Passes(Someone student) => await QuizTaking.Passes(student, "resolving");

    private static Task<JsonNode> Answers(Someone student, JsonNode sitting, string question, bool right) => QuizTaking.Answers(student, sitting, question, right);

    private static JsonNode Question(JsonNode sitting, string id) => sitting["questions"]!.AsArray().Single(q => q!["id"]!.GetValue<string>() == id)!;

    private static void Untold(JsonNode sitting)
    {
        var text = sitting.ToJsonString();
        text.ShouldNotContain("explanation");
        text.ShouldNotContain("correct");
    }
}

/// <summary>Answers the quizzes of the workshop, by the words of the options.</summary>
internal static class QuizTaking
{
    private static readonly string[] Right = ["db in the namespace of the pod", "A dot at the end", "A smaller ndots"];

    public static async Task<JsonNode> Passes(Someone student, string topic)
    {
        var sitting = (await student.Post("sittings", new { courseId = WorkshopAcademy.Course, topicId = topic }))!;
        await Answers(student, sitting, "short-name", right: true);
        return await Answers(student, sitting, "both", right: true);
    }

    public static async Task<JsonNode> Answers(Someone student, JsonNode sitting, string question, bool right)
    {
        var options = sitting["questions"]!.AsArray().Single(q => q!["id"]!.GetValue<string>() == question)!["options"]!.AsArray();
        var chosen = options.Where(o => Right.Contains(o!["text"]!.GetValue<string>()) == right).Select(o => o!["key"]!.GetValue<string>()).ToArray();
        return (await student.Post($"sittings/{sitting["id"]}/answers", new { questionId = question, options = chosen }))!;
    }
}
