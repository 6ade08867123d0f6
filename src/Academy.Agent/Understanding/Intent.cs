namespace Academy.Agent.Understanding;

/// <summary>What a student can want. Where a question fits two equally well, the one that stands first here is taken.</summary>
public enum Intent
{
    Mentor,
    Check,
    Hint,
    Fix,
    Confirm,
    Logs,
    Describe,
    Diagnose,
    Change,
    Progress,
    Step,
    Labs,
    Explain,
    More,
    Help,
    Thanks,
    Greeting,
    Other,
}

/// <param name="Cues">Any one of them is enough.</param>
public sealed record IntentCues(Intent Intent, IReadOnlyList<Cue> Cues);
