using Academy.Curriculum;
using Academy.Tests.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Cli;

public sealed class Playing_and_making_labs : IDisposable
{
    private readonly SampleCurriculum _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task makes_a_lab_that_lints_clean_and_passes_its_tests()
    {
        var made = await CliRun.Of(["lab", "new", "my-lab", "--curriculum", _sample.Folder]);
        made.ExitCode.ShouldBe(0, made.Error);
        (await CliRun.Of(["lab", "lint", _sample.Folder])).Output.ShouldContain("3 labs");
        var tested = await CliRun.Of(["lab", "test", "my-lab", "--curriculum", _sample.Folder]);
        tested.ExitCode.ShouldBe(0, tested.Output);
        CatalogLoader.Load(_sample.Folder).Catalog!.FindLab("my-lab")!.Namespace.ShouldBe("my-lab");
        _sample.Read("labs/my-lab/steps/greeting.yaml").ShouldStartWith("# yaml-language-server: $schema=../../../schemas/step.schema.json\n");
    }

    [Fact]
    public async Task makes_a_lab_with_the_skills_that_there_are()
    {
        var folder = Directory.CreateTempSubdirectory("academy-new-").FullName;
        (await CliRun.Of(["lab", "new", "my-lab", "--curriculum", folder])).ExitCode.ShouldBe(0);
        (await CliRun.Of(["lab", "lint", folder])).Output.ShouldContain("1 lab,");
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("first-lab", "there is a lab first-lab already")]
    [InlineData("My_Lab", "'My_Lab' is not an id")]
    [InlineData("../x", "'../x' is not an id")]
    public async Task never_makes_a_lab_over_another_or_elsewhere(string id, string error)
    {
        var run = await CliRun.Of(["lab", "new", id, "--curriculum", _sample.Folder]);
        (run.ExitCode, run.Error.Contains(error, StringComparison.Ordinal)).ShouldBe((2, true));
    }

    [Fact]
    public async Task plays_a_lab_on_its_recorded_start()
    {
        var run = await Play("first-lab", "step\nhint\nhint\ncheck\nhint greeting\nhint greeting\nhint greeting\nsteps\nstep 9\nnonsense\nquit\n");
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("Put the word `hello` into the ConfigMap");
        run.Output.ShouldContain("hint 1 of 4: a question\nWhat does the server say today?");
        run.Output.ShouldContain("hint 2 of 4: where to look (costs 5 % of the step's points)");
        run.Output.ShouldContain("✗ The greeting is friendly (0 of 2)");
        run.Output.ShouldContain("Not yet passed");
        run.Output.ShouldContain("hint 4 of 4: the command (costs 20 % of the step's points)");
        run.Output.ShouldContain("There is no further hint for this step.");
        run.Output.ShouldContain("There is no step '9'.");
        run.Output.ShouldNotContain("```yaml");
    }

    [Fact]
    public async Task plays_a_lab_on_a_recording_and_counts_the_price_of_hints()
    {
        var solution = Path.Combine(_sample.Folder, "labs/first-lab/states/solution");
        var run = await Play("first-lab", "hint\nhint\nhint\ncheck\n", solution);
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Passed: 9 of 9 points");
        run.Output.ShouldContain("8.6 points are left after 0.5 for hints.");
    }

    [Fact]
    public async Task takes_artefacts_from_a_folder_and_further_clusters_from_recordings()
    {
        var lab = Path.Combine(_sample.Folder, "labs/second-lab");
        var run = await Play("second-lab", "check\n", $"{lab}/states/solution", "--artefacts", $"{lab}/solution/artefacts", "--cluster", $"far={lab}/states/solution/far");
        run.Output.ShouldContain("✓ Hand in what delivers it");
        run.Output.ShouldContain("✓ The far cluster runs the page once");
        run.Output.ShouldContain("? The page answers (0 of 2)");
        run.Output.ShouldContain("; 1 check could not be carried out");

        var start = await Play("second-lab", "check\n");
        start.Output.ShouldContain("upload The pipeline (Jenkinsfile) first");
        start.Output.ShouldContain("web:80/healthz answered 503, expected 200");
    }

    [Fact]
    public async Task gives_no_hints_in_an_exam()
    {
        _sample.Replace("labs/first-lab/lab.yaml", "exam: false", "exam: true");
        (await Play("first-lab", "hint\n")).Output.ShouldContain("This lab gives no hints.");
    }

    private Task<CliRun> Play(string lab, string input, params string[] more) => CliRun.Of(["lab", "play", lab, .. more, "--curriculum", _sample.Folder], input);
}
