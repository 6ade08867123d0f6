using Academy.Curriculum.Loading;

namespace Academy.Curriculum;

/// <summary>
/// Reads the folder that authors edit; docs/authoring.md describes its layout. Bad input is never an exception: every problem is
/// reported with its file and line, all of them at once.
/// </summary>
public static class CatalogLoader
{
    public static CatalogResult Load(string folder)
    {
        var problems = new Problems();
        var files = new CurriculumFolder(folder, problems);
        if (!files.HasFolder("."))
        {
            problems.Add(".", $"there is no folder {folder}");
            return new CatalogResult(null, problems.Sorted());
        }

        var skills = SkillReader.Read(files);
        var (labFolders, exerciseFolders) = (files.Folders("labs"), files.Folders("exercises"));
        var references = new References(skills.Select(s => s.Id).ToHashSet(), Ids(labFolders), Ids(exerciseFolders));
        List<Lab> labs = [.. labFolders.Select(f => LabReader.Read(files, f, references)).OfType<Lab>()];
        List<Course> courses = [.. files.Folders("courses").Select(f => new CourseReader(files, f, references).Read()).OfType<Course>()];
        var catalog = new Catalog(
            courses,
            labs,
            [.. files.Folders("practice").Select(f => PracticeReader.Read(files, f, references.Labs, labs)).OfType<PracticeCluster>()])
        {
            Skills = skills,
            Exercises = [.. exerciseFolders.Select(f => ExerciseReader.Read(files, f, references)).OfType<Exercise>()],
            Paths = [.. files.Files("paths", "*.yaml").Select(f => PathReader.Read(files, f, courses)).OfType<LearningPath>()],
        };
        return new CatalogResult(problems.Any ? null : catalog, problems.Sorted());
    }

    private static HashSet<string> Ids(IEnumerable<string> folders) => folders.Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal);
}
