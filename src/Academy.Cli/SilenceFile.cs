using Academy.Diagnosis;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Academy.Cli;

/// <summary>A list in YAML of findings that are known: each names a <c>rule</c> and an <c>object</c>, and may say <c>why</c>.</summary>
internal static class SilenceFile
{
    private const int Longest = 1 << 20;

    public static IReadOnlyList<Silence> Read(string? path)
    {
        if (path is null)
        {
            return [];
        }

        if (!File.Exists(path))
        {
            throw new CliException($"there is no file '{path}'.");
        }

        if (new FileInfo(path).Length > Longest)
        {
            throw new CliException($"{path} is larger than 1 MiB.");
        }

        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(path);
            stream.Load(reader);
        }
        catch (YamlException e)
        {
            throw new CliException($"{path}, line {e.Start.Line}: {e.Message}");
        }

        return stream.Documents is [] ? []
            : stream.Documents[0].RootNode is YamlSequenceNode list ? [.. list.Select(item => Entry(path, item))]
            : throw new CliException($"{path} is not a list.");
    }

    private static Silence Entry(string path, YamlNode item)
    {
        var fields = item is YamlMappingNode map ? map.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString(), StringComparer.Ordinal) : [];
        var where = $"{path}, line {item.Start.Line}";
        if (!fields.TryGetValue("rule", out var rule) || !fields.TryGetValue("object", out var at) || at.Length == 0)
        {
            throw new CliException($"{where}: an entry names a rule and an object, such as {{rule: ACD101, object: Deployment/shop/web}}.");
        }

        if (fields.Keys.FirstOrDefault(key => key is not ("rule" or "object" or "why")) is { } unknown)
        {
            throw new CliException($"{where}: '{unknown}' is not known.{Closest.Hint(unknown, ["rule", "object", "why"])}");
        }

        return Rules.Find(rule) is { } known
            ? new Silence(known.Id, at)
            : throw new CliException($"{where}: there is no rule '{rule}'.{Closest.Hint(rule, Rules.All.Select(r => r.Id))} See academy rules");
    }
}
