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
