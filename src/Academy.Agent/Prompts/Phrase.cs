namespace Academy.Agent.Prompts;

/// <summary>A place where the assistant says something; what it says stands in a prompt file.</summary>
public sealed record Phrase
{
    private static readonly Dictionary<string, Phrase> Defined = new(StringComparer.Ordinal);

    private Phrase(string key, IReadOnlyList<string> placeholders)
    {
        Key = key;
        Placeholders = placeholders;
    }

    public string Key { get; }

    /// <summary>The placeholders that its text may use.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    public static IReadOnlyDictionary<string, Phrase> All => Defined;

    public static readonly Phrase System = Define("system", "open", "close", "situation");
    public static readonly Phrase InLab = Define("situation.lab", "namespace");
    public static readonly Phrase OnCluster = Define("situation.cluster", "namespace");
    public static readonly Phrase Nowhere = Define("situation.none");
    public static readonly Phrase Found = Define("situation.found", "data");

    public static readonly Phrase Cause = Define("diagnose.cause", "object", "summary");
    public static readonly Phrase Unsure = Define("diagnose.unsure", "object", "summary");
    public static readonly Phrase Seen = Define("diagnose.seen");
    public static readonly Phrase SeenField = Define("diagnose.field", "object", "path", "quote");
    public static readonly Phrase SeenLog = Define("diagnose.log", "object", "container", "quote");
    public static readonly Phrase SeenEvent = Define("diagnose.event", "object", "reason", "quote");
    public static readonly Phrase Explains = Define("diagnose.explains", "objects");
    public static readonly Phrase ConfirmWith = Define("diagnose.confirm", "commands");
    public static readonly Phrase Think = Define("diagnose.think", "question");
    public static readonly Phrase AlsoFound = Define("diagnose.also", "causes");
    public static readonly Phrase Healthy = Define("diagnose.healthy", "where");
    public static readonly Phrase HealthyInLab = Define("diagnose.healthy-lab", "step");
    public static readonly Phrase WholeCluster = Define("diagnose.whole-cluster");
    public static readonly Phrase NotTheCulprit = Define("diagnose.not-culprit", "object");
    public static readonly Phrase NoSuchObject = Define("diagnose.no-such-object", "name", "where");
    public static readonly Phrase DidYouMean = Define("diagnose.did-you-mean", "names");
    public static readonly Phrase Notes = Define("diagnose.notes", "notes");
    public static readonly Phrase OnStep = Define("diagnose.step", "number", "count", "title");
    public static readonly Phrase OfferHint = Define("diagnose.offer-hint");
    public static readonly Phrase OfferRungs = Define("diagnose.offer-rungs");
    public static readonly Phrase NoCluster = Define("diagnose.no-cluster");
    public static readonly Phrase PracticeCluster = Define("diagnose.practice", "title", "story");
    public static readonly Phrase Withheld = Define("diagnose.withheld");

    public static readonly Phrase AskOfObject = Define("command.describe", "kind", "name", "ns");
    public static readonly Phrase AskForField = Define("command.field", "kind", "name", "ns", "path");
    public static readonly Phrase AskForLog = Define("command.log", "name", "ns", "container", "previous");
    public static readonly Phrase AskForEvents = Define("command.events", "kind", "name", "ns");

    public static readonly Phrase RungTitle = Define("rung.title", "rung", "last", "name");
    public static readonly Phrase RungName1 = Define("rung.1.name");
    public static readonly Phrase RungName2 = Define("rung.2.name");
    public static readonly Phrase RungName3 = Define("rung.3.name");
    public static readonly Phrase RungName4 = Define("rung.4.name");
    public static readonly Phrase RungName5 = Define("rung.5.name");
    public static readonly Phrase RungQuestion = Define("rung.1.default", "object");
    public static readonly Phrase RungWhere = Define("rung.2.text", "commands");
    public static readonly Phrase RungConcept = Define("rung.3.default", "object", "summary");
    public static readonly Phrase RungCommand = Define("rung.4.text", "kind", "name", "ns");
    public static readonly Phrase RungFields = Define("rung.4.fields", "fields");
    public static readonly Phrase RungSolution = Define("rung.5.text", "fix");
    public static readonly Phrase RungPatch = Define("rung.5.patch", "patch");
    public static readonly Phrase MoreRungs = Define("rung.more");
    public static readonly Phrase LastRung = Define("rung.last");

    public static readonly Phrase HintLeft = Define("hint.left", "left");
    public static readonly Phrase HintLast = Define("hint.last");
    public static readonly Phrase HintRefused = Define("hint.refused", "why");
    public static readonly Phrase HintNothingOpen = Define("hint.nothing-open");
    public static readonly Phrase HintNothingWrong = Define("hint.nothing-wrong");
    public static readonly Phrase HintIntro = Define("hint.intro", "number", "title");

    public static readonly Phrase FixInLab = Define("fix.in-lab", "object", "question");

