using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class The_hash_of_a_lab : IDisposable
{
    private readonly SampleCurriculum _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("labs/first-lab/lab.yaml")]
    [InlineData("labs/first-lab/instructions.md")]
    [InlineData("labs/first-lab/steps/greeting.yaml")]
    [InlineData("labs/first-lab/start/10-greeting.yaml")]
    [InlineData("labs/first-lab/solution/20-greeter.yaml")]
    [InlineData("labs/first-lab/faults/greeting-gone.yaml")]
    public void changes_with_what_a_student_meets(string file)
    {
        var before = Hash();
        _sample.Write(file, _sample.Read(file) + "\n# changed\n");
        Hash().ShouldNotBe(before);
    }

    [Theory]
    [InlineData("labs/first-lab/mutations.yaml")]
    [InlineData("practice/first-practice/practice.yaml")]
    public void stays_when_only_its_tests_or_its_neighbours_change(string file)
    {
        var before = Hash();
        _sample.Write(file, _sample.Read(file) + "\n# changed\n");
        Hash().ShouldBe(before);
    }

    [Fact]
    public void stays_when_line_ends_are_those_of_windows()
    {
        var before = Hash();
        foreach (var file in new[] { "labs/first-lab/lab.yaml", "labs/first-lab/steps/running.yaml", "labs/first-lab/instructions.md" })
        {
            _sample.Write(file, _sample.Read(file).ReplaceLineEndings("\r\n"));
        }

        Hash().ShouldBe(before);
    }

    [Theory]
    [InlineData("labs/second-lab/solution/artefacts/Jenkinsfile")]
    [InlineData("labs/second-lab/solution/far/20-web.yaml")]
    public void changes_with_artefacts_and_further_clusters(string file)
    {
        var before = Load().FindLab("second-lab")!.ContentHash;
        _sample.Write(file, _sample.Read(file) + "\n# changed\n");
        Load().FindLab("second-lab")!.ContentHash.ShouldNotBe(before);
    }

    [Theory]
    [InlineData("courses/first-course/quizzes/settings.yaml")]
    [InlineData("courses/first-course/lessons/settings.md")]
    public void of_a_course_changes_with_its_lessons_and_quizzes(string file)
    {
        var before = Load().FindCourse("first-course")!.ContentHash;
        _sample.Write(file, _sample.Read(file) + "\n# changed\n");
        Load().FindCourse("first-course")!.ContentHash.ShouldNotBe(before);
    }

    [Fact]
    public void of_an_exercise_changes_with_its_brief()
    {
        var before = Load().FindExercise("first-exercise")!.ContentHash;
        _sample.Write("exercises/first-exercise/brief.md", "Another case.\n");
        Load().FindExercise("first-exercise")!.ContentHash.ShouldNotBe(before);
    }

    private Catalog Load() => CatalogLoader.Load(_sample.Folder).Catalog!;

    private string Hash() => CatalogLoader.Load(_sample.Folder).Catalog!.FindLab("first-lab")!.ContentHash;
}
