namespace Academy.Curriculum;

/// <summary>What a lab is checked against when its clusters can be asked again.</summary>
public interface ILabSite : IHttpProbe
{
    /// <summary>The clusters and artefacts as they are now, without answers.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<LabSubject> ReadAsync(CancellationToken ct);
}

/// <summary>Checks a lab on live clusters: asks its services, and looks again where a check says that its object takes a while.</summary>
public static class LiveChecker
{
    private const int QuestionsAtOnce = 4;

    /// <summary>Longest time that looking again may take for one report, whatever the checks ask for.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<CheckReport> CheckAsync(Lab lab, ILabSite site, TimeProvider clock, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(clock);
        var report = await LookAsync(lab, site, ct);
        var waited = TimeSpan.Zero;
        for (var look = 1; Pause(lab, report, look) is { } pause && waited + pause <= LongestWait; look++)
        {
            await Task.Delay(pause, clock, ct);
            waited += pause;
            report = await LookAsync(lab, site, ct);
        }

        return report;
    }

    private static async Task<CheckReport> LookAsync(Lab lab, ILabSite site, CancellationToken ct)
    {
        var subject = await site.ReadAsync(ct);
        var answers = new Dictionary<HttpQuestion, HttpAnswer>();
        foreach (var some in LabChecker.Questions(lab).Chunk(QuestionsAtOnce))
        {
            foreach (var (question, answer) in some.Zip(await Task.WhenAll(some.Select(q => site.AskAsync(q, ct)))))
            {
                answers[question] = answer;
            }
        }

        return LabChecker.Check(lab, subject with { Answers = answers }, ct);
    }

    // The longest pause of the checks that have not passed and want another look; null where there is none.
    private static TimeSpan? Pause(Lab lab, CheckReport report, int look)
    {
        var open = report.Steps.SelectMany(s => s.Checks).Where(c => !c.Passed).Select(c => c.CheckId).ToHashSet();
        var seconds = lab.Steps.SelectMany(s => s.Checks).Where(c => open.Contains(c.Id) && c.Retry?.Times >= look).Select(c => c.Retry!.Seconds).DefaultIfEmpty(0).Max();
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
