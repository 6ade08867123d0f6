using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class How_a_cause_is_confirmed
{
    [Fact]
    public void is_told_as_commands_with_all_names_filled_in()
    {
        var cause = First("cascade-db-secret-missing");

        cause.Confirm.ShouldBe(
        [
            "kubectl get secret postgres-credentials -n orders",
            "kubectl get pod postgres-688c55f9c8-qs2fn -n orders -o 'jsonpath={.status.containerStatuses[0].state.waiting.message}'",
            "kubectl get events -n orders --field-selector involvedObject.kind=Pod,involvedObject.name=postgres-688c55f9c8-qs2fn",
        ]);
    }

    [Fact]
    public void is_told_for_logs_of_the_instance_that_is_quoted() =>
        First("bad-release-panics").Confirm.ShouldContain(command => command.StartsWith("kubectl logs -n checkout checkout-", StringComparison.Ordinal) && command.Contains(" -c checkout", StringComparison.Ordinal));

    [Fact]
    public void names_the_group_of_a_custom_resource() =>
        First("virtualservice-missing-subset").Confirm[0].ShouldStartWith("kubectl get virtualservice.networking.istio.io reviews -n bookinfo -o 'jsonpath={.spec.http");

    [Fact]
    public void stands_in_every_report()
    {
        foreach (var name in Recording.Names())
        {
            var report = Diagnoser.Diagnose(Recording.Load(name).Snapshot);
            report.RootCauses.ShouldAllBe(cause => cause.Confirm.Count > 0 && cause.Confirm.Count <= 3 && cause.Confirm.All(command => command.StartsWith("kubectl ")));
            foreach (var command in report.RootCauses.SelectMany(cause => cause.Confirm))
            {
                ReportText.Write(report).ShouldContain($"confirm  {command}\n");
                ReportMarkdown.Write(report).ShouldContain($"\n{command}\n");
                ReportJson.ToNode(report).ToJsonString().ShouldContain("\"confirm\":");
            }
        }
    }

    [Fact]
    public void never_prints_what_a_secret_holds_and_never_changes_anything()
    {
        foreach (var command in Recording.Names().SelectMany(name => Diagnoser.Diagnose(Recording.Load(name).Snapshot).RootCauses).SelectMany(cause => cause.Confirm))
        {
            command.Split(' ')[1].ShouldBeOneOf("get", "logs", "describe");
            (command.StartsWith("kubectl get secret ", StringComparison.Ordinal) && command.Contains(" -o ", StringComparison.Ordinal)).ShouldBeFalse(command);
        }
    }

    [Theory]
    [InlineData("x; rm -rf /")]
    [InlineData("$(reboot)")]
    [InlineData("a'b`c\"d")]
    [InlineData("--all\n-A")]
    public void gives_a_hostile_name_no_way_into_the_shell(string name)
    {
        var service = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Service", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "x" }, ["spec"] = new JsonObject { ["type"] = "LoadBalancer" } };
        service["metadata"]!["creationTimestamp"] = "2026-01-01T00:00:00Z";
        var later = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["metadata"] = new JsonObject { ["name"] = "n", ["creationTimestamp"] = "2026-01-01T01:00:00Z" } };

        var commands = Diagnoser.Diagnose(ClusterSnapshot.Create([service, later], [], new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero))).RootCauses.Single().Confirm;

        var word = string.Concat(name.Where(letter => !char.IsControl(letter)));
        commands.ShouldAllBe(command => Words(command).Contains(word));
    }

    [Fact]
    public void goes_with_what_is_ruled_out()
    {
        var cause = First("cascade-db-secret-missing");

        cause.RulesOut.ShouldBe([new RuledOut("Deployment", "orders", "orders-api", "application-panic")]);
        ReportText.Write(Diagnoser.Diagnose(Recording.Load("cascade-db-secret-missing").Snapshot)).ShouldContain("not      Deployment orders-api (application-panic), which only follows");
    }

    private static RootCause First(string recording) => Diagnoser.Diagnose(Recording.Load(recording).Snapshot).RootCauses[0];

    // The words a POSIX shell makes of a line that uses single quotes and backslashes only.
    private static List<string> Words(string command)
    {
        var words = new List<string> { "" };
        var quoted = false;
        for (var i = 0; i < command.Length; i++)
        {
            switch (command[i])
            {
                case '\'':
                    quoted = !quoted;
                    break;
                case ' ' when !quoted:
                    words.Add("");
                    break;
                case '\\' when !quoted:
                    words[^1] += command[++i];
                    break;
                case var plain when quoted || !";$`\"|&<>()*?".Contains(plain):
                    words[^1] += plain;
                    break;
                default:
                    return [];
            }
        }

        return words;
    }
}
