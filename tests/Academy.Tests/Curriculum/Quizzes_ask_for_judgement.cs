using System.Text.RegularExpressions;
using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed partial class Quizzes_ask_for_judgement
{
    private static readonly string[] Lazy = ["all of the above", "none of the above", "all of these", "both of the above"];

    public static TheoryData<string> Topics => [.. All().Select(q => q.Topic)];

    [Theory, MemberData(nameof(Topics))]
    public void with_at_least_eight_questions(string topic) => Quiz(topic).Questions.Count.ShouldBeGreaterThanOrEqualTo(8);

    [Theory, MemberData(nameof(Topics))]
    public void that_say_when_several_options_are_to_be_chosen(string topic) =>
        Quiz(topic).Questions.Where(q => q.ChooseAll && !Several.IsMatch(q.Text)).Select(q => q.Id).ShouldBeEmpty();

    [Theory, MemberData(nameof(Topics))]
    public void whose_options_are_different_and_each_explained(string topic)
    {
        foreach (var question in Quiz(topic).Questions)
        {
            question.Options.Select(o => o.Text.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(question.Options.Count, question.Id);
            question.Options.ShouldAllBe(o => o.Explanation.Trim().Length > 5 && !Lazy.Any(l => o.Text.Contains(l, StringComparison.OrdinalIgnoreCase)), question.Id);
        }
    }

    [Theory, MemberData(nameof(Topics))]
    public void whose_right_answer_is_given_away_neither_by_its_place_nor_by_its_length(string topic)
    {
        var single = Quiz(topic).Questions.Where(q => !q.ChooseAll).ToList();
        var most = (int)Math.Ceiling(single.Count * 0.6);
        single.GroupBy(q => q.Options.ToList().FindIndex(o => o.Correct)).Max(g => g.Count()).ShouldBeLessThanOrEqualTo(most, "the same place");
        single.Count(q => q.Options.MaxBy(o => o.Text.Length)!.Correct).ShouldBeLessThanOrEqualTo(most, "the longest option");
    }

    private static Quiz Quiz(string topic) => All().Single(q => q.Topic == topic).Quiz;

    private static IEnumerable<(string Topic, Quiz Quiz)> All() =>
        from course in Shipped.Catalog.Courses
        from module in course.Modules
        from topic in module.Topics
        where topic.Quiz is not null
        select ($"{course.Id}/{topic.Id}", topic.Quiz);

    [GeneratedRegex(@"\b(all|every|each|two|three)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Several { get; }
}
