namespace Academy.Domain;

/// <summary>What a person may be in an organisation. One person may be several.</summary>
public static class Roles
{
    public const string Student = "student";
    public const string Mentor = "mentor";
    public const string Instructor = "instructor";
    public const string Administrator = "administrator";

    /// <summary>Another system, such as an LMS, acting for the organisation.</summary>
    public const string Integration = "integration";

    public static IReadOnlyList<string> All { get; } = [Student, Mentor, Instructor, Administrator, Integration];
}
