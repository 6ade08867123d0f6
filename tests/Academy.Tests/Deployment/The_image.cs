using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Academy.Tests.Architecture;

namespace Academy.Tests.Deployment;

public sealed partial class The_image
{
    [Fact]
    public void is_published_from_the_project_and_configuration_that_the_script_runs()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "academy"));
        var project = ScriptPublishes().Match(script).Groups[1].Value;
        project.ShouldNotBeEmpty();
        var publish = Dockerfile.Instructions.Single(it => it.Name == "RUN" && it.Text.Contains("dotnet publish", StringComparison.Ordinal)).Text;
        publish.ShouldStartWith($"dotnet publish {project} -c Release ");
        script.ShouldContain("publish \"$2\" -c Release ");
    }

    [Fact]
    public void starts_the_program_that_the_script_starts()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "academy"));
        var started = JsonSerializer.Deserialize<string[]>(Dockerfile.LastStage.Single(it => it.Name == "ENTRYPOINT").Text)!;
        started.ShouldBe(["dotnet", "Academy.Host.dll"]);
        script.ShouldContain($"exec \"$dotnet\" \"$out/host/{started[1]}\"");
    }

    [Fact]
    public void restores_every_project_the_host_is_made_of_as_locked()
    {
        var copied = string.Join('\n', Dockerfile.Instructions.Where(it => it.Name == "COPY").Select(it => it.Text));
        foreach (var project in NeededBy("Academy.Host").Append("Academy.Host").Distinct())
        {
            copied.ShouldContain($"src/{project}/{project}.csproj src/{project}/packages.lock.json src/{project}/");
        }

        Dockerfile.Instructions.ShouldContain(it => it.Name == "RUN" && it.Text == "dotnet restore src/Academy.Host --locked-mode");
    }

    [Fact]
    public void copies_only_what_exists_and_is_sent_to_the_builder()
    {
        var sent = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        foreach (var source in Dockerfile.Instructions.Where(it => it.Name == "COPY" && !it.Text.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(it => it.Text.Split(' ')[..^1]))
        {
            sent.ShouldContain(source.Split('/')[0]);
            Path.Exists(Path.Combine(Repository.Root, source)).ShouldBeTrue(source);
        }
    }

    [Fact]
    public void follows_the_usual_advice() => Dockerfile.Violations(Dockerfile.LastStage).ShouldBeEmpty();

    [Fact]
    public void is_seen_not_to_follow_it() =>
        Dockerfile.Violations(Dockerfile.Read("""
            FROM debian
            ADD . /
            ENV Academy__MasterKey=abc \
                PATH=/bin
            ENTRYPOINT dotnet Academy.Host.dll
            """)).Select(violation => violation.Split(':')[0]).ShouldBe(
            [
                "base without a version", "ADD where COPY would do", "a secret stays in the image", "a shell between the signal and the program",
                "no unprivileged user by number", "no health check",
            ]);

    [Theory]
    [InlineData("200 OK", true)]
    [InlineData("503 Service Unavailable", false)]
    public async Task is_healthy_when_the_program_says_it_is_ready(string answer, bool healthy)
    {
        var check = Dockerfile.LastStage.Single(it => it.Name == "HEALTHCHECK").Text;
        var command = JsonSerializer.Deserialize<string[]>(check[(check.IndexOf("CMD", StringComparison.Ordinal) + 3)..])!;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var asked = Answer(listener, answer);
        using var process = Process.Start(new ProcessStartInfo(command[0],
            command[1..].Select(part => part.Replace("/8080", $"/{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal))))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        (process.ExitCode == 0).ShouldBe(healthy);
        (await asked).ShouldBe("GET /health/ready HTTP/1.1");
    }

    private static async Task<string> Answer(TcpListener listener, string status)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var request = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
            // the headers
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), TestContext.Current.CancellationToken);
        return request!;
    }

    private static IEnumerable<string> NeededBy(string project) =>
        XDocument.Parse(Repository.ProjectFile(project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!))
            .SelectMany(name => NeededBy(name).Append(name));

    [GeneratedRegex(@"publish host (\S+)")]
    private static partial Regex ScriptPublishes();
}
