using System.CommandLine;
using Academy.Clusters;

namespace Academy.Cli;

internal static class SnapshotCommand
{
    private const string How = """
        A snapshot is the state of one namespace in one file, without the values of Secrets. It can be diagnosed anywhere:

          academy snapshot --context CTX -n NAMESPACE       make one from a cluster of your kubeconfig
          academy diagnose academy-NAMESPACE.tar.gz         diagnose it

        Without this program, kubectl alone is enough:

          kubectl get pods,services,deployments,events -n NAMESPACE -o json > state.json
          academy diagnose state.json
        """;

    public static Command Create(Terminal terminal)
    {
        var input = new ClusterInput();
        var file = new Option<string?>("--file", "-f") { Description = "Where to write it (default: academy-NAMESPACE.tar.gz); it must not exist yet", HelpName = "FILE" };
        var command = new Command("snapshot", "Save the state of a cluster to a file that can be diagnosed anywhere. Alone: tell how.") { file };
        input.AddTo(command, recorded: false);
        command.SetAction(async (parsed, ct) =>
        {
            if (!input.IsLive(parsed))
            {
                await terminal.Out.WriteLineAsync(How);
                return ExitCodes.Good;
            }

            var (cluster, ns) = await input.ReadAsync(parsed, terminal, ct);
            var path = parsed.GetValue(file) ?? $"academy-{ns ?? "cluster"}.tar.gz";
            await using (var archive = new FileStream(path, Private()))
            {
                await SnapshotWriter.WriteAsync(cluster, archive, ct);
            }

            await terminal.Out.WriteLineAsync($"{path}: {cluster.Objects.Count} objects, {cluster.Logs.Count} logs");
            if (cluster.Unreadable.Count > 0)
            {
                await terminal.Out.WriteLineAsync("not readable with these credentials: " + string.Join(", ", cluster.Unreadable));
            }

            return ExitCodes.Good;
        });
        return command;
    }

    // Logs can hold what others should not read.
    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
