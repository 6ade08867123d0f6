using System.Diagnostics;
using System.Globalization;

namespace Academy.Host.Embedded;

/// <summary>Looks at the processes of a server. A pid alone proves nothing: it may be another program's by now, or a zombie's.</summary>
internal static class ServerProcesses
{
    /// <summary>Whether the server that wrote this cluster's postmaster.pid still runs; null where none does.</summary>
    public static PostmasterFile? Running(string cluster) =>
        PostmasterFile.Read(cluster) is { } file && IsServerOf(file.Pid, cluster) ? file : null;

    /// <summary>
    /// Ends the children of a server that was killed. PostgreSQL refuses to start while one of them is attached to the old
    /// shared memory, and a busy one does not notice its parent's death. A postmaster.pid whose pid is another program's by
    /// now, or a zombie's, goes too.
    /// </summary>
    /// <param name="serverName">The cluster_name, which is in the titles of the server's processes.</param>
    public static async Task ClearAfterKill(string cluster, string serverName, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux() || Running(cluster) is not null)
        {
            return;
        }

        for (var tries = 0; Orphans(serverName) is { Count: > 0 } orphans; tries++)
        {
            foreach (var pid in tries < 10 ? [] : orphans)
            {
                Kill(pid);
            }

            if (tries > 100)
            {
                throw new EmbeddedException($"Processes of a PostgreSQL that was killed hold {cluster} and do not end: {string.Join(", ", orphans)}.");
            }

            await Task.Delay(100, ct);
        }

        if (PostmasterFile.Read(cluster) is { } stale && Directory.Exists($"/proc/{stale.Pid}"))
        {
            File.Delete(Path.Combine(cluster, "postmaster.pid"));
        }
    }

    private static bool IsServerOf(int pid, string cluster)
    {
        if (!OperatingSystem.IsLinux())
        {
            return IsAlive(pid);
        }

        // A zombie has no command line.
        return CommandLine(pid).Split('\0') is [var program, .. var arguments]
            && Path.GetFileName(program) is ("postgres" or "postmaster") && arguments.Contains(cluster);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception trouble) when (trouble is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static List<int> Orphans(string serverName)
    {
        var found = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && CommandLine(pid).StartsWith($"postgres: {serverName}: ", StringComparison.Ordinal))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended, or belongs to somebody else
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception trouble) when (trouble is ArgumentException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
