using System.Globalization;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Curriculum.Loading;

/// <summary>
/// One mapping of an author's file, read key by key. A missing or ill-typed value is reported and replaced by a harmless one, so that
/// reading goes on; <see cref="Done"/> reports the keys nobody asked for.
/// </summary>
internal sealed partial class Section(string file, YamlMap map, Problems problems)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public string File => file;

    public Place Start => map.At;

    public Problems Problems => problems;

    /// <summary>Letters, digits and hyphens: usable in an address, a folder name and a Kubernetes name.</summary>
    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex IdPattern { get; }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
    private static partial Regex FilePattern { get; }

    public static Section? FromFile(CurriculumFolder folder, string file)
    {
        if (folder.Read(file) is not { } text)
        {
            return null;
        }

        var documents = YamlTree.Read(file, text, folder.Problems);
        if (documents is [YamlMap map])
        {
            return new Section(file, map, folder.Problems);
        }

        if (!folder.Problems.In(file))
        {
            folder.Problems.Add(file, "must hold one YAML document with keys and values");
        }

        return null;
    }

    public YamlItem? Item(string key)
    {
        _asked.Add(key);
        var value = map.Find(key)?.Value;
        return value is YamlText { Plain: true, Value: "" or "~" or "null" } ? null : value;
    }

    /// <summary>Whether the key is there, without counting it as known.</summary>
    public bool Has(string key) => map.Find(key) is not null;

    public Place At(string key) => map.Find(key)?.At ?? map.At;

    public void Report(string key, string message) => problems.Add(file, At(key), message);

    public void Report(Place at, string message) => problems.Add(file, at, message);

    public string Text(string key) => OptionalText(key) is { } text && text.Trim().Length > 0 ? text : Missing(key);

    public string? OptionalText(string key)
    {
        switch (Item(key))
        {
            case null: return null;
            case YamlText text: return text.Value;
            default:
                Report(key, $"'{key}' must be a text");
                return null;
        }
    }

    public string Id(string key) => CheckId(key, Text(key));

    /// <summary>An id that none of its neighbours has.</summary>
    public string NewId(string thing, IEnumerable<string> given)
    {
        var id = Id("id");
        if (given.Contains(id))
        {
            Report("id", $"{thing} '{id}' is given twice");
        }

        return id;
    }

    /// <summary>A plain name, so that it stays in its folder on every system.</summary>
    public string FileName(string key)
    {
        var value = Text(key);
        if (value.Length > 0 && !FilePattern.IsMatch(value))
        {
            Report(key, $"'{value}' is not a file name: letters, digits, dots, hyphens and underscores, at most 100, beginning with a letter or digit");
            return "";
        }

        return value;
    }

    public string Level() => OneOf("level", "beginner", "intermediate", "advanced");

    public bool Flag(string key, bool otherwise = false)
    {
        switch (OptionalText(key))
        {
            case null: return otherwise;
            case "true": return true;
            case "false": return false;
            default:
                Report(key, $"'{key}' must be true or false");
                return otherwise;
        }
    }

    public string CheckId(string key, string value)
    {
        if (value.Length > 0 && !IdPattern.IsMatch(value))
        {
            Report(key, $"'{value}' is not an id: lower-case letters, digits and hyphens, at most 63");
        }

        return value;
    }

    public string OneOf(string key, params string[] allowed)
    {
        var value = Text(key);
        if (value.Length > 0 && !allowed.Contains(value))
        {
            Report(key, $"'{key}' is '{value}'; it must be one of {string.Join(", ", allowed)}");
        }

        return value;
    }

    /// <summary>A reason of the diagnosis' vocabulary.</summary>
    public string Reason(string key) => CheckReason(At(key), Text(key));

    public string CheckReason(Place at, string value)
    {
        if (value.Length > 0 && !Reasons.All.Contains(value))
        {
            problems.Add(file, at, $"'{value}' is not a reason that a diagnosis gives");
        }

        return value;
    }

    public int Number(string key, int min, int max, int? otherwise = null)
    {
        var item = Item(key);
        if (item is null && otherwise is { } value)
        {
            return value;
        }

        if (item is null)
        {
            Missing(key);
            return min;
        }

        if (item is YamlText text && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Report(key, $"'{key}' must be a whole number from {min} to {max}");
        return min;
    }

    /// <summary>A list of texts with their lines; empty where the key is missing and <paramref name="required"/> is false.</summary>
    public IReadOnlyList<YamlText> Texts(string key, bool required = true)
    {
        var texts = Items(key, required).OfType<YamlText>().ToList();
        if (Item(key) is YamlList list && list.Items.Count != texts.Count)
        {
            Report(key, $"'{key}' must be a list of texts");
        }

        return texts;
    }

    public IReadOnlyList<Section> Sections(string key, bool required = true)
    {
        var sections = new List<Section>();
        foreach (var item in Items(key, required))
        {
            if (item is YamlMap inner)
            {
                sections.Add(new Section(file, inner, problems));
            }
            else
            {
                problems.Add(file, item.At, $"an entry of '{key}' must have keys and values");
            }
        }

        return sections;
    }

    public Section? Child(string key, bool required = true)
    {
        switch (Item(key))
        {
            case YamlMap inner: return new Section(file, inner, problems);
            case null when !required: return null;
            case null:
                Missing(key);
                return null;
            default:
                Report(key, $"'{key}' must have keys and values");
                return null;
        }
    }

    /// <summary>Everything but the named keys, all of it counted as read.</summary>
    public IReadOnlyList<YamlEntry> Rest(params ReadOnlySpan<string> named)
    {
        var rest = new List<YamlEntry>();
        foreach (var entry in map.Entries)
        {
            _asked.Add(entry.Key);
            if (!named.Contains(entry.Key))
            {
                rest.Add(entry);
            }
        }

        return rest;
    }

    /// <summary>Reports unknown keys; call it when everything was read.</summary>
    public void Done()
    {
        foreach (var entry in map.Entries.Where(e => !_asked.Contains(e.Key)))
        {
            problems.Add(file, entry.At, $"unknown key '{entry.Key}'; known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private IReadOnlyList<YamlItem> Items(string key, bool required)
    {
        switch (Item(key))
        {
            case YamlList { Items.Count: > 0 } list: return list.Items;
            case YamlList or null when !required: return [];
            case YamlList or null:
                Missing(key);
                return [];
            default:
                Report(key, $"'{key}' must be a list");
                return [];
        }
    }

    private string Missing(string key)
    {
        problems.Add(file, At(key), $"'{key}' is missing or empty");
        return "";
    }
}
