using System.Diagnostics;
using System.Text.RegularExpressions;
using Academy.Tests.Architecture;

namespace Academy.Tests.Deployment;

public sealed partial class The_script
{
    private static readonly string Script = Path.Combine(Repository.Root, "academy");

    public static TheoryData<string> ShellFiles => ["academy", "tests/academy-test.sh", ".ci/run"];

    [Fact]
    public async Task alone_prints_help_that_names_every_command()
    {
        var (code, output, _) = await Run(Script);
        code.ShouldBe(0);
        foreach (var command in (string[])["run", "test", "check", "bench", "diagnose", "rules", "explain", "lab", "snapshot"])
        {
            output.ShouldContain($"./academy {command} ");
        }
    }

    [Theory]
    [InlineData("run", "--data DIR")]
    [InlineData("test", "N passed, N failed")]
    [InlineData("check", "lock files")]
    [InlineData("bench", "--filter")]
    public async Task explains_each_command_of_its_own(string command, string says)
    {
        var (code, output, _) = await Run(Script, command, "--help");
        code.ShouldBe(0);
        output.ShouldStartWith($"./academy {command}");
        output.ShouldContain(says);
    }

    [Theory]
    [InlineData("Did you mean test?", "tset")]
    [InlineData("Did you mean diagnose?", "diag")]
    [InlineData("See ./academy help", "wubble")]
    [InlineData("Did you mean --data?", "run", "--dta", "x")]
    [InlineData("--port needs a value", "run", "--port")]
    [InlineData("--port needs a number", "run", "--port", "eighty")]
    [InlineData("--data needs a value", "run", "--data", "--port=1")]
    [InlineData("Did you mean --fast?", "test", "--fats")]
    [InlineData("unknown argument", "check", "everything")]
    public async Task refuses_what_it_does_not_know_with_a_hint_and_code_2(string hint, params string[] arguments)
    {
        var (code, output, error) = await Run(Script, arguments);
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.ShouldContain(hint);
    }

    [Fact]
    public async Task works_from_elsewhere_and_through_a_link()
    {
        var folder = Directory.CreateTempSubdirectory("academy-link-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "learn"), Script);
            (await Run(Path.Combine(folder, "learn"), "run", "--help")).Output.ShouldStartWith("./academy run");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory, MemberData(nameof(ShellFiles))]
    public async Task is_understood_by_the_bash_that_macOS_ships(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        (await Run("bash", "-n", path)).Error.ShouldBeEmpty();
        NewerThanBash32().Matches(File.ReadAllText(path)).Select(match => match.Value).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mapfile -t lines <file")]
    [InlineData("declare -A ports")]
    [InlineData("echo ${name,,}")]
    [InlineData("run &>> log")]
    [InlineData("run |& tee log")]
    [InlineData("s=$EPOCHREALTIME")]
    public void is_seen_to_be_too_new_for_it(string line) => NewerThanBash32().IsMatch(line).ShouldBeTrue();

    private static async Task<(int Code, string Output, string Error)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"\bmapfile\b|\breadarray\b|\b(declare|local|typeset) -[a-zA-Z]*[An]|\$\{[A-Za-z_]+(,,?|\^\^?|@[A-Za-z])\}|&>>|\|&|\bEPOCH(REALTIME|SECONDS)\b|\bcoproc\b|\bwait -n\b")]
    private static partial Regex NewerThanBash32();
}
