using Academy.Diagnosis;
using Academy.Diagnosis.Logs;
using CsCheck;

namespace Academy.Tests.Diagnosis;

public sealed class A_log_line
{
    [Theory]
    [InlineData("2026-05-01T10:00:00Z WARN attempt 1/3 to reach db:5432 (10.96.3.4) failed", "2026-05-01T10:00:07Z WARN attempt 2/3 to reach db:5432 (10.96.3.9) failed")]
    [InlineData("worker 7f3a91c2 lost: deadline 1500ms", "worker 00bb12aa lost: deadline 90ms")]
    public void that_differs_in_times_and_numbers_only_is_of_the_same_template(string one, string other) => LogTemplate.Of(one).ShouldBe(LogTemplate.Of(other));

    [Theory]
    [InlineData("ERROR: missing file /etc/app/app.yaml: no such file or directory", "volume-mount-path-mismatch")]
    [InlineData("panic: missing argument", "application-panic")]
    public void that_begins_with_a_level_names_no_variable(string line, string reason)
    {
        var recording = Recording.Trial("mount-path");
        var logs = recording.Logs.Select(log => log with { Text = line + "\n" });

        Diagnoser.Diagnose(ClusterSnapshot.Create(recording.Objects, logs, recording.TakenAt)).RootCauses[0].Reason.ShouldBe(reason);
    }

    [Fact]
    public void that_says_something_else_is_of_another_template() =>
        LogTemplate.Of("attempt 1 failed: refused").ShouldNotBe(LogTemplate.Of("attempt 1 failed: timeout"));

    [Fact]
    public void gives_a_template_that_is_its_own_template() =>
        Gen.String.Sample(line => LogTemplate.Of(LogTemplate.Of(line)).ShouldBe(LogTemplate.Of(line)), iter: 500);

    [Fact]
    public void that_is_said_again_and_again_is_counted()
    {
        var recording = Recording.Trial("license-2");
        var logs = recording.Logs.Select(log => log with { Text = string.Concat(Enumerable.Range(1, 5).Select(n => $"ERROR license {n}: trial expired, shutting down\n")) });

        var cause = Diagnoser.Diagnose(ClusterSnapshot.Create(recording.Objects, logs, recording.TakenAt)).RootCauses.Single();

        cause.Summary.ShouldContain("(said 5 times)");
        cause.Evidence.ShouldContain(evidence => evidence.Quote == "ERROR license 5: trial expired, shutting down");
    }
}
