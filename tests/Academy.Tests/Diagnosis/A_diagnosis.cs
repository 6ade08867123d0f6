using System.Text.Json.Nodes;
using Academy.Diagnosis;
using CsCheck;

namespace Academy.Tests.Diagnosis;

public sealed class A_diagnosis
{
    private static readonly Lazy<IReadOnlyList<Recording>> All = new(() => [.. Recording.Names().Select(Recording.Load)]);

    private static readonly JsonNode?[] Garbage =
        [null, JsonValue.Create(""), JsonValue.Create(-1), JsonValue.Create("999999999999999999999Gi"), JsonValue.Create(true), new JsonArray(), new JsonObject(), JsonValue.Create("0001-01-01T00:00:00Z"), JsonValue.Create("\u0000\u001b[31m"), new JsonArray(JsonValue.Create(1), null)];

    [Fact]
    public void is_the_same_bytes_whatever_the_order_of_the_objects() =>
        Gen.Int[0, All.Value.Count - 1].Select(Gen.Int).Sample((index, seed) =>
        {
            var recording = All.Value[index];
            var shuffled = recording.Objects.ToArray();
            new Random(seed).Shuffle(shuffled);
            var logs = recording.Logs.ToArray();
            new Random(seed).Shuffle(logs);
            ReportJson.Write(Diagnoser.Diagnose(ClusterSnapshot.Create(shuffled, logs, recording.TakenAt)))
                .ShouldBe(ReportJson.Write(Diagnoser.Diagnose(recording.Snapshot)));
        }, iter: 60, threads: 1);

    [Fact]
    public void survives_any_field_being_lost_or_garbled() =>
        Gen.Int[0, All.Value.Count - 1].Select(Gen.Int).Sample((index, seed) =>
        {
            var random = new Random(seed);
            var recording = All.Value[index];
            var objects = recording.Objects.Select(item => (JsonObject)item.DeepClone()).ToList();
            foreach (var item in objects)
            {
                Damage(item, random, 0);
            }

            var report = Diagnoser.Diagnose(ClusterSnapshot.Create(objects, recording.Logs, recording.TakenAt));
            report.Notes.ShouldNotContain(note => note.Contains("could not judge"));
            ReportText.Write(report, colour: true).ShouldNotBeNull();
            ReportJson.Write(report).ShouldNotBeNull();
        }, iter: 400, threads: 1);

    [Fact]
    public void does_not_depend_on_when_it_is_read()
    {
        var recording = Recording.Load("cascade-db-secret-missing");
        var later = ClusterSnapshot.Create(recording.Objects, recording.Logs, recording.TakenAt.AddYears(1));
        Diagnoser.Diagnose(later).RootCauses.Select(cause => cause.Reason).ShouldBe(Diagnoser.Diagnose(recording.Snapshot).RootCauses.Select(cause => cause.Reason));
    }

    [Fact]
    public void ends_where_owners_go_in_circles()
    {
        JsonObject Item(string kind, string name, string ownerKind, string owner) => new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = "x",
                ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = ownerKind, ["name"] = owner, ["controller"] = true }),
            },
        };
        var report = Diagnoser.Diagnose(ClusterSnapshot.Create([Item("ReplicaSet", "a", "Deployment", "b"), Item("Deployment", "b", "ReplicaSet", "a")], [], default));
        report.Healthy.ShouldBeTrue();
    }

    [Fact]
    public void can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => Diagnoser.Diagnose(Recording.Load("oom-killed").Snapshot, ct: cancelled.Token));
    }

    [Fact]
    public void is_written_with_exactly_the_members_that_apply()
    {
        var json = ReportJson.ToNode(Diagnoser.Diagnose(Recording.Load("node-not-ready").Snapshot, "edge-telemetry"));
        var cause = json["rootCauses"]![0]!.AsObject();
        cause.Select(pair => pair.Key).ShouldBe(["kind", "name", "reason", "rule", "confidence", "summary", "evidence", "explains", "confirm", "fix"]);
        cause["evidence"]!.AsArray().ShouldAllBe(item => item!.AsObject().Count == 3);
        cause["explains"]!.AsArray().Select(item => (string?)item!["kind"]).ShouldContain("Deployment");
    }

    [Fact]
    public void shows_no_control_characters_of_the_cluster_in_the_terminal()
    {
        var report = new DiagnosisReport(false, [new RootCause("Pod", "x", "a\u001b[2J", "oom-killed", 1, "\u001b]0;owned\u0007", [new Evidence("Pod/x/a", null, "c", null, "\u001b[31mred")], [], new Fix("ok"))], []);
        ReportText.Write(report).ShouldNotContain("\u001b");
        ReportText.Write(report, colour: true).ShouldNotContain("\u001b[2J");
    }

    private static void Damage(JsonObject item, Random random, int depth)
    {
        foreach (var (key, value) in item.ToList())
        {
            if (random.Next(40) == 0)
            {
                item.Remove(key);
            }
            else if (random.Next(40) == 0)
            {
                item[key] = Garbage[random.Next(Garbage.Length)]?.DeepClone();
            }
            else if (depth < 12)
            {
                Deeper(value, random, depth + 1);
            }
        }
    }

    private static void Deeper(JsonNode? value, Random random, int depth)
    {
        if (value is JsonObject inner)
        {
            Damage(inner, random, depth);
        }
        else if (value is JsonArray list)
        {
            foreach (var element in list)
            {
                Deeper(element, random, depth);
            }
        }
    }
}
