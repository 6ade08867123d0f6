using System.ComponentModel;
using System.Diagnostics;
using Academy.Tests.Architecture;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Deployment;

public sealed class The_compose_file
{
    private static readonly string File = Path.Combine(Repository.Root, "docker-compose.yml");

    [Fact]
    public void has_Academy_PostgreSQL_17_a_cluster_for_labs_and_a_model_on_demand()
    {
        var services = Services();
        services.Keys.ShouldBe(["postgres", "migrate", "academy", "labs", "ollama"], ignoreOrder: true);
        services["postgres"]["image"].ToString().ShouldBe("postgres:17");
        services["labs"]["image"].ToString().ShouldStartWith("rancher/k3s:v");
        services.Where(service => service.Value.Children.ContainsKey("profiles")).Select(service => service.Key).ShouldBe(["ollama"]);
        services["ollama"]["profiles"][0].ToString().ShouldBe("ollama");
    }

    [Fact]
    public void starts_Academy_when_its_database_is_there_and_up_to_date()
    {
        var needs = Services()["academy"]["depends_on"];
        needs["postgres"]["condition"].ToString().ShouldBe("service_healthy");
        needs["migrate"]["condition"].ToString().ShouldBe("service_completed_successfully");
        Services()["migrate"]["command"][0].ToString().ShouldBe("--migrate");
    }

    [Fact]
    public void gives_every_image_a_version() =>
        Services().Values.Where(service => service.Children.ContainsKey("image")).Select(service => service["image"].ToString())
            .ShouldAllBe(image => image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal));

    [Fact]
    public void holds_no_secret_and_opens_nothing_to_the_network()
    {
        var text = System.IO.File.ReadAllText(File);
        text.ShouldContain("Password=${ACADEMY_POSTGRES_PASSWORD:?");
        text.ShouldContain("Academy__MasterKey: ${ACADEMY_MASTER_KEY:?");
        Services().Values.Where(service => service.Children.ContainsKey("ports")).SelectMany(service => (YamlSequenceNode)service["ports"])
            .Select(port => port.ToString()).ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task is_understood_by_compose_and_asks_for_what_it_needs()
    {
        string[]? compose = null;
        foreach (var candidate in (string[][])[["docker", "compose"], ["docker-compose"]])
        {
            compose ??= await Run([.. candidate, "version"]) is (0, _) ? candidate : null;
        }

        Assert.SkipUnless(compose is not null, "Neither docker compose nor docker-compose is installed.");
        var (code, output) = await Run([.. compose!, "--file", File, "config"], ("ACADEMY_MASTER_KEY", "key"), ("ACADEMY_POSTGRES_PASSWORD", "word"));
        code.ShouldBe(0, output);
        output.ShouldContain("Password=word");
        (code, output) = await Run([.. compose!, "--file", File, "config", "--quiet"]);
        code.ShouldNotBe(0);
        output.ShouldContain("see the head of docker-compose.yml");
    }

    private static Dictionary<string, YamlMappingNode> Services()
    {
        var yaml = new YamlStream();
        yaml.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(System.IO.File.ReadAllText(File)))));
        return ((YamlMappingNode)yaml.Documents[0].RootNode["services"]).ToDictionary(pair => pair.Key.ToString(), pair => (YamlMappingNode)pair.Value);
    }

    /// <returns>Exit code, and standard output with standard error; code 127 where the program is missing.</returns>
    private static async Task<(int Code, string Output)> Run(string[] command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            return (127, "");
        }
    }
}
