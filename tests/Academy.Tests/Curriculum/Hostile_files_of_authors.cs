using Academy.Curriculum;
using CsCheck;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

/// <summary>A curriculum may come from a stranger's repository: whatever stands in it is a problem with a place, never an exception.</summary>
public sealed class Hostile_files_of_authors : IDisposable
{
    private const string Lab = "labs/first-lab/lab.yaml";
    private const string Step = "labs/first-lab/steps/running.yaml";

    private readonly SampleCurriculum _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void an_alias_bomb_is_refused_where_it_begins()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i => $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 9))}]\n"));
        _sample.Write(Lab, bomb);
        Problem(Lab, "anchors (&) are not used here").Line.ShouldBe(1);
    }

    [Fact]
    public void nesting_without_end_is_refused()
    {
        _sample.Write(Lab, "title: " + new string('[', 5000) + new string(']', 5000));
        Problem(Lab, "nested deeper than 48 levels").Line.ShouldBe(1);
    }

    [Fact]
    public void a_file_that_is_too_large_is_not_read()
    {
        _sample.Write(Lab, "title: " + new string('x', 1 << 20));
        Problem(Lab, "larger than 1 MiB").Line.ShouldBe(1);
    }

    [Fact]
    public void a_missing_file_is_named()
    {
        _sample.Delete("labs/first-lab/instructions.md");
        _sample.Delete("labs/first-lab/states/solution/objects.json");
        Problem("labs/first-lab/instructions.md", "this file is missing");
        Problem("labs/first-lab/states/solution/objects.json", "this file is missing");
    }

    [Fact]
    public void a_missing_folder_is_named() =>
        CatalogLoader.Load(Path.Combine(_sample.Folder, "nowhere")).Problems.ShouldHaveSingleItem().Message.ShouldContain("there is no folder");

    [Theory]
    [InlineData("")]
    [InlineData("just a text")]
    [InlineData("- a\n- list")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("? [complex, key]\n: value")]
    [InlineData("\0\0\0")]
    [InlineData("title: \"unfinished")]
    [InlineData("title: !!binary aGVsbG8=")]
    [InlineData("%YAML 9.9\n---\ntitle: x")]
    [InlineData("title: {{{")]
    [InlineData("\t- tab")]
    public void what_is_no_mapping_is_a_problem(string text)
    {
        _sample.Write(Lab, text);
        _sample.Problems().ShouldContain(p => p.File == Lab);
    }

    [Fact]
    public void an_expression_that_would_take_for_ever_is_never_a_backtracking_one()
    {
        _sample.Replace(Step, "contains: ^hello, [a-z]+$", "contains: (a+)+\\1$");
        Problem(Step, "not a usable regular expression");
    }

    [Fact]
    public void random_changes_never_throw()
    {
        var files = Directory.GetFiles(SampleCurriculum.Original, "*.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(SampleCurriculum.Original, f)).Order(StringComparer.Ordinal).ToArray();
        string[] signs = ["{", "}", "[", "]", ":", "- ", "\n", "  ", "\t", "&a ", "*a", "|", ">", "'", "\"", "!!", "%", "---\n", "...", "#", "\0", "é", "(", ")", "`", "@", "? ", "<<: ", "null", "9999999999999999999"];
        var pieces = Gen.Int[0, signs.Length - 1].Select(i => signs[i]);
        Gen.Select(Gen.Int[0, files.Length - 1], Gen.Int[0, 2000], Gen.Int[0, 60], pieces.Array[0, 6]).Sample(
            (file, at, cut, insert) =>
            {
                var whole = _sample.Read(files[file]);
                try
                {
                    var from = Math.Min(at, whole.Length);
                    _sample.Write(files[file], whole[..from] + string.Concat(insert) + whole[Math.Min(whole.Length, from + cut)..]);
                    var result = CatalogLoader.Load(_sample.Folder);
                    (result.Catalog is null).ShouldBe(result.Problems.Count > 0);
                    result.Problems.ShouldAllBe(p => p.Line >= 1 && p.File.Length > 0 && p.Message.Length > 0);
                }
                finally
                {
                    _sample.Write(files[file], whole);
                }
            },
            iter: 150,
            threads: 1);
    }

    private CatalogProblem Problem(string file, string message)
    {
        var problems = _sample.Problems();
        return problems.FirstOrDefault(p => p.File == file && p.Message.Contains(message, StringComparison.Ordinal))
            ?? throw new ShouldAssertException($"'{message}' at {file} is not among:\n{string.Join("\n", problems)}");
    }
}
