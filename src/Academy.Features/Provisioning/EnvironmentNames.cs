namespace Academy.Features.Provisioning;

/// <summary>What follows from an attempt: it never has two environments, and no other has its namespace.</summary>
internal static class EnvironmentNames
{
    /// <summary>The stream of an attempt's environment, and the cluster that the attempt sees it as.</summary>
    public static Guid Environment(Guid attempt) => Ids.From("environment", attempt);

    /// <summary>36 characters, an RFC 1123 label.</summary>
    public static string Namespace(Guid attempt) => $"lab-{attempt:N}";
}
