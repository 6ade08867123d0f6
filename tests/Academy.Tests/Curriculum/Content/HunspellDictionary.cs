using System.Text.RegularExpressions;

namespace Academy.Tests.Curriculum.Content;

/// <summary>All forms of the words of a Hunspell dictionary: the part of its format that dictionaries of English use, affixes with conditions.</summary>
internal sealed class HunspellDictionary
{
    private readonly HashSet<string> _forms = new(StringComparer.Ordinal);
    private readonly Dictionary<char, List<Affix>> _affixes = [];

    private HunspellDictionary(IEnumerable<string> rules, IEnumerable<string> words)
    {
        foreach (var parts in rules.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(p => p is ["SFX" or "PFX", ..]))
        {
            if (parts is [_, var flag, "Y" or "N", _])
            {
                _affixes[flag[0]] = [];
            }
            else
            {
                var condition = parts.Length > 4 ? parts[4] : ".";
                _affixes[parts[1][0]].Add(new(
                    parts[0] == "PFX", parts[2] == "0" ? "" : parts[2], parts[3] == "0" ? "" : parts[3].Split('/')[0],
                    new Regex(parts[0] == "PFX" ? $"^{condition}" : $"{condition}$", RegexOptions.NonBacktracking)));
            }
        }

        foreach (var word in words)
        {
            var (stem, flags) = word.Split('/', 2) is [var s, var f] ? (s, f) : (word, "");
            Add(stem, [.. flags.SelectMany(flag => _affixes.GetValueOrDefault(flag) ?? [])]);
        }
    }

    public static HunspellDictionary Read(string folder) =>
        new(File.ReadLines(Path.Combine(folder, "index.aff")), File.ReadLines(Path.Combine(folder, "index.dic")).Skip(1));

    public static HunspellDictionary Of(string rules, string words) => new(rules.Split('\n'), words.Split('\n'));

    /// <summary>Whether it is a form of a word, also with a capital at its beginning, and with 's.</summary>
    public bool Knows(string word)
    {
        var bare = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word.TrimEnd('\'');
        return _forms.Contains(word) || _forms.Contains(bare) || (char.IsUpper(bare[0]) && _forms.Contains(char.ToLowerInvariant(bare[0]) + bare[1..]));
    }

    private void Add(string stem, List<Affix> affixes)
    {
        _forms.Add(stem);
        var ended = affixes.Where(a => !a.IsPrefix && a.Fits(stem)).Select(a => a.Apply(stem)).ToList();
        _forms.UnionWith(ended);
        foreach (var prefix in affixes.Where(a => a.IsPrefix && a.Fits(stem)))
        {
            _forms.Add(prefix.Apply(stem));
            _forms.UnionWith(ended.Select(prefix.Apply));
        }
    }

    private sealed record Affix(bool IsPrefix, string Strip, string Addition, Regex Condition)
    {
        public bool Fits(string stem) => Condition.IsMatch(stem);

        public string Apply(string stem) => IsPrefix ? Addition + stem[Strip.Length..] : stem[..^Strip.Length] + Addition;
    }
}
