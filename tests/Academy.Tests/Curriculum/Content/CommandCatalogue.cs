using System.Buffers;

namespace Academy.Tests.Curriculum.Content;

/// <summary>The programs, subcommands and flags of commands.txt.</summary>
internal sealed class CommandCatalogue
{
    private static readonly SearchValues<char> PlaceholderSigns = SearchValues.Create("$<>{*…");

    private readonly Dictionary<string, HashSet<string>> _commands = new(StringComparer.Ordinal);

    private CommandCatalogue()
    {
        foreach (var line in File.ReadLines(Path.Combine(Shipped.Root, "tests", "Academy.Tests", "Curriculum", "Content", "commands.txt")).Where(l => !l.StartsWith('#')))
        {
            var (command, flags) = line.Split(": ", 2) is [var c, var f] ? (c, f) : (line.TrimEnd(':'), "");
            _commands.Add(command, [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }
    }

    public static CommandCatalogue Instance { get; } = new();

    /// <summary>Whether its subcommands and flags are known; of other programs only the name is.</summary>
    public bool Knows(string program) => _commands.Keys.Any(c => c.StartsWith(program + " ", StringComparison.Ordinal));

    public bool IsShell(string program) => _commands["shell"].Contains(program);

    public IEnumerable<string> Commands => _commands.Keys.Where(c => c != "shell");

    /// <summary>Reads a command line of a known program.</summary>
    public ParsedCommand Parse(IReadOnlyList<string> words)
    {
        var (problems, arguments, command, general) = (new List<string>(), new List<string>(), words[0], _commands.GetValueOrDefault(words[0] + " *") ?? []);
        var flags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                break;
            }

            if (word.Length > 1 && word[0] == '-' && !word.EndsWith('…'))
            {
                i += Flag(word, i + 1 < words.Count ? words[i + 1] : "", [.. general, .. _commands.GetValueOrDefault(command) ?? []], flags, out var unknown) ? 1 : 0;
                problems.AddRange(unknown is null ? [] : [$"{command} has no flag {unknown}"]);
            }
            else if (arguments.Count == 0 && !IsPlaceholder(word) && _commands.Keys.Any(c => c == $"{command} {word}" || c.StartsWith($"{command} {word} ", StringComparison.Ordinal)))
            {
                command = $"{command} {word}";
            }
            else
            {
                arguments.Add(word);
            }
        }

        if (arguments.Count > 0 && !_commands.ContainsKey(command) && !IsPlaceholder(arguments[0])
            && _commands.Keys.Any(c => c.StartsWith(command + " ", StringComparison.Ordinal) && c != command + " *"))
        {
            problems.Add($"{command} has no {arguments[0]}");
        }

        return new(command, arguments, flags, problems);
    }

    public static bool IsPlaceholder(string word) => word is "…" or "..." || word.AsSpan().ContainsAny(PlaceholderSigns) || (word.Length > 1 && word.All(c => char.IsAsciiLetterUpper(c) || c is '-' or '_' || char.IsAsciiDigit(c)));

    /// <returns>Whether the next word is the flag's value.</returns>
    private static bool Flag(string word, string next, HashSet<string> known, Dictionary<string, string> flags, out string? unknown)
    {
        var (name, value) = word.Split('=', 2) is [var n, var v] ? (n, v) : (word, null);
        unknown = null;
        if (known.Contains(name) || known.Contains(name + "="))
        {
            var takes = value is null && known.Contains(name + "=") && !known.Contains(name);
            // kubectl's --dry-run alone is an older spelling that still works.
            takes &= !(name == "--dry-run" && next.StartsWith('-'));
            flags[name] = value ?? (takes ? next : "");
            return takes;
        }

        // Letters in one word: -it, and a value that hangs on the last one: -v3.
        for (var i = 1; i < name.Length && name[1] != '-'; i++)
        {
            var letter = $"-{name[i]}";
            if (known.Contains(letter + "="))
            {
                var takes = i == name.Length - 1 && value is null;
                flags[letter] = takes ? next : name[(i + 1)..];
                return takes;
            }

            if (!known.Contains(letter))
            {
                break;
            }

            flags[letter] = "";
            if (i == name.Length - 1)
            {
                return false;
            }
        }

        unknown = name;
        return false;
    }
}

/// <param name="Command">Program and subcommands.</param>
/// <param name="Arguments">What is neither subcommand nor flag.</param>
internal sealed record ParsedCommand(string Command, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Flags, IReadOnlyList<string> Problems);
