using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Academy.Curriculum;

namespace Academy.Cli;

/// <summary>Makes a new lab: a copy of the small one in docs/sample-curriculum, which an author changes into another.</summary>
internal static partial class LabNew
{
    private const string Model = "first-lab";
    private const string Prefix = "lab-template/";

    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("LAB") { Description = "Id of the new lab: lower-case letters, digits and hyphens" };
        var folder = LabFolder.Option();
        var command = new Command("new", "Make a small lab that is complete, to change into your own.") { id, folder };
        command.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetValue(id)!;
            if (!IdPattern.IsMatch(name))
            {
                throw new CliException($"'{name}' is not an id: lower-case letters, digits and hyphens, at most 63.");
            }

            var curriculum = parsed.GetValue(folder) ?? LabFolder.Find();
            var target = Path.Combine(curriculum, "labs", name);
            if (Directory.Exists(target))
            {
                throw new CliException($"there is a lab {name} already: {target}");
            }

            var skills = Skills(curriculum);
            foreach (var (file, text) in Files())
            {
                var path = Path.Combine(target, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, Adapted(file, text, name, skills), ct);
            }

            await terminal.Out.WriteLineAsync($"""
                made {target}
                  academy lab lint       says what is wrong with your files
                  academy lab test {name}  tests your checks on start, solution and mutations
                  academy lab play {name}  plays it
                docs/authoring.md explains the rest.
                """);
            return ExitCodes.Good;
        });
        return command;
    }

    private static IEnumerable<(string File, string Text)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[Prefix.Length..].Replace('\\', '/'), reader.ReadToEnd());
        }
    }

    private static string Adapted(string file, string text, string name, string skills)
    {
        var adapted = text.Replace(Model, name, StringComparison.Ordinal);
        var schema = file switch
        {
            "lab.yaml" => "../../schemas/lab.schema.json",
            "mutations.yaml" => "../../schemas/mutations.schema.json",
            _ when file.StartsWith("steps/", StringComparison.Ordinal) => "../../../schemas/step.schema.json",
            _ => null,
        };
        adapted = file == "lab.yaml" ? SkillsLine.Replace(adapted, skills) : adapted;
        return schema is null ? adapted : $"# yaml-language-server: $schema={schema}\n{adapted}";
    }

    // Those of the model where the curriculum has them, else its first two; a lab in a curriculum without skills names none.
    private static string Skills(string curriculum)
    {
        var there = SkillId.Matches(File.Exists(Path.Combine(curriculum, "skills.yaml")) ? File.ReadAllText(Path.Combine(curriculum, "skills.yaml")) : "").Select(m => m.Groups["id"].Value).ToList();
        string[] model = ["app-configuration", "workload-basics"];
        var chosen = model.All(there.Contains) ? model : [.. there.Take(2)];
        return chosen.Length == 0 ? "" : $"skills: [{string.Join(", ", chosen)}]\n";
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex IdPattern { get; }

    [GeneratedRegex("^skills: .*\n", RegexOptions.Multiline)]
    private static partial Regex SkillsLine { get; }

    [GeneratedRegex("""^\s*- (\{ ?)?id: (?<id>[a-z0-9-]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SkillId { get; }
}
