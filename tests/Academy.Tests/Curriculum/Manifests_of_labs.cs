using Academy.Curriculum;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Curriculum;

public sealed class Manifests_of_labs
{
    // Served by every Kubernetes from 1.20 to 1.36; the last three by 1.20 under an older name with the same fields, which the recorder uses there.
    private static readonly string[] Served =
    [
        "v1", "apps/v1", "batch/v1 Job", "networking.k8s.io/v1", "rbac.authorization.k8s.io/v1", "autoscaling/v1", "storage.k8s.io/v1", "scheduling.k8s.io/v1",
        "batch/v1 CronJob", "policy/v1 PodDisruptionBudget", "autoscaling/v2 HorizontalPodAutoscaler",
    ];

    // Groups of custom resources under the community's own domain.
    private static readonly string[] CustomGroups = ["autoscaling.k8s.io", "gateway.networking.k8s.io"];

    // Served by every Kubernetes that is still supported (1.23 and later), where the older version is gone from it.
    private static readonly string[] Current = ["autoscaling/v2 HorizontalPodAutoscaler", "batch/v1 CronJob", "policy/v1 PodDisruptionBudget"];

    public static TheoryData<string> Labs => [.. Shipped.Catalog.Labs.Select(l => l.Id)];

    [Theory, MemberData(nameof(Labs))]
    public void use_versions_that_old_and_new_clusters_serve(string id)
    {
        foreach (var manifest in Documents(Shipped.Lab(id)))
        {
            var (version, kind) = (Text(manifest, "apiVersion"), Text(manifest, "kind"));
            (IsCustom(version) || Served.Contains(version) || Served.Contains($"{version} {kind}") || Current.Contains($"{version} {kind}")).ShouldBeTrue($"{version} {kind}");
        }
    }

    [Theory, MemberData(nameof(Labs))]
    public void name_no_namespace_so_that_the_student_may_choose_one(string id) =>
        Documents(Shipped.Lab(id)).ShouldAllBe(d => !((YamlMappingNode)d.Children["metadata"]).Children.ContainsKey("namespace"));

    [Theory, MemberData(nameof(Labs))]
    public void solve_the_lab_from_an_empty_namespace(string id)
    {
        var lab = Shipped.Lab(id);
        var solution = lab.Solution.SelectMany(m => Parse(m.Text)).Select(Key).ToList();
        solution.ShouldBeUnique();
        // What the student has to remove is deleted by the last hint of some step.
        var deleted = string.Join('\n', lab.Steps.SelectMany(s => s.Hints[4].Split('\n')).Where(l => l.Contains("kubectl delete", StringComparison.Ordinal)));
        lab.Start.SelectMany(m => Parse(m.Text)).Select(Key).Where(k => !deleted.Contains(k.Split(' ')[1], StringComparison.Ordinal)).ShouldBeSubsetOf(solution);
    }

    [Theory, MemberData(nameof(Labs))]
    public void break_in_a_fault_only_what_the_fault_is_about(string id)
    {
        var lab = Shipped.Lab(id);
        var known = lab.Solution.SelectMany(m => Parse(m.Text)).Select(Key).ToList();
        foreach (var fault in lab.Faults)
        {
            Parse(fault.Manifest).Select(Key).ShouldBeSubsetOf(known, $"fault {fault.Id} changes an object that the lab has");
        }
    }

    private static IEnumerable<YamlMappingNode> Documents(Lab lab) =>
        lab.Start.Concat(lab.Solution).Select(m => m.Text).Concat(lab.Faults.Select(f => f.Manifest)).SelectMany(Parse);

    // Groups of the projects' own kinds have a domain that is not Kubernetes'.
    private static bool IsCustom(string version) =>
        version.Split('/') is [var group, _] && (CustomGroups.Contains(group) || (group.Contains('.') && !group.EndsWith(".k8s.io", StringComparison.Ordinal)));

    private static List<YamlMappingNode> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => (YamlMappingNode)d.RootNode)];
    }

    private static string Key(YamlMappingNode manifest) => $"{Text(manifest, "kind")} {Text((YamlMappingNode)manifest.Children["metadata"], "name")}";

    private static string Text(YamlMappingNode map, string key) => ((YamlScalarNode)map.Children[key]).Value ?? "";
}
