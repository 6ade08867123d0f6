using System.Text.RegularExpressions;
using Academy.Curriculum;
using Academy.Curriculum.Gating;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed partial class The_authors_guide
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Shipped.Root, "docs", "authoring.md"));

    [Fact]
    public void shows_files_as_they_are()
    {
        var shown = Shown.Matches(Text).ToDictionary(m => m.Groups["file"].Value, m => m.Groups["text"].Value);
        shown.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (var (file, text) in shown)
        {
            text.ShouldBe(File.ReadAllText(Path.Combine(Shipped.Root, file)), file);
        }
    }

    [Fact]
    public void has_a_sample_that_loads_and_whose_checks_work()
    {
        var catalog = CatalogLoader.Load(SampleCurriculum.Original).Catalog.ShouldNotBeNull();
        catalog.Labs.SelectMany(l => QualityGate.Run(l, Shipped.Recording, TestContext.Current.CancellationToken).Problems).ShouldBeEmpty();
    }

    [Fact]
    public void shows_forms_of_checks_that_load()
    {
        using var sample = new SampleCurriculum();
        var forms = Forms.Match(Text).Groups["text"].Value;
        sample.Replace("labs/first-lab/steps/running.yaml", "checks:\n", "checks:\n" + string.Concat(forms.Split('\n').SkipLast(1).Select(l => $"  {l}\n")));
        sample.Problems().ShouldBeEmpty();
    }

    [Fact]
    public void explains_every_key_of_a_lab()
    {
        var keys = File.ReadLines(Path.Combine(SampleCurriculum.Original, "labs", "first-lab", "lab.yaml")).Where(l => l.Length > 0 && char.IsAsciiLetter(l[0])).Select(l => l.Split(':')[0]);
        keys.ShouldAllBe(k => Text.Contains($"`{k}`", StringComparison.Ordinal) || Text.Contains($"`{k}.", StringComparison.Ordinal));
    }

    [GeneratedRegex("""^`(?<file>docs/sample-curriculum/[^`]+)`[^\n]*:\n\n```yaml\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Shown { get; }

    [GeneratedRegex("""^### healthy and noFindings.*?```yaml\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms { get; }
}
