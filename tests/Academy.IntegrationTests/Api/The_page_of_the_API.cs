using System.Diagnostics;
using System.Text.RegularExpressions;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed partial class The_page_of_the_API(SharedAcademy shared, PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every command of docs/api.md, in its order, in one shell and a folder of its own.</summary>
    [Fact]
    public async Task runs_as_written()
    {
        var academy = await shared.Server(postgres);
        var tenant = AcademyServer.NewTenant();
        var work = Directory.CreateTempSubdirectory("academy-page-");
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(work.FullName, "curriculum"), Repository.Folder("curriculum"));
            var page = await File.ReadAllTextAsync(Path.Combine(Repository.Folder("docs"), "api.md"), Ct);
            var blocks = Block().Matches(page).Select(m => m.Groups[1].Value).ToList();
            blocks.Count.ShouldBeGreaterThan(8);
            var start = new ProcessStartInfo("bash", ["-eu", "-o", "pipefail", "-c", string.Join('\n', blocks)]) { WorkingDirectory = work.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["ACADEMY"] = academy.Address.ToString().TrimEnd('/');
            foreach (var (name, role) in new[] { ("STUDENT", Roles.Student), ("MENTOR", Roles.Mentor), ("ADMIN", Roles.Administrator) })
            {
                start.Environment[name] = (await academy.Person([role], tenant)).Token;
            }

            using var shell = Process.Start(start)!;
            var (output, errors) = (shell.StandardOutput.ReadToEndAsync(Ct), shell.StandardError.ReadToEndAsync(Ct));
            await shell.WaitForExitAsync(Ct);
            var said = await output;
            shell.ExitCode.ShouldBe(0, $"{said}\n{await errors}");
            foreach (var word in new[] { "\"passed\": true", "urn:academy:problem:artefact.unreadable", "\"lessonsRead\": 1", "\"complaints\":[]", "\"waiting\"", "\"price\": 0", "\"problems\": []" })
            {
                said.ShouldContain(word);
            }
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
