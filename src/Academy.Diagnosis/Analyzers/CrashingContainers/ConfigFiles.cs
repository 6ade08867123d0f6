using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CrashingContainers;

/// <summary>A program that cannot read its configuration: the file in a ConfigMap that does not parse.</summary>
internal static class ConfigFiles
{
    public static Fact? Explain(Cluster cluster, Complaint complaint)
    {
        var candidates = Files.Mounts(complaint)
            .Select(mount => Files.Volume(complaint, mount))
            .Select(volume => volume.Text("configMap", "name") is { } map ? new ObjectRef("ConfigMap", complaint.Pod.Namespace, map) : volume.Text("secret", "secretName") is { } secret ? new ObjectRef("Secret", complaint.Pod.Namespace, secret) : null)
            .OfType<ObjectRef>()
            .Concat(References.OfContainers(complaint.Workload.PodSpec).Where(reference => reference.Container == complaint.Container.Name).Select(reference => new ObjectRef(reference.Kind, complaint.Pod.Namespace, reference.Name)))
            .Distinct()
            .ToList();
        var files = candidates.SelectMany(at => (cluster.Find(at.Kind, at.Namespace, at.Name)?.Json.Map("data") ?? new Dictionary<string, string>()).Select(pair => (At: at, pair.Key, pair.Value))).ToList();
        var around = complaint.Log!.Lines.Skip(Math.Max(0, complaint.Sign!.Number - 6)).Take(12).ToList();
        var named = files.FirstOrDefault(file => around.Any(line => line.Contains(file.Key, StringComparison.Ordinal)));
        var broken = files.FirstOrDefault(file => file.At.Kind == "ConfigMap" && Broken(file.Key, file.Value));
        var (subject, key, text) = broken.At is not null ? broken : named.At is not null ? named : files.FirstOrDefault();
        if (subject is null)
        {
            // Without a file of ours the program may read a text of its own: then its crash is what there is.
            if (complaint.Sign!.Line.Contains("panic:", StringComparison.Ordinal) || complaint.Log.Signs.Any(sign => sign.Sign == Sign.Crash && sign.Number < complaint.Sign.Number))
            {
                return null;
            }

            return CrashingContainers.Make(complaint, Reasons.InvalidConfigFile, 0.7, "cannot read its configuration", "Correct the configuration where the message points.");
        }

        Evidence[] evidence = subject.Kind == "ConfigMap" ? [new Evidence(Quote.Name(subject), $"data.{key}", null, null, Quote.Cut(text))] : [];
        return CrashingContainers.Make(complaint, Reasons.InvalidConfigFile, 0.92, $"cannot read {key} of {subject.Kind} {subject.Name}: it is not well formed", $"Correct {key} in {subject.Kind} {subject.Name}, then restart the pods.", subject, evidence);
    }

    private static bool Broken(string key, string text)
    {
        if (key.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            try
            {
                return JsonNode.Parse(text) is null;
            }
            catch (JsonException)
            {
                return true;
            }
        }

        return (key.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || key.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
            && text.Split('\n').Any(line => line.TrimEnd().StartsWith('\t') || line.Count(c => c == '"') % 2 == 1);
    }
}
