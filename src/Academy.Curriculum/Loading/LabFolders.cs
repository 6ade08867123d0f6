using System.Text;
using System.Text.Json;

namespace Academy.Curriculum.Loading;

/// <summary>The manifests, recordings and artefacts of both states of a lab; with several clusters, each further one has a sub-folder.</summary>
/// <param name="NeedsCluster">False for a lab that is checked by its artefacts alone: it needs no manifests and no recording.</param>
internal sealed record LabFolders(CurriculumFolder Folder, string Path, LabContext Lab, bool NeedsCluster)
{
    private IEnumerable<string> Others => Lab.Clusters.Skip(1).Select(c => c.Id);

    public IReadOnlyList<LabManifest> Manifests(string state)
    {
        foreach (var stranger in Folder.Folders($"{Path}/{state}").Where(f => System.IO.Path.GetFileName(f) is var name && name != "artefacts" && !Others.Contains(name)))
        {
            Folder.Problems.Add(stranger, "lab.yaml has no further cluster of this name");
        }

        return ManifestReader.ReadFolder(Folder, $"{Path}/{state}", NeedsCluster);
    }

    public IReadOnlyDictionary<string, IReadOnlyList<LabManifest>> OtherManifests(string state) =>
        Others.ToDictionary(o => o, o => ManifestReader.ReadFolder(Folder, $"{Path}/{state}/{o}", required: state == "solution"));

    public LabRecordings Recordings()
    {
        var (start, solution) = (State("start", complete: false), State("solution", complete: true));
        return new LabRecordings(start.RecordingPath, solution.RecordingPath) { Start = start, Solution = solution };
    }

    private LabState State(string state, bool complete) => new(Recording($"{Path}/states/{state}"))
    {
        Clusters = Others.ToDictionary(o => o, o => Recording($"{Path}/states/{state}/{o}")),
        Artefacts = Artefacts($"{Path}/{state}/artefacts", complete),
        Answers = Answers($"{Path}/states/{state}/http.json"),
    };

    private string Recording(string path)
    {
        if (NeedsCluster && !Folder.HasFile($"{path}/objects.json"))
        {
            Folder.Problems.Add($"{path}/objects.json", "this file is missing");
        }

        return Folder.Full(path);
    }

    private Dictionary<string, string> Artefacts(string path, bool complete)
    {
        foreach (var stranger in Folder.Files(path, "*").Where(f => Lab.Artefacts.All(a => a.File != System.IO.Path.GetFileName(f))))
        {
            Folder.Problems.Add(stranger, "no artefact in lab.yaml has this file");
        }

        var (there, missing) = (Lab.Artefacts.Where(a => Folder.HasFile($"{path}/{a.File}")).ToList(), Lab.Artefacts.Where(a => !Folder.HasFile($"{path}/{a.File}")).ToList());
        foreach (var artefact in complete ? missing : [])
        {
            Folder.Problems.Add($"{path}/{artefact.File}", "this file is missing");
        }

        foreach (var artefact in complete ? there : [])
        {
            Scan(artefact, $"{path}/{artefact.File}");
        }

        return there.ToDictionary(a => a.Id, a => Folder.Full($"{path}/{a.File}"));
    }

    // What the author hands in has to be what the lab asks of a student.
    private void Scan(LabArtefact artefact, string file)
    {
        if (Folder.Read(file) is { } text && ArtefactScanner.Scan(artefact, Encoding.UTF8.GetBytes(text)) is { } problem)
        {
            Folder.Problems.Add(file, problem.Line > 0 ? new Place(problem.Line, Math.Max(1, problem.Column)) : Place.Top, problem.Message);
        }
    }

    private List<RecordedAnswer> Answers(string file)
    {
        var answers = new List<RecordedAnswer>();
        if (!Folder.HasFile(file) || Folder.Read(file) is not { } text)
        {
            return answers;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var item in document.RootElement.EnumerateArray())
            {
                var cluster = item.TryGetProperty("cluster", out var named) ? named.GetString() : null;
                var question = new HttpQuestion(Text(item, "service"), Text(item, "port"), Text(item, "path"))
                {
                    Cluster = Lab.Clusters is [var main, ..] && cluster == main.Id ? null : cluster,
                };
                answers.Add(new RecordedAnswer(question, new HttpAnswer(item.GetProperty("status").GetInt32(), Text(item, "body"))));
            }
        }
        catch (JsonException e)
        {
            Folder.Problems.Add(file, new Place((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1), "not valid JSON");
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            Folder.Problems.Add(file, "must be a list of answers with service, port, path, status and body");
        }

        return answers;
    }

    private static string Text(JsonElement item, string key) => item.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : item.GetProperty(key).GetString() ?? "";
}
