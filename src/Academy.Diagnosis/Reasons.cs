namespace Academy.Diagnosis;

/// <summary>The vocabulary of root causes. A reason is stable: records and graders keep it.</summary>
public static class Reasons
{
}
