using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class Diagnosing_a_recording_in_other_clothes
{
    public static TheoryData<string> Recordings => [.. Recording.Names()];

    [Theory, MemberData(nameof(Recordings))]
    public void gives_the_same_verdict_under_other_names(string name) => Exact(Mutation.Renamed(Recording.Load(name)));

    [Theory, MemberData(nameof(Recordings))]
    public void gives_the_same_verdict_in_the_words_of_a_current_version(string name) => Exact(Mutation.Modern(Recording.Load(name)));

    [Theory, MemberData(nameof(Recordings))]
    public void gives_the_same_verdict_for_stateful_sets(string name) => Exact(Mutation.As(Recording.Load(name), "StatefulSet"));

    [Theory, MemberData(nameof(Recordings))]
    public void gives_the_same_verdict_for_daemon_sets(string name) => Exact(Mutation.As(Recording.Load(name), "DaemonSet"));

    /// <summary>Why an image was refused stands in events only.</summary>
    public static TheoryData<string> TellingWithoutEvents => [.. Recording.Names().Where(name => name != "image-pull-unauthorized")];

    [Theory, MemberData(nameof(TellingWithoutEvents))]
    public void gives_the_same_verdict_after_the_events_have_expired(string name) => Exact(Mutation.WithoutEvents(Recording.Load(name)));

    // What a change takes away for good: a refusal has no pod to hang on, and who holds the GPUs or which taint is meant stands at the nodes.
    private static readonly Dictionary<string, (Func<Recording, Recording> Change, string[] Lost)> Clothes = new()
    {
        ["as bare pods"] = (Mutation.AsBarePods, ["quota-used-by-other-workload", "webhook-service-missing"]),
        ["as rollouts"] = (Mutation.AsRollouts, []),
        ["with sidecars"] = (Mutation.WithSidecars, []),
        ["tidied"] = (Mutation.Tidied, []),
        ["with preemption told"] = (Mutation.Talkative, []),
        ["on CRI-O"] = (Mutation.OnCrio, []),
        ["on Docker"] = (Mutation.OnDocker, []),
        ["with new events"] = (Mutation.WithNewEvents, []),
        ["with times in the logs"] = (Mutation.WithTimes, []),
        ["with coloured logs"] = (Mutation.InColour, []),
        ["with long logs"] = (Mutation.Chatty, []),
        ["without endpoints"] = (recording => Mutation.Without(recording, "Endpoints", "EndpointSlice"), []),
        ["without replica sets"] = (recording => Mutation.Without(recording, "ReplicaSet"), []),
        ["without accounts and namespaces"] = (recording => Mutation.Without(recording, "ServiceAccount", "PriorityClass", "Namespace"), []),
        ["without nodes"] = (recording => Mutation.Without(recording, "Node"), ["pytorchjob-workers-pending-gpu", "taint-no-toleration"]),
        ["without current logs"] = (recording => Mutation.WithoutLogs(recording, false), []),
        ["without previous logs"] = (recording => Mutation.WithoutLogs(recording, true), []),
        ["in another namespace"] = (recording => Mutation.MovedTo(recording, "elsewhere"), []),
    };

    public static TheoryData<string, string> Dressed => [.. Clothes.SelectMany(item => Recording.Names().Except(item.Value.Lost).Select(name => (item.Key, name)))];

    [Theory, MemberData(nameof(Dressed))]
    public void gives_the_same_verdict(string how, string name) => Exact(Clothes[how].Change(Recording.Load(name)));

    // Without events a probe that fails says nothing of its own, and a registry no word; what has one log only has none without it.
    private static readonly Dictionary<string, string[]> LostOfTrials = new()
    {
        ["as rollouts"] = ["paused", "scaled-zero"],
        ["on CRI-O"] = ["chain-init-2", "old-ok-2"],
        ["without nodes"] = ["nodename-2"],
        ["without current logs"] = ["clusterrole-2", "cm-file-port-2", "config-wrongmount-2", "job-conn-2", "mount-path", "ready-dep-2", "rofs", "tls-http", "toml-conf", "rbac-nobind"],
        ["as bare pods"] = ["lr", "paused", "prio", "quota-must", "quota-pods", "quota-res-2", "sa-missing"],
    };

    public static TheoryData<string> Hows => [.. Clothes.Keys];

    [Theory, MemberData(nameof(Hows))]
    public void gives_the_same_verdict_for_every_trial(string how)
    {
        var wrong = Recording.Trials().Except(LostOfTrials.GetValueOrDefault(how, [])).Select(name => Clothes[how].Change(Recording.Trial(name)))
            .Select(recording => recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace))).OfType<string>().ToList();

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void finds_both_faults_of_any_two_recordings_in_one_namespace_and_blames_no_innocent()
    {
        // Of nodes and namespaces there is one for both.
        var recordings = Recording.Names().Where(name => name is not ("node-not-ready" or "pytorchjob-workers-pending-gpu" or "namespace-stuck-finalizer")).Select(Recording.Load).ToList();
        var wrong = new List<string>();
        foreach (var pair in recordings.SelectMany((left, index) => recordings.Skip(index + 1).Select(right => new[] { left, right })))
        {
            if (Mutation.InOneNamespace(pair) is { } snapshot)
            {
                var report = Diagnoser.Diagnose(snapshot, "shared");
                wrong.AddRange(pair.Select(recording => Mutation.MovedTo(recording, "shared").JudgeBeside(report)).OfType<string>());
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void finds_every_fault_where_all_recordings_are_one_cluster_and_blames_no_innocent()
    {
        // The recording with a broken node has the same nodes in another state, and one with GPUs taken changes what is free.
        var recordings = Recording.Names().Where(name => name is not ("node-not-ready" or "pytorchjob-workers-pending-gpu")).Select(Recording.Load).ToList();
        var report = Diagnoser.Diagnose(Mutation.Merged(recordings));
        foreach (var recording in recordings)
        {
            recording.JudgeAmong(report).ShouldBeNull();
        }
    }

    private static void Exact(Recording recording)
    {
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace)).ShouldBeNull();
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot)).ShouldBeNull();
    }
}
