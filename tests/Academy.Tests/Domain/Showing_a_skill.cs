using Academy.Domain.Skills;
using CsCheck;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Showing_a_skill
{
    [Fact]
    public void is_nothing_without_evidence() => Mastery.Of([]).ShouldBeEmpty();

    [Fact]
    public void once_does_not_make_a_master() => ValueOf(Passed("lab/a/1")).ShouldBe(0.25);

    [Fact]
    public void often_comes_close_to_one() => ValueOf([.. Enumerable.Range(0, 60).Select(i => Passed($"lab/a/{i}"))]).ShouldBeGreaterThan(0.95);

    [Fact]
    public void with_the_command_shown_says_less_and_with_the_solution_still_less()
    {
        Enumerable.Range(0, 4).ShouldAllBe(rung => ValueOf(Passed("lab/a/1", rung)) == ValueOf(Passed("lab/a/1")));
        ValueOf(Passed("lab/a/1", 4)).ShouldBeLessThan(ValueOf(Passed("lab/a/1", 3)));
        ValueOf(Passed("lab/a/1", 5)).ShouldBeLessThan(ValueOf(Passed("lab/a/1", 4)));
        (Mastery.IsAssisted(3), Mastery.IsAssisted(4)).ShouldBe((false, true));
    }

    [Fact]
    public void counts_each_thing_once_and_its_newest_evidence()
    {
        var wrong = new Evidence("quiz/c/t/q", "dns", Mastery.QuestionWeight, 0, false, Noon);
        var right = wrong with { Success = 1, ShownAt = Later };
        ValueOf(wrong, right).ShouldBe(ValueOf(right));
        ValueOf(right, wrong).ShouldBe(ValueOf(right));
        ValueOf(right with { ShownAt = Noon }, wrong with { ShownAt = Later }).ShouldBe(0);
    }

    [Fact]
    public void keeps_skills_apart() =>
        Mastery.Of([Passed("lab/a/1"), Passed("lab/a/1") with { SkillId = "tls" }]).Select(m => (m.SkillId, m.Value)).ShouldBe([("dns", 0.25), ("tls", 0.25)]);

    [Fact]
    public void stays_between_nothing_and_all_and_a_success_never_lowers_it()
    {
        var some = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Bool).Select((i, rung, right) => Passed($"lab/a/{i}", rung) with { Success = right ? Mastery.SuccessAfter(rung) : 0 });
        some.Array[0, 30].Sample(evidence =>
        {
            var before = evidence.Length == 0 ? 0 : ValueOf(evidence);
            before.ShouldBeInRange(0, 1);
            ValueOf([.. evidence, Passed("lab/b/new")]).ShouldBeGreaterThan(before);
        });
    }

    private static double ValueOf(params Evidence[] evidence) => Mastery.Of(evidence).ShouldHaveSingleItem().Value;

    private static Evidence Passed(string source, int rung = 0) =>
        new(source, "dns", Mastery.CheckWeight, Mastery.SuccessAfter(rung), Mastery.IsAssisted(rung), Noon);
}
