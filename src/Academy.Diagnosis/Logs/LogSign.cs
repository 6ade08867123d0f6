namespace Academy.Diagnosis.Logs;

/// <summary>What a line of a log tells about the fault, from the most to the least telling.</summary>
internal enum Sign
{
    Forbidden,
    Certificate,
    Authentication,
    UnknownHost,
    Refused,
    Unreachable,
    WrongProtocol,
    MissingGpu,
    MissingVariable,
    UnknownFlag,
    PortInUse,
    ReadOnly,
    DiskFull,
    OutOfMemory,
    MissingModel,
    PermissionDenied,
    MissingFile,
    BadConfig,
    Platform,
    HttpNotFound,
    Crash,
    Error,
}

/// <param name="Name">The name, path, user or flag that the line speaks of, where it does.</param>
/// <param name="Hosts">Addresses in the line with their ports, most telling first.</param>
internal sealed record LogSign(Sign Sign, string Line, int Number, string? Name, IReadOnlyList<(string Host, long? Port)> Hosts)
{
    /// <summary>A failure to reach something else.</summary>
    public bool OfDependency => Sign is Sign.UnknownHost or Sign.Refused or Sign.Unreachable or Sign.WrongProtocol or Sign.HttpNotFound;
}
