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
            problems.Add(".", 1, $"there is no folder {folder}");
            return new CatalogResult(null, problems.Sorted());
        }

        var labFolders = files.Folders("labs");
        var labIds = labFolders.Select(f => Path.GetFileName(f)).ToHashSet(StringComparer.Ordinal);
        List<Lab> labs = [.. labFolders.Select(f => LabReader.Read(files, f)).OfType<Lab>()];
        var catalog = new Catalog(
            [.. files.Folders("courses").Select(f => new CourseReader(files, f, labIds).Read()).OfType<Course>()],
            labs,
            [.. files.Folders("practice").Select(f => PracticeReader.Read(files, f, labIds, labs)).OfType<PracticeCluster>()]);
        return new CatalogResult(problems.Any ? null : catalog, problems.Sorted());
    }
}
