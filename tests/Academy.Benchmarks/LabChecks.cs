using System.Diagnostics;
using System.Globalization;
using Academy.Clusters;
using Academy.Curriculum;
using Academy.Curriculum.Gating;
using k8s;

namespace Academy.Benchmarks;

/// <summary>
/// What checking a lab costs: from recordings, on an API server where a kubeconfig is given, and for a whole class at once over HTTP.
/// Prints a table in Markdown.
/// </summary>
internal static class LabChecks
{
    private const int Runs = 100;
    private const int LiveRuns = 30;
    private const int LargeLab = 20;
    private const string MeasuredLab = "deploy-ai-app";

    /// <param name="args">Nothing, or the path of a kubeconfig of a cluster in which the lab's namespace is as the benchmark shall find it.</param>
    public static async Task<int> Run(string[] args)
    {
        Console.WriteLine("| what | median | p95 | highest |");
        Console.WriteLine("|---|---|---|---|");
        var catalog = Curriculum();
        foreach (var lab in catalog.Labs.Where(l => Checks(l) >= LargeLab))
        {
            Recorded(lab);
        }

        if (args is [var kubeconfig, ..])
        {
            await Live(catalog.FindLab(MeasuredLab)!, kubeconfig);
        }

        return await ClassChecks.Run(catalog.PracticeClusters.First(p => p.LabId == MeasuredLab && p.RepairedPath is not null)) ? 0 : 1;
    }

    public static void Row(string what, IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine($"| {what} | {Milliseconds(sorted[sorted.Count / 2])} | {Milliseconds(sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1])} | {Milliseconds(sorted[^1])} |");
    }

    // The first load also waits for the compiler, as a start does: it is a row of its own.
    private static Catalog Curriculum()
    {
        var folder = Path.Combine(Recordings.Root, "curriculum");
        var times = new List<TimeSpan>();
        CatalogResult result;
        do
        {
            var began = Stopwatch.GetTimestamp();
            result = CatalogLoader.Load(folder);
            times.Add(Stopwatch.GetElapsedTime(began));
        }
        while (times.Count < 11);

        var catalog = result.Catalog ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Problems));
        Row("load and validate the whole curriculum, first time", times[..1]);
        Row("load and validate the whole curriculum, again", times[1..]);
        return catalog;
    }

    private static void Recorded(Lab lab)
    {
        var solution = QualityGate.Subject(lab, lab.Recordings.Solution, f => SnapshotFolder.Read(f));
        var times = new List<TimeSpan>();
        for (var i = 0; i < Runs; i++)
        {
            var began = Stopwatch.GetTimestamp();
            LabChecker.Check(lab, solution);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        Row($"{lab.Id}, {Checks(lab)} checks, from its recording", times);
    }

    private static async Task Live(Lab lab, string kubeconfig)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        configuration.FirstMessageHandlerSetup = handler => handler.AllowAutoRedirect = false;
        var times = new List<TimeSpan>();
        var passed = 0;
        for (var i = 0; i < LiveRuns; i++)
        {
            using var client = new Kubernetes(configuration);
            var began = Stopwatch.GetTimestamp();
            var report = await LiveChecker.CheckAsync(lab, new Site(client, lab.Namespace), TimeProvider.System, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began));
            passed = report.Steps.Sum(s => s.Checks.Count(c => c.Passed));
        }

        Row(string.Create(CultureInfo.InvariantCulture, $"{lab.Id}, live ({passed} of {Checks(lab)} checks passed)"), times);
    }

    private static int Checks(Lab lab) => lab.Steps.Sum(s => s.Checks.Count);

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms");

    private sealed class Site(Kubernetes client, string ns) : ILabSite
    {
        public async Task<LabSubject> ReadAsync(CancellationToken ct) =>
            LabSubject.Of(await new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(client, ns, ct), ns);

        public async Task<HttpAnswer> AskAsync(HttpQuestion question, CancellationToken ct)
        {
            var answer = await ServiceProbe.GetAsync(client, ns, question.Service, question.Port, question.Path, ct);
            return new HttpAnswer(answer.Status, answer.Body) { Failure = answer.Failure };
        }
    }
}
