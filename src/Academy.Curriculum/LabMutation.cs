using System.Text.Json.Nodes;

namespace Academy.Curriculum;

/// <summary>A mistake that a student would plausibly make, as edits of the worked solution.</summary>
/// <param name="Fails">Check id → a part of what that check must say about it.</param>
public sealed record LabMutation(string Id, string Title, IReadOnlyList<LabEdit> Edits, IReadOnlyDictionary<string, string> Fails);

/// <summary>One edit of what the solution looks like.</summary>
/// <param name="Op">What is done; which there are depends on what is edited.</param>
/// <param name="Path">JSON pointer (RFC 6901); empty where the operation needs none.</param>
public abstract record LabEdit(string Op, string Path, JsonNode? Value);

/// <summary>An edit of the objects of a recording.</summary>
/// <param name="Name">Name of the object; a <c>*</c> at the end stands for any rest, so that pods of a ReplicaSet can be meant.</param>
/// <param name="Op">
/// <c>set</c> a value, <c>remove</c> a value, <c>delete</c> the object, <c>add</c> one with the value as its content, or replace what a pod wrote
/// into its <c>log</c>.
/// </param>
public sealed record SnapshotEdit(string Kind, string Name, string Op, string Path, JsonNode? Value) : LabEdit(Op, Path, Value)
{
    /// <summary>Null for the main one.</summary>
    public string? Cluster { get; init; }
}

/// <summary>An edit of an artefact: <c>set</c> or <c>remove</c> a value, <c>replace</c> the first occurrence of a text, or <c>delete</c> it: nothing is handed in.</summary>
public sealed record ArtefactEdit(string Artefact, string Op, string Path, JsonNode? Value) : LabEdit(Op, Path, Value)
{
    /// <summary>What <c>replace</c> looks for.</summary>
    public string Find { get; init; } = "";

    /// <summary>For manifests: the object that is meant; <c>delete</c> then takes away this object.</summary>
    public string? Kind { get; init; }

    /// <summary>For manifests: the name of the object, which may end in <c>*</c>.</summary>
    public string? Name { get; init; }
}

/// <summary>An edit of a recorded answer: <c>set</c> its <c>/status</c> or <c>/body</c>, or <c>delete</c> it: nothing was asked.</summary>
public sealed record HttpEdit(HttpQuestion Question, string Op, string Path, JsonNode? Value) : LabEdit(Op, Path, Value);
