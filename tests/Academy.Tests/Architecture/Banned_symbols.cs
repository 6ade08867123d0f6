using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Academy.Tests.Architecture;

/// <summary>
/// Builds a small project below the repository, so that it takes in the same properties, analyzers and severities as every
/// other one. It uses each banned symbol once.
/// </summary>
public sealed partial class Banned_symbols
{
    private static readonly string[] Banned = [.. File.ReadAllLines(Path.Combine(Repository.Root, "BannedSymbols.txt")).Where(line => line.Length > 0)];

    [Fact]
    public async Task stop_the_build_wherever_they_are_used()
    {
        var folder = Path.Combine(Repository.Root, "artifacts", $"planted-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Planted.csproj"), """
                <Project Sdk="Microsoft.NET.Sdk">
                  <ItemGroup><PackageReference Include="Marten" /></ItemGroup>
                </Project>
                """, TestContext.Current.CancellationToken);
            await File.WriteAllLinesAsync(
                Path.Combine(folder, "Planted.cs"),
                ["internal static class Planted {", .. Banned.Select((line, i) => Use(line, i)), "}"],
                TestContext.Current.CancellationToken);
            var output = await Build(folder);
            var reported = Reported().Matches(output).Select(match => int.Parse(match.Groups[1].Value, null) - 2).ToHashSet();
            Banned.Where((_, i) => !reported.Contains(i)).ShouldBeEmpty(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One line of code that uses the symbol on a line of BannedSymbols.txt.</summary>
    private static string Use(string banned, int number)
    {
        var id = banned.Split(';')[0];
        var (member, parameters) = id[2..].Split('(') is [var name, var list] ? (name, list.TrimEnd(')').Split(',').Length) : (id[2..], 0);
        var (type, last) = (member[..member.LastIndexOf('.')], member[(member.LastIndexOf('.') + 1)..]);
        return id[0] == 'P' ? $"internal static object Use{number}() => {member};"
            : parameters == 0 ? $"internal static object Use{number}() => {member}();"
            : $"internal static object Use{number}({type} it) => it.{last}({string.Join(", ", Enumerable.Repeat("default", parameters))});";
    }

    private static async Task<string> Build(string folder)
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var dotnet = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(dotnet, ["build", folder, "-nologo", "-v:q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    [GeneratedRegex(@"Planted\.cs\((\d+),\d+\): error RS0030")]
    private static partial Regex Reported();
}