    public static readonly Phrase CheckTotal = Define("check.total", "points", "max", "done", "steps");
    public static readonly Phrase CheckAll = Define("check.all", "points", "max");
    public static readonly Phrase CheckStepDone = Define("check.step-done", "number", "title");
    public static readonly Phrase CheckStepOpen = Define("check.step-open", "number", "title");
    public static readonly Phrase CheckPassed = Define("check.passed", "title");
    public static readonly Phrase CheckFailed = Define("check.failed", "title", "observed");
    public static readonly Phrase CheckNext = Define("check.next", "number", "title");
    public static readonly Phrase CheckNoAttempt = Define("check.no-attempt");
    public static readonly Phrase CheckRefused = Define("check.refused", "why");

    public static readonly Phrase Step = Define("step.text", "number", "count", "title", "instructions");
    public static readonly Phrase StepDone = Define("step.done", "number");
    public static readonly Phrase StepNeeds = Define("step.needs", "steps");
    public static readonly Phrase StepChecks = Define("step.checks", "checks");
    public static readonly Phrase StepUnknown = Define("step.unknown", "number", "count");
    public static readonly Phrase StepAllDone = Define("step.all-done");
    public static readonly Phrase StepNoAttempt = Define("step.no-attempt");

    public static readonly Phrase Lesson = Define("explain.lesson", "number", "title", "heading", "text");
    public static readonly Phrase LessonAlso = Define("explain.also", "lessons");
    public static readonly Phrase Term = Define("explain.term", "name", "meaning");
    public static readonly Phrase ExplainNothing = Define("explain.nothing", "concept");
    public static readonly Phrase ExplainWhat = Define("explain.what");
    public static readonly Phrase ExplainTopics = Define("explain.topics", "topics");

    public static readonly Phrase Log = Define("logs.text", "object", "container", "previous", "log");
    public static readonly Phrase LogPrevious = Define("logs.previous");
    public static readonly Phrase LogEmpty = Define("logs.empty", "object");
    public static readonly Phrase LogWhich = Define("logs.which", "pods");
    public static readonly Phrase LogNone = Define("logs.none", "object", "why");

    public static readonly Phrase Object = Define("describe.object", "object", "yaml", "command");
    public static readonly Phrase ObjectList = Define("describe.list", "where", "objects");
    public static readonly Phrase ObjectListEmpty = Define("describe.empty", "where");
    public static readonly Phrase ObjectCut = Define("describe.cut");

    public static readonly Phrase ProgressLab = Define("progress.lab", "title", "done", "steps", "points", "max", "hints", "mark");
    public static readonly Phrase ProgressCourse = Define("progress.course", "title", "done", "labs");
    public static readonly Phrase ProgressNothing = Define("progress.nothing");
    public static readonly Phrase ProgressIntro = Define("progress.intro");

    public static readonly Phrase MentorAsked = Define("mentor.asked");
    public static readonly Phrase MentorRefused = Define("mentor.refused", "why");

    public static readonly Phrase LabList = Define("labs.list", "labs");
    public static readonly Phrase LabLine = Define("labs.line", "title", "summary", "minutes", "level");
    public static readonly Phrase LabThis = Define("labs.this", "title", "summary", "minutes", "objectives");

    public static readonly Phrase Confirm = Define("confirm.text", "object", "percent");
    public static readonly Phrase ConfirmNothing = Define("confirm.nothing");

    public static readonly Phrase Hello = Define("greeting.text");
    public static readonly Phrase Welcome = Define("thanks.text");
    public static readonly Phrase Help = Define("help.text");
    public static readonly Phrase NotUnderstood = Define("other.text");
    public static readonly Phrase OnlyLooks = Define("change.text");
    public static readonly Phrase NothingMore = Define("more.nothing");

    public static readonly Phrase Refused = Define("trouble.refused", "why");
    public static readonly Phrase ModelDown = Define("trouble.model-down");
    public static readonly Phrase ModelSlow = Define("trouble.model-slow");
    public static readonly Phrase ModelNonsense = Define("trouble.model-nonsense");
    public static readonly Phrase ModelInvented = Define("trouble.model-invented", "names");

    public static readonly Phrase CountCauses = Define("tool.causes", "count");
    public static readonly Phrase OneCause = Define("tool.one-cause", "object");
    public static readonly Phrase NoCauses = Define("tool.no-causes");
    public static readonly Phrase CountObjects = Define("tool.objects", "count");
    public static readonly Phrase CountLines = Define("tool.lines", "count");
    public static readonly Phrase CountFound = Define("tool.found", "count");
    public static readonly Phrase Points = Define("tool.points", "points", "max");
    public static readonly Phrase Rung = Define("tool.rung", "rung");
    public static readonly Phrase Read = Define("tool.read", "what");
    public static readonly Phrase ToolBroke = Define("tool.broke");
    public static readonly Phrase ToolTooMany = Define("tool.too-many");
    public static readonly Phrase ToolNotAsked = Define("tool.not-asked");
    public static readonly Phrase ToolElsewhere = Define("tool.elsewhere");
    public static readonly Phrase ToolBadArgument = Define("tool.bad-argument", "argument");
    public static readonly Phrase ToolUnknown = Define("tool.unknown", "name");

    /// <summary>What the student reads while a tool works.</summary>
    public static Phrase Label(string tool) => Defined[$"label.{tool}"];

    static Phrase()
    {
        foreach (var tool in Tools.ToolNames.All)
        {
            Define($"label.{tool}");
        }
    }

    private static Phrase Define(string key, params string[] placeholders) => Defined[key] = new Phrase(key, placeholders);
}
