using System.Security.Cryptography;
using System.Text.Json;

namespace Academy.Host.Embedded;

/// <summary>
/// The folder a run holds for itself. The lock is the operating system's, so it goes with the process however that ends.
/// The files beside it remember what the next start should find again: ports, the database's password, the master key.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private sealed record Remembered(int? PostgresPort = null, int? ApiPort = null);

    private const string MasterKeyFile = "master.key";
    private const string PasswordFile = "postgres.password";
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }

    /// <summary>32 bytes in base64, from which the keys that seal personal data and credentials are made.</summary>
    public string MasterKey => Secret(MasterKeyFile);

    public string PostgresPassword => Secret(PasswordFile);

    public int? PostgresPort { get => Read().PostgresPort; set => Write(Read() with { PostgresPort = value }); }

    public int? ApiPort { get => Read().ApiPort; set => Write(Read() with { ApiPort = value }); }

    /// <exception cref="EmbeddedException">Another run holds the folder (exit code 3), or it cannot be written to.</exception>
    public static DataFolder Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            {
                // PostgreSQL's user passes through, and sees no names.
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherExecute);
            }

            var held = new FileStream(System.IO.Path.Combine(path, "academy.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(path, held);
        }
        catch (UnauthorizedAccessException)
        {
            throw new EmbeddedException($"The data folder {path} cannot be written to by {Environment.UserName}. Choose another one with --data DIR.");
        }
        catch (IOException) when (File.Exists(System.IO.Path.Combine(path, "academy.lock")))
        {
            throw new EmbeddedException(WhoRuns(path), EmbeddedException.AlreadyRuns);
        }
        catch (IOException trouble)
        {
            throw new EmbeddedException($"The data folder {path} cannot be used: {trouble.Message}");
        }
    }

    /// <summary>A database whose secrets are lost must not get new ones: nothing could be unsealed with them.</summary>
    public void ExpectSecrets(bool databaseExists)
    {
        if (databaseExists && ((string[])[MasterKeyFile, PasswordFile]).FirstOrDefault(name => !File.Exists(In(name))) is { } lost)
        {
            throw new EmbeddedException($"{In(lost)} is missing, and the database in this folder cannot be read without it. Restore it from a backup.");
        }
    }

    /// <summary>Tells a second run where the first one is.</summary>
    public void Announce(string url) => PrivateFile.Write(In("academy.running"), $"{Environment.ProcessId}\n{url}\n");

    public void Dispose()
    {
        if (_lock.CanWrite)
        {
            File.Delete(In("academy.running"));
            _lock.Dispose();
        }
    }

    private static string WhoRuns(string path)
    {
        var side = System.IO.Path.Combine(path, "academy.running");
        var lines = File.Exists(side) ? File.ReadAllLines(side) : [];
        return lines is [var pid, var url, ..]
            ? $"Academy already runs on this folder at {url} (pid {pid}): {path}"
            : $"Academy is just starting on this folder: {path}";
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private string Secret(string name)
    {
        if (!File.Exists(In(name)))
        {
            PrivateFile.Write(In(name), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        }

        return File.ReadAllText(In(name)).Trim();
    }

    private Remembered Read()
    {
        try
        {
            return File.Exists(In("ports.json")) ? JsonSerializer.Deserialize<Remembered>(File.ReadAllText(In("ports.json"))) ?? new() : new();
        }
        catch (JsonException)
        {
            return new(); // other ports do as well
        }
    }

    private void Write(Remembered value) => PrivateFile.Write(In("ports.json"), JsonSerializer.Serialize(value));
}
