using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>One reference of a pod to an object of its namespace.</summary>
/// <param name="Key">The key in it that is read, or null where it is used as a whole.</param>
/// <param name="Path">Where the reference stands, from the pod's root.</param>
/// <param name="Variable">The environment variable it fills, if it does.</param>
internal sealed record Reference(string Kind, string Name, string? Key, bool Optional, string Path, string? Container = null, string? Variable = null);

/// <summary>Everything a pod spec refers to by name.</summary>
internal static class References
{
    public static IEnumerable<Reference> Of(JsonNode? podSpec) =>
        OfContainers(podSpec).Concat(OfVolumes(podSpec));

    public static IEnumerable<Reference> OfContainers(JsonNode? podSpec)
    {
        foreach (var list in (string[])["initContainers", "containers"])
        {
            var at = 0;
            foreach (var container in podSpec.Items(list))
            {
                foreach (var reference in OfContainer(container, $"spec.{list}[{at}]"))
                {
                    yield return reference;
                }

                at++;
            }
        }
    }

    private static IEnumerable<Reference> OfContainer(JsonObject container, string path)
    {
        var name = container.Text("name");
        var at = 0;
        foreach (var variable in container.Items("env"))
        {
            foreach (var (field, kind) in new[] { ("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret") })
            {
                if (variable.At("valueFrom", field) is { } source && source.Text("name") is { Length: > 0 } target)
                {
                    yield return new Reference(kind, target, source.Text("key"), source.Flag("optional"), $"{path}.env[{at}].valueFrom.{field}", name, variable.Text("name"));
                }
            }

            at++;
        }

        at = 0;
        foreach (var source in container.Items("envFrom"))
        {
            foreach (var (field, kind) in new[] { ("configMapRef", "ConfigMap"), ("secretRef", "Secret") })
            {
                if (source.At(field) is { } whole && whole.Text("name") is { Length: > 0 } target)
                {
                    yield return new Reference(kind, target, null, whole.Flag("optional"), $"{path}.envFrom[{at}].{field}", name);
                }
            }

            at++;
        }
    }

    private static IEnumerable<Reference> OfVolumes(JsonNode? podSpec)
    {
        var at = 0;
        foreach (var volume in podSpec.Items("volumes"))
        {
            foreach (var reference in OfVolume(volume, $"spec.volumes[{at}]"))
            {
                yield return reference;
            }

            at++;
        }
    }

    private static IEnumerable<Reference> OfVolume(JsonObject volume, string path)
    {
        if (volume.Text("persistentVolumeClaim", "claimName") is { Length: > 0 } claim)
        {
            yield return new Reference("PersistentVolumeClaim", claim, null, false, path + ".persistentVolumeClaim.claimName");
        }

        var sources = volume.Items("projected", "sources").Select((source, at) => (Node: (JsonNode)source, Path: $"{path}.projected.sources[{at}]")).Prepend((volume, path));
        foreach (var (source, where) in sources)
        {
            foreach (var (field, nameField, kind) in new[] { ("configMap", "name", "ConfigMap"), ("secret", where == path ? "secretName" : "name", "Secret") })
            {
                if (source.At(field) is not { } target || target.Text(nameField) is not { Length: > 0 } name)
                {
                    continue;
                }

                yield return new Reference(kind, name, null, target.Flag("optional"), $"{where}.{field}");
                foreach (var item in target.Items("items"))
                {
                    yield return new Reference(kind, name, item.Text("key"), target.Flag("optional"), $"{where}.{field}.items");
                }
            }
        }
    }
}
