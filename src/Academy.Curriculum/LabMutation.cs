using System.Text.Json.Nodes;

namespace Academy.Curriculum;

/// <summary>A mistake that a student would plausibly make, as edits of the recorded solution.</summary>
/// <param name="Fails">Check id → a part of what that check must say about it.</param>
public sealed record LabMutation(string Id, string Title, IReadOnlyList<SnapshotEdit> Edits, IReadOnlyDictionary<string, string> Fails);

/// <summary>One edit of the objects of a recording.</summary>
/// <param name="Name">Name of the object; a <c>*</c> at the end stands for any rest, so that pods of a ReplicaSet can be meant.</param>
/// <param name="Op"><c>set</c> a value, <c>remove</c> a value, <c>delete</c> the object, or replace what a pod wrote into its <c>log</c>.</param>
/// <param name="Path">JSON pointer (RFC 6901); empty for <c>delete</c> and <c>log</c>.</param>
public sealed record SnapshotEdit(string Kind, string Name, string Op, string Path, JsonNode? Value);
