using System.Text.Json.Nodes;

namespace Academy.Diagnosis;

/// <summary>What is wrong in a cluster or a namespace, most likely cause first.</summary>
/// <param name="Healthy">True when there is no root cause.</param>
/// <param name="Notes">What was seen and left open, in plain sentences; never a root cause.</param>
public sealed record DiagnosisReport(bool Healthy, IReadOnlyList<RootCause> RootCauses, IReadOnlyList<string> Notes);

/// <summary>The object whose change repairs a fault: the Deployment a person would edit rather than its Pod.</summary>
/// <param name="Reason">A code of the vocabulary in <see cref="Reasons"/>; names what must change, not the symptom.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Summary">One sentence that a student understands.</param>
/// <param name="Explains">The objects whose symptoms follow from this cause.</param>
public sealed record RootCause(
    string Kind,
    string? Namespace,
    string Name,
    string Reason,
    double Confidence,
    string Summary,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<ObjectRef> Explains,
    Fix Fix)
{
    /// <summary>Id of the rule that found it, e.g. <c>ACD101</c>; its page stands in <see cref="Rules"/>.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Commands that show the evidence by hand; they only read.</summary>
    public IReadOnlyList<string> Confirm { get; init; } = [];

    /// <summary>Other explanations that were weighed and only follow from this cause.</summary>
    public IReadOnlyList<RuledOut> RulesOut { get; init; } = [];

    /// <summary>Why a change of the pod template would remove the cause, if nothing else stands against it; null where no object tells.</summary>
    internal string? Foreseen { get; init; }
}

/// <summary>An object that looks like a cause and is none.</summary>
/// <param name="Reason">What it would have been the cause of.</param>
public sealed record RuledOut(string Kind, string? Namespace, string Name, string Reason);

/// <summary>One quoted observation. Exactly one of <paramref name="Field"/>, <paramref name="Log"/> and <paramref name="Event"/> says where it was read.</summary>
/// <param name="Object">Kind/namespace/name, or Kind/name for a cluster-wide object.</param>
/// <param name="Field">Path of the field, e.g. <c>status.containerStatuses[0].state.waiting.reason</c>.</param>
/// <param name="Log">Container, with <c> (previous)</c> where the line is from before the last restart.</param>
/// <param name="Event">Reason of the event.</param>
/// <param name="Quote">The text as it stands there.</param>
public sealed record Evidence(string Object, string? Field, string? Log, string? Event, string Quote);

public sealed record ObjectRef(string Kind, string? Namespace, string Name);

/// <param name="Text">What to do, in words, without naming this product.</param>
/// <param name="Patch">A strategic-merge or merge patch for the root cause's object, where one can be derived.</param>
public sealed record Fix(string Text, JsonObject? Patch = null)
{
    /// <summary>With the patch applied to a copy of the snapshot, the cause is gone and no other has come. A prediction, no proof.</summary>
    public const string Removes = "removes";

    /// <summary>With the patch applied to a copy, the cause or another one stands in the way still.</summary>
    public const string Remains = "remains";

    /// <summary>A snapshot does not tell what the patch would do.</summary>
    public const string Unknown = "unknown";

    /// <summary><see cref="Removes"/>, <see cref="Remains"/> or <see cref="Unknown"/>; null where there is no patch to try.</summary>
    public string? Predicted { get; init; }

    /// <summary>Why that is predicted, in one sentence; null where nothing is.</summary>
    public string? Because { get; init; }
}
