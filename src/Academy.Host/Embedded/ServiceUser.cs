namespace Academy.Host.Embedded;

/// <summary>
/// The user PostgreSQL runs as. It refuses to run as root, so a program started by root hands it to an unprivileged user
/// that exists; everybody else runs it as themselves.
/// </summary>
internal sealed class ServiceUser
{
    private readonly IReadOnlyList<string> _prefix;

    private ServiceUser(string name, IReadOnlyList<string> prefix) => (Name, _prefix) = (name, prefix);

    public string Name { get; }

    public bool IsOurselves => _prefix.Count == 0;

    /// <param name="cluster">
    /// Its owner goes on running it: a server that still runs could not read files that were given to another user. May be missing.
    /// </param>
    public static async Task<ServiceUser> Choose(string cluster, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServiceUser(Environment.UserName, []);
        }

        var owner = await Tool.Run(["stat", "-L", OperatingSystem.IsLinux() ? "-c%U" : "-f%Su", cluster], ct);
        foreach (var name in (string[])[owner.Ok ? owner.Output : "", "academy", "postgres", "_postgres", "nobody"])
        {
            var id = await Tool.Run(["id", "-u", name], ct);
            if (name.Length > 0 && id.Ok && id.Output != "0" && await Prefix(name, ct) is { } prefix)
            {
                return new ServiceUser(name, prefix);
            }
        }

        throw new EmbeddedException(
            "PostgreSQL does not run as root, and no unprivileged user (postgres, nobody) was found to run it. Start Academy as an ordinary user.");
    }

    private static async Task<IReadOnlyList<string>?> Prefix(string user, CancellationToken ct)
    {
        var group = await Tool.Run(["id", "-g", user], ct);
        IReadOnlyList<string>[] ways =
        [
            ["setpriv", $"--reuid={user}", $"--regid={group.Output}", "--clear-groups", "--"],
            ["runuser", "-u", user, "--"],
            ["sudo", "-n", "-u", user, "--"],
        ];
        foreach (var way in ways)
        {
            if ((await Tool.Run([.. way, "true"], ct)).Ok)
            {
                return way;
            }
        }

        return null;
    }

    public Task<Tool.Outcome> Run(CancellationToken ct, params IEnumerable<string> command) => Tool.Run([.. _prefix, .. command], ct);

    /// <summary>Whether this user can get into the folder: every parent must let it through.</summary>
    public async Task<bool> CanEnter(string folder, CancellationToken ct) =>
        IsOurselves || (await Run(ct, "sh", "-c", "cd \"$1\"", "sh", folder)).Ok;

    public async Task Own(string path, CancellationToken ct)
    {
        if (!IsOurselves && await Tool.Run(["chown", "-R", Name, path], ct) is { Ok: false } refused)
        {
            throw new EmbeddedException($"{path} cannot be given to the user {Name}: {refused.Output}");
        }
    }
}
