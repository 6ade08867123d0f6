using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class What_the_catalogue_holds
{
    private static readonly Catalog Sample = CatalogLoader.Load(SampleCurriculum.Original).Catalog!;

    [Fact]
    public void is_every_part_of_the_sample()
    {
        Sample.Skills.Select(s => s.Id).ShouldBe(["app-configuration", "workload-basics", "ci-pipelines"]);
        Sample.FindPath("first-path")!.Topics.ShouldBe([new TopicRef("first-course", "settings")]);
        Sample.FindExercise("first-exercise")!.ShouldSatisfyAllConditions(
            e => e.MaxPoints.ShouldBe(10), e => e.Roles.Count.ShouldBe(2), e => e.Examples["design"].ShouldStartWith("# A greeting for everybody"));
        var topic = Sample.FindCourse("first-course")!.FindTopic("settings")!;
        (topic.ExerciseId, topic.LabId, topic.Quiz!.Questions.Select(q => q.ChooseAll)).ShouldSatisfyAllConditions(
            t => t.Item1.ShouldBe("first-exercise"), t => t.Item2.ShouldBe("first-lab"), t => t.Item3.ShouldBe([false, true]));
    }

    [Fact]
    public void gives_every_check_the_skills_of_its_step_or_lab()
    {
        var lab = Sample.FindLab("second-lab")!;
        lab.FindCheck("answers")!.Skills.ShouldBe(["workload-basics", "ci-pipelines"]);
        lab.FindCheck("far-copy")!.Skills.ShouldBe(["workload-basics"]);
        lab.FindCheck("rolled-back")!.Skills.ShouldBe(["ci-pipelines"]);
    }

    [Fact]
    public void tells_the_terms_of_a_lab()
    {
        var (first, second) = (Sample.FindLab("first-lab")!, Sample.FindLab("second-lab")!);
        (first.PassingScore, first.Attempts, first.Policy, first.Hints.MaxRung).ShouldBe((80, 5, new LabPolicy(true, false), 4));
        first.Environment.Quota["pods"].ShouldBe("10");
        first.Environment.Hours.ShouldBe(4);
        (second.PassingScore, second.Attempts, second.Environment).ShouldBe((100, null, LabEnvironment.Usual));
        (second.NeedsCluster, second.FindArtefact("pipeline")!.MaxKiB).ShouldBe((true, 1024));
    }

    [Fact]
    public void sums_up_the_price_of_hints_and_never_takes_more_than_there_is()
    {
        var hints = new HintPolicy(5) { Prices = [0, 30, 40, 50, 60] };
        hints.PriceOf([1, 2, 2]).ShouldBe(30);
        hints.PriceOf([1, 2, 3, 4, 5]).ShouldBe(100);
        hints.PriceOf([0, 9]).ShouldBe(0);
        new HintPolicy(5).PriceOf([1, 2, 3, 4, 5]).ShouldBe(75);
    }

    [Fact]
    public void computes_how_long_a_lesson_takes_to_read() =>
        new Topic("t", "1", "", "", string.Join(' ', Enumerable.Repeat("word", 401)), null).ReadingMinutes.ShouldBe(3);

    [Fact]
    public void closes_help_in_an_exam()
    {
        using var sample = new SampleCurriculum();
        sample.Replace("labs/first-lab/lab.yaml", "exam: false", "exam: true");
        var lab = CatalogLoader.Load(sample.Folder).Catalog!.FindLab("first-lab")!;
        (lab.Policy, lab.Hints.MaxRung).ShouldBe((new LabPolicy(false, true), 0));
    }

    [Fact]
    public void lets_a_lab_of_artefacts_do_without_manifests_recordings_and_faults()
    {
        using var sample = new SampleCurriculum();
        const string Lab = "labs/second-lab";
        foreach (var folder in new[] { "states", "faults", "start", "solution/far" })
        {
            Directory.Delete(Path.Combine(sample.Folder, Lab, folder), recursive: true);
        }

        Directory.GetFiles(Path.Combine(sample.Folder, Lab, "solution"), "*.yaml").ToList().ForEach(File.Delete);
        sample.Delete($"{Lab}/steps/reachable.yaml");
        var text = sample.Read($"{Lab}/lab.yaml").Replace("  - reachable\n", "", StringComparison.Ordinal);
        text = text[..text.IndexOf("clusters:", StringComparison.Ordinal)] + text[text.IndexOf("artefacts:", StringComparison.Ordinal)..text.IndexOf("faults:", StringComparison.Ordinal)];
        sample.Write($"{Lab}/lab.yaml", text);
        var mutations = sample.Read($"{Lab}/mutations.yaml");
        sample.Write($"{Lab}/mutations.yaml", "mutations:\n" + mutations[mutations.IndexOf("  - id: rendered-missing", StringComparison.Ordinal)..]);

        var result = CatalogLoader.Load(sample.Folder);
        result.Problems.ShouldBeEmpty();
        var lab = result.Catalog!.FindLab("second-lab")!;
        lab.NeedsCluster.ShouldBeFalse();
        Academy.Curriculum.Gating.QualityGate.Run(lab, Shipped.Recording, TestContext.Current.CancellationToken).Problems.ShouldBeEmpty();
    }
}
