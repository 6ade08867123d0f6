using System.Diagnostics;

namespace Academy.Agent;

public static class AgentTelemetry
{
    /// <summary>The name of the activity source: spans around each answer, each tool call and each request to a model.</summary>
    public const string Name = "Academy.Agent";

    internal static readonly ActivitySource Source = new(Name);
}
