using Academy.Domain;
using Academy.Domain.Quizzes;
using CsCheck;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Taking_a_quiz
{
    private static readonly QuizStarted Began = new(Thing, Ann, "advanced-devops-mlops", "scheduling-strategies", "4b1f0c7d9a2e6835", ["gang", "spot", "taint"], 60, Noon);
    private static readonly QuizSitting Open = Given<QuizSitting>(Began);

    [Fact]
    public void records_what_was_chosen_and_whether_it_was_right()
    {
        Open.Answer("gang", [1], [1], ["pod-scheduling"], Later).ShouldRecord(new QuestionAnswered("gang", [1], true, ["pod-scheduling"], Later));
        Open.Answer("gang", [0], [1], [], Later).ShouldRecord(new QuestionAnswered("gang", [0], false, [], Later));
    }

    [Theory]
    [InlineData(new[] { 2, 0 }, true)]
    [InlineData(new[] { 0, 2, 2 }, true)]
    [InlineData(new[] { 0 }, false)]
    [InlineData(new[] { 0, 1, 2 }, false)]
    [InlineData(new int[0], false)]
    public void wants_all_the_right_options_and_no_other(int[] chosen, bool right) =>
        Open.Answer("gang", chosen, [0, 2], [], Later).Events.ShouldHaveSingleItem().ShouldBeOfType<QuestionAnswered>().Right.ShouldBe(right);

    [Fact]
    public void takes_one_answer_to_a_question() =>
        Open.And(new QuestionAnswered("gang", [1], false, [], Noon)).Answer("gang", [0], [0], [], Later).ShouldBeRefused(RefusalKind.Conflict, "quiz.answered");

    [Fact]
    public void knows_its_questions() => Open.Answer("cake", [0], [0], [], Later).ShouldBeRefused(RefusalKind.NotFound, "quiz.no-such-question");

    [Fact]
    public void ends_with_the_last_answer()
    {
        var last = Open.And(new QuestionAnswered("gang", [1], true, [], Noon), new QuestionAnswered("spot", [1], false, [], Noon));
        last.Answer("taint", [0], [0], [], Later).Events[^1].ShouldBe(new QuizFinished(Passed: true, Later));
        last.Answer("taint", [0], [1], [], Later).Events[^1].ShouldBe(new QuizFinished(Passed: false, Later));
    }

    [Fact]
    public void can_be_ended_early_and_what_is_open_counts_as_wrong()
    {
        Open.And(new QuestionAnswered("gang", [1], true, [], Noon)).Finish(Later).ShouldRecord(new QuizFinished(Passed: false, Later));
        Open.And(new QuestionAnswered("gang", [1], true, [], Noon), new QuestionAnswered("spot", [1], true, [], Noon)).Finish(Later)
            .ShouldRecord(new QuizFinished(Passed: true, Later));
    }

    [Fact]
    public void is_over_once_it_is_finished()
    {
        var over = Open.And(new QuizFinished(Passed: false, Noon));
        over.Answer("gang", [0], [0], [], Later).ShouldBeRefused(RefusalKind.Conflict, "quiz.finished");
        over.Finish(Later).ShouldBeRefused(RefusalKind.Conflict, "quiz.finished");
    }

    [Fact]
    public void shows_the_options_of_a_question_in_one_order_for_one_sitting() =>
        Gen.Select(Gen.Guid, Gen.String, Gen.Int[0, 16]).Sample((sitting, question, count) =>
        {
            var order = OptionOrder.Of(sitting, question, count);
            order.Order().ShouldBe(Enumerable.Range(0, count));
            OptionOrder.Of(sitting, question, count).ShouldBe(order);
        });

    [Fact]
    public void puts_every_option_everywhere_over_many_sittings()
    {
        const int sittings = 4000;
        var places = Enumerable.Range(1, sittings).Select(i => OptionOrder.Of(Guid.Parse($"0193a1b2-0000-7000-8000-{i:D12}"), "gang", 4)).ToList();
        foreach (var (place, option) in from p in Enumerable.Range(0, 4) from o in Enumerable.Range(0, 4) select (p, o))
        {
            places.Count(order => order[place] == option).ShouldBeInRange(sittings / 4 - 200, sittings / 4 + 200);
        }
    }
}
