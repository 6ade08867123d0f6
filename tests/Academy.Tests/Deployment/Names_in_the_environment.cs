using System.Reflection;
using System.Text.RegularExpressions;
using Academy.Agent.Modelling;
using Academy.Clusters;
using Academy.Host.Setup;
using Academy.Host.SigningIn;
using Academy.Tests.Architecture;

namespace Academy.Tests.Deployment;

/// <summary>A misspelt variable is ignored without a word, so each one in the deployment files must be an option that exists.</summary>
public sealed partial class Names_in_the_environment
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        ["Academy"] = typeof(AcademySettings),
        ["Academy__Clusters"] = typeof(ClustersOptions),
        ["Academy__Model"] = typeof(ModelOptions),
        ["Authentication__Jwt"] = typeof(JwtSettings),
    };

    public static TheoryData<string> Files =>
    [
        "Dockerfile", "docker-compose.yml", "k8s/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "k8s"), "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(),
    ];

    [Theory, MemberData(nameof(Files))]
    public void are_options_of_the_program(string file) => Unknown(File.ReadAllText(Path.Combine(Repository.Root, file))).ShouldBeEmpty();

    [Fact]
    public void are_found_where_the_files_have_them() =>
        Names().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"))).Select(match => match.Value)
            .ShouldContain("Academy__MasterKey");

    [Theory]
    [InlineData("Academy__Model__Name: x")]
    [InlineData("Academy__Masterkeys=x")]
    [InlineData("Authentication__JWT2__Authority=x")]
    [InlineData("ConnectionStrings__Accademy=x")]
    public void are_seen_to_be_misspelt(string line) => Unknown(line).ShouldHaveSingleItem();

    private static IEnumerable<string> Unknown(string text) =>
        from name in Names().Matches(text).Select(match => match.Value).Distinct()
        let parts = name.Split("__").Where(part => !int.TryParse(part, out _)).ToArray()
        let section = string.Join("__", parts[..^1])
        where name != "ConnectionStrings__Academy"
            && Sections.GetValueOrDefault(section)?.GetProperty(parts[^1], BindingFlags.Public | BindingFlags.Instance) is null
        select name;

    [GeneratedRegex(@"\b(Academy|Authentication|ConnectionStrings)(__[A-Za-z0-9]+)+")]
    private static partial Regex Names();
}
