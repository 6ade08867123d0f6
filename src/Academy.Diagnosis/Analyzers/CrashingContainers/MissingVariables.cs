using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CrashingContainers;

/// <summary>A program that misses an environment variable, compared with those it was given.</summary>
internal static class MissingVariables
{
    private static readonly HashSet<string> NoNames = ["ERROR", "FATAL", "WARN", "INFO", "CRITICAL", "PANIC", "DEBUG", "TLS", "URL", "HTTP"];

    public static Fact? Explain(Cluster cluster, Complaint complaint)
    {
        // Configuration of .NET: a colon in the key is two underscores in the environment.
        var name = complaint.Sign!.Name?.Replace(":", "__", StringComparison.Ordinal);
        if (name is null || NoNames.Contains(name) || (name.Any(char.IsAsciiLetterLower) && !name.Contains("__", StringComparison.Ordinal) && !AboutEnvironment(complaint)))
        {
            return null;
        }

        var given = Given(cluster, complaint).ToList();
        if (given.FirstOrDefault(item => item.Name == name) is { Name: not null } same)
        {
            return CrashingContainers.Make(complaint, Reasons.EnvVarMissing, 0.7, $"refuses the value of environment variable {name}", $"Give {name} a value that the program accepts.", same.Source, Where(complaint, same));
        }

        var typo = given.Where(item => Slip(name, item.Name)).OrderBy(item => Likeness.Distance(name, item.Name)).ThenBy(item => item.Name, StringComparer.Ordinal).FirstOrDefault();
        return typo.Name is not null
            ? CrashingContainers.Make(complaint, Reasons.EnvVarNameTypo, 0.95, $"reads environment variable {name}, and was given {typo.Name}", $"Rename {typo.Name} to {name}.", typo.Source, Where(complaint, typo)) with
            {
                Patch = typo.Source == complaint.Workload.Ref ? Renamed(complaint, typo.Name, name) : null,
                Foreseen = $"Its pods would have {name}, which is what the log misses.",
            }
            : CrashingContainers.Make(complaint, Reasons.EnvVarMissing, 0.92, $"needs environment variable {name}, which is not set", $"Set {name} for container {complaint.Container.Name}.");
    }

    private static JsonObject? Renamed(Complaint complaint, string from, string to)
    {
        if (complaint.Container.Spec.Items("env").FirstOrDefault(variable => variable.Text("name") == from) is not { } given)
        {
            return null;
        }

        var variable = (JsonObject)given.DeepClone();
        variable["name"] = to;
        return Patches.Variable(complaint.Workload, complaint.Container, variable, from);
    }

    private static bool Slip(string wanted, string given)
    {
        if (wanted.Equals(given, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var allowed = Math.Max(wanted.Length, given.Length) switch { <= 4 => 1, <= 8 => 2, _ => 3 };
        var distance = Likeness.Distance(wanted.ToUpperInvariant(), given.ToUpperInvariant());
        var squeezed = wanted.Replace("_", "", StringComparison.Ordinal).Equals(given.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        var words = wanted.Split('_').Order(StringComparer.Ordinal).SequenceEqual(given.Split('_').Order(StringComparer.Ordinal));
        // Two names of one family (DB_HOST, DB_PORT) differ in a whole word; a slip changes letters inside of one.
        return squeezed || words || (distance <= allowed && !WholeWord(wanted, given)) || Abbreviated(wanted, given);
    }

    private static bool WholeWord(string wanted, string given)
    {
        var left = wanted.ToUpperInvariant().Split('_');
        var right = given.ToUpperInvariant().Split('_');
        return left.Length == right.Length && left.Zip(right).Any(pair => pair.First != pair.Second && Likeness.Distance(pair.First, pair.Second) > Math.Max(1, Math.Min(pair.First.Length, pair.Second.Length) / 2));
    }

    /// <summary>DB_URL for DATABASE_URL, PG_PASSWD for PG_PASSWORD: all words but one the same, that one a shortening.</summary>
    private static bool Abbreviated(string wanted, string given)
    {
        var left = wanted.ToUpperInvariant().Split('_');
        var right = given.ToUpperInvariant().Split('_');
        if (left.Length < 2 || left.Length != right.Length)
        {
            return false;
        }

        var different = left.Zip(right).Where(pair => pair.First != pair.Second).ToList();
        return different.Count == 1 && (Shortens(different[0].First, different[0].Second) || Shortens(different[0].Second, different[0].First));
    }

    private static bool Shortens(string longer, string shorter)
    {
        if (shorter.Length < 2 || shorter.Length >= longer.Length || shorter[0] != longer[0])
        {
            return false;
        }

        var at = 0;
        foreach (var letter in longer)
        {
            if (at < shorter.Length && shorter[at] == letter)
            {
                at++;
            }
        }

        return at == shorter.Length;
    }

    private static bool AboutEnvironment(Complaint complaint) =>
        complaint.Log!.Lines.Skip(Math.Max(0, complaint.Sign!.Number - 8)).Take(10).Any(line => line.Contains("env", StringComparison.OrdinalIgnoreCase));

    private static Evidence Where(Complaint complaint, (string Name, ObjectRef Source, string Path) item) => item.Source.Kind == "ConfigMap"
        ? new Evidence(Quote.Name(item.Source), item.Path, null, null, item.Name)
        : Quote.Field(complaint.Pod.Object, item.Path, item.Name);

    private static IEnumerable<(string Name, ObjectRef Source, string Path)> Given(Cluster cluster, Complaint complaint)
    {
        var at = 0;
        foreach (var variable in complaint.Container.Spec.Items("env"))
        {
            if (variable.Text("name") is { Length: > 0 } name)
            {
                yield return (name, complaint.Workload.Ref, $"{complaint.Container.SpecPath}.env[{at}].name");
            }

            at++;
        }

        foreach (var source in complaint.Container.Spec.Items("envFrom"))
        {
            var (kind, name) = source.Has("secretRef") ? ("Secret", source.Text("secretRef", "name")) : ("ConfigMap", source.Text("configMapRef", "name"));
            foreach (var key in cluster.Find(kind, complaint.Pod.Namespace, name)?.Json.At("data").Members() ?? [])
            {
                yield return ((source.Text("prefix") ?? "") + key.Key, new ObjectRef(kind, complaint.Pod.Namespace, name!), $"data.{key.Key}");
            }
        }
    }
}
