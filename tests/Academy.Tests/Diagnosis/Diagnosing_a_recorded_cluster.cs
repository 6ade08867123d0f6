using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class Diagnosing_a_recorded_cluster
{
    public static TheoryData<string> Recordings => [.. Recording.Names()];

    [Theory, MemberData(nameof(Recordings))]
    public void names_the_true_cause_of_its_namespace(string name)
    {
        var recording = Recording.Load(name);
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Recordings))]
    public void names_the_true_cause_without_being_told_the_namespace(string name)
    {
        var recording = Recording.Load(name);
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot)).ShouldBeNull();
    }

    public static TheoryData<string> Trials => [.. Recording.Trials()];

    [Theory, MemberData(nameof(Trials))]
    public void names_the_true_cause_of_a_trial_on_one_real_node(string name)
    {
        var recording = Recording.Trial(name);
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace)).ShouldBeNull();
        recording.Judge(Diagnoser.Diagnose(recording.Snapshot)).ShouldBeNull();
    }
}
