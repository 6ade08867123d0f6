using System.Globalization;

namespace Academy.Host.Embedded;

/// <summary>What postmaster.pid says of the server that wrote it. The file outlives a server that was killed.</summary>
public sealed record PostmasterFile(int Pid, int Port, bool Ready)
{
    /// <summary>Null for a file that is not there or not complete yet.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        try
        {
            return Parse(File.ReadAllLines(Path.Combine(cluster, "postmaster.pid")));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Lines: pid, folder, start time, port, socket folder, listen address, shared memory, status.</summary>
    public static PostmasterFile? Parse(IReadOnlyList<string> lines) =>
        lines.Count >= 4
        && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
        && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new PostmasterFile(pid, port, lines.Count >= 8 && lines[7].Trim() == "ready")
            : null;
}
