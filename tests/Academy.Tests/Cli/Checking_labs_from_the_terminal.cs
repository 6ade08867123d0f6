using Academy.Tests.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Cli;

public sealed class Checking_labs_from_the_terminal : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("academy-lint-");

    [Fact]
    public async Task reports_every_problem_of_the_curriculum_with_file_line_and_column()
    {
        var lab = _folder.CreateSubdirectory("labs/broken").FullName;
        await File.WriteAllTextAsync(Path.Combine(lab, "lab.yaml"), "title: 1\ntitle: 2\n", TestContext.Current.CancellationToken);

        var run = await CliRun.Of(["lab", "lint", _folder.FullName]);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("labs/broken/lab.yaml:2:1: 'title' is given twice");
    }

    [Fact]
    public async Task says_that_a_curriculum_without_problems_has_none()
    {
        var run = await CliRun.Of(["lab", "lint", _folder.FullName]);

        run.Output.ShouldContain("0 courses, 0 labs, 0 exercises");
        run.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task names_the_labs_there_are_when_one_is_not()
    {
        var run = await CliRun.Of(["lab", "check", "nowhere", "-", "--curriculum", _folder.FullName]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("there is no lab 'nowhere'");
    }

    [Fact]
    public async Task tests_a_lab_and_says_what_its_author_has_to_repair()
    {
        using var sample = new SampleCurriculum();
        (await CliRun.Of(["lab", "test", "first-lab", "--curriculum", sample.Folder])).ShouldSatisfyAllConditions(
            r => r.ExitCode.ShouldBe(0), r => r.Output.ShouldContain("greeting/word-chosen   ✓ fail ✓ pass    ✓ 4"));

        sample.Replace("labs/first-lab/steps/greeting.yaml", "(starts_with(@, 'hello'))", "(length(@) > `1`)");
        var run = await CliRun.Of(["lab", "test", "--curriculum", sample.Folder]);
        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("word-chosen: does not fail at the start: ConfigMap greeting: as expected");
        run.Output.ShouldContain("word-shouted: check word-chosen does not notice it");
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
