using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Reads the parts of lab.yaml that say under which terms and where a lab is done.</summary>
internal static class LabSettingsReader
{
    /// <summary>Names of folders beside the manifests of the main cluster.</summary>
    private static readonly string[] Taken = ["artefacts", "logs"];

    /// <summary>Whether the assistant helps, and how far hints go: in an exam neither does.</summary>
    public static (LabPolicy Policy, HintPolicy Hints) Policy(Section lab)
    {
        var (assistant, exam) = (true, false);
        if (lab.Child("policy", required: false) is { } policy)
        {
            (assistant, exam) = (policy.Flag("assistant", otherwise: true), policy.Flag("exam"));
            policy.Done();
        }

        var (maxRung, prices) = (5, HintPolicy.UsualPrices);
        if (lab.Child("hints", required: false) is { } hints)
        {
            maxRung = hints.Number("maxRung", 0, 5, otherwise: 5);
            prices = Prices(hints);
            hints.Done();
        }

        return (new LabPolicy(assistant && !exam, exam), new HintPolicy(exam ? 0 : maxRung) { Prices = prices });
    }

    public static int? Attempts(Section lab) => lab.Item("attempts") is null ? null : lab.Number("attempts", 1, 100);

    public static LabEnvironment Environment(Section lab)
    {
        var usual = LabEnvironment.Usual;
        if (lab.Child("environment", required: false) is not { } section)
        {
            return usual;
        }

        var limits = section.Child("limits", required: false);
        var environment = new LabEnvironment(
            Quantities(section, "quota") ?? usual.Quota,
            (limits is null ? null : Quantities(limits, "default")) ?? usual.Default,
            (limits is null ? null : Quantities(limits, "defaultRequest")) ?? usual.DefaultRequest,
            section.Item("network") is null ? LabEnvironment.Isolated : section.OneOf("network", LabEnvironment.Isolated, LabEnvironment.Open),
            [.. section.Texts("crds", required: false).Select(c => c.Value)],
            section.Number("hours", 1, 168, otherwise: usual.Hours));
        limits?.Done();
        section.Done();
        return environment;
    }

    public static IReadOnlyList<LabCluster> Clusters(Section lab)
    {
        var clusters = new List<LabCluster>();
        foreach (var section in lab.Sections("clusters", required: false))
        {
            var id = section.NewId("cluster", clusters.Select(c => c.Id));
            if (Taken.Contains(id))
            {
                section.Report("id", $"'{id}' is the name of a folder with another meaning");
            }

            clusters.Add(new LabCluster(id, section.Text("title")));
            section.Done();
        }

        if (clusters.Count is 1 or > 5)
        {
            lab.Report("clusters", "a lab lists two to five clusters, or none");
        }

        return clusters;
    }

    public static IReadOnlyList<LabArtefact> Artefacts(Section lab)
    {
        var artefacts = new List<LabArtefact>();
        foreach (var section in lab.Sections("artefacts", required: false))
        {
            var (id, file) = (section.NewId("artefact", artefacts.Select(a => a.Id)), section.FileName("file"));
            if (artefacts.Any(a => a.File == file))
            {
                section.Report("file", $"file '{file}' is given twice");
            }

            artefacts.Add(new LabArtefact(id, section.Text("title"), file, section.OneOf("type", [.. ArtefactTypes.All]), section.Number("maxKiB", 1, 4096, otherwise: 1024)));
            section.Done();
        }

        return artefacts;
    }

    private static IReadOnlyList<int> Prices(Section hints)
    {
        var given = hints.Texts("prices", required: false);
        if (given.Count == 0)
        {
            return HintPolicy.UsualPrices;
        }

        var prices = given.Select(p => int.TryParse(p.Value, out var price) && price is >= 0 and <= 100 ? price : -1).ToList();
        if (prices.Count != 5 || prices.Contains(-1))
        {
            hints.Report("prices", "'prices' lists five whole numbers from 0 to 100, one a rung");
        }

        return prices;
    }

    private static Dictionary<string, string>? Quantities(Section section, string key)
    {
        if (section.Child(key, required: false) is not { } map)
        {
            return null;
        }

        var quantities = new Dictionary<string, string>();
        foreach (var entry in map.Rest())
        {
            if (entry.Value is YamlText { Value: var text } && Quantity.Parse(text) is >= 0)
            {
                quantities[entry.Key] = text;
            }
            else
            {
                section.Report(entry.Value.At, $"'{entry.Key}' must be a quantity such as 500m or 4Gi");
            }
        }

        return quantities;
    }
}
