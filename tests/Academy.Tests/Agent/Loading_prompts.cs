using Academy.Agent.Prompts;
using Academy.Diagnosis;

namespace Academy.Tests.Agent;

public sealed class Loading_prompts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prompts").FullName;

    public Loading_prompts()
    {
        var shipped = PromptFolder.Find(null, AppContext.BaseDirectory);
        Directory.CreateDirectory(Path.Combine(_folder, "tutor"));
        foreach (var file in Directory.GetFiles(shipped, "*.*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetRelativePath(shipped, file)));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void tells_an_unknown_phrase_with_file_and_line()
    {
        Write("tutor/extra.yaml", "version: 1\nphrases:\n  greeting.shout: HELLO\n");

        Problems().ShouldContain(p => p.File == "tutor/extra.yaml" && p.Line == 3 && p.Message.Contains("greeting.shout"));
    }

    [Fact]
    public void tells_a_placeholder_that_nobody_fills()
    {
        Write("tutor/thanks.yaml", Read("tutor/thanks.yaml").Replace("You are welcome.", "You are welcome, {{name}}."));

        Problems().ShouldContain(p => p.File == "tutor/thanks.yaml" && p.Message.Contains("{{name}}"));
    }

    [Fact]
    public void tells_a_placeholder_that_is_not_closed()
    {
        Write("tutor/check.yaml", Read("tutor/check.yaml").Replace("{{points}} of", "{{points of"));

        Problems().ShouldContain(p => p.File == "tutor/check.yaml");
    }

    [Fact]
    public void tells_a_phrase_that_is_missing()
    {
        File.Delete(Path.Combine(_folder, "tutor/mentor.yaml"));

        var problems = Problems();
        problems.ShouldContain(p => p.Message.Contains("mentor.asked"));
        problems.ShouldContain(p => p.Message.Contains("'Mentor'"));
    }

    [Fact]
    public void tells_broken_yaml_with_its_line()
    {
        Write("tutor/step.yaml", "version: 1\nintent: step\ncues: [\n");

        Problems().ShouldContain(p => p.File == "tutor/step.yaml" && p.Line >= 3 && p.Message.StartsWith("not valid YAML"));
    }

    [Fact]
    public void tells_an_unknown_key_and_an_unknown_intent()
    {
        Write("tutor/extra.yaml", "version: 1\nintent: dance\ncolour: red\n");

        var problems = Problems();
        problems.ShouldContain(p => p.Line == 2 && p.Message.Contains("dance"));
        problems.ShouldContain(p => p.Line == 3 && p.Message.Contains("colour"));
    }

    [Fact]
    public void tells_a_system_prompt_without_front_matter()
    {
        Write("system.md", "You are an assistant.");

        Problems().ShouldContain(p => p.File == "system.md" && p.Line == 1);
    }

    [Fact]
    public void tells_a_system_prompt_with_a_strange_placeholder_on_its_line()
    {
        Write("system.md", "---\nversion: 1\n---\nHello {{student}}\n");

        Problems().ShouldContain(p => p.File == "system.md" && p.Line == 4 && p.Message.Contains("{{student}}"));
    }

    [Fact]
    public void refuses_a_folder_that_does_not_exist() =>
        Should.Throw<PromptException>(() => PromptFolder.Find("no/such/folder", _folder)).Message.ShouldContain("Academy:Prompts");

    [Fact]
    public void finds_the_folder_that_is_configured_relative_to_the_content_root() =>
        PromptFolder.Find(Path.GetFileName(_folder), Path.GetDirectoryName(_folder)!).ShouldBe(_folder);

    [Fact]
    public void fills_placeholders_once_only() =>
        new Template("{{a}} and {{b}}").Fill(("a", "{{b}}"), ("b", "2")).ShouldBe("{{b}} and 2");

    [Fact]
    public void speaks_only_of_reasons_that_exist()
    {
        var known = typeof(Reasons).GetFields().Select(f => f.GetValue(null) as string).OfType<string>().ToHashSet();

        ThePrompts.Library.Reasons.Keys.Where(r => !known.Contains(r)).ShouldBeEmpty();
    }

    private IReadOnlyList<PromptProblem> Problems() => Should.Throw<PromptException>(() => PromptLibrary.Load(_folder)).Problems;

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder, file));

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
