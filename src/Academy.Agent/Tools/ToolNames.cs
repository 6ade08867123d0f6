using Academy.Agent.Understanding;

namespace Academy.Agent.Tools;

/// <summary>The tools as <c>plugin.function</c>; the names stand in the records and in the prompts.</summary>
public static class ToolNames
{
    public const string Diagnose = "diagnosis.diagnose";
    public const string ListObjects = "cluster.list_objects";
    public const string GetObject = "cluster.get_object";
    public const string GetLog = "cluster.get_log";
    public const string GetLab = "lab.get_lab";
    public const string GetAttempt = "lab.get_attempt";
    public const string CheckWork = "lab.check_work";
    public const string TakeHint = "lab.take_hint";
    public const string ListHints = "lab.list_hints";
    public const string SearchLessons = "curriculum.search_lessons";
    public const string ListCourses = "curriculum.list_courses";
    public const string ListLabs = "curriculum.list_labs";
    public const string ListPracticeClusters = "curriculum.list_practice_clusters";
    public const string GetProgress = "progress.get_progress";
    public const string RequestMentor = "mentor.request_mentor";

    public static IReadOnlyList<string> All { get; } =
    [
        Diagnose, ListObjects, GetObject, GetLog, GetLab, GetAttempt, CheckWork, TakeHint, ListHints, SearchLessons, ListCourses, ListLabs, ListPracticeClusters,
        GetProgress, RequestMentor,
    ];

    /// <summary>Tools that record something, with what the student must have asked for. All others only read.</summary>
    public static IReadOnlyDictionary<string, Intent> Writing { get; } = new Dictionary<string, Intent>
    {
        [CheckWork] = Intent.Check,
        [TakeHint] = Intent.Hint,
        [RequestMentor] = Intent.Mentor,
    };

    public static string Of(string? plugin, string function) => $"{plugin}.{function}";
}
