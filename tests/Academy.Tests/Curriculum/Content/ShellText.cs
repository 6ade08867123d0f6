using System.Text;

namespace Academy.Tests.Curriculum.Content;

/// <summary>Takes a shell text apart into its simple commands, each as its words without quotes, redirections and assignments before it.</summary>
internal sealed class ShellText
{
    private static readonly HashSet<string> Openers = ["if", "then", "else", "elif", "while", "until", "do", "!", "{", "time"];
    private static readonly HashSet<string> Closers = ["done", "fi", "}", "esac", "for", "case", "in"];

    private readonly string _text;
    private readonly List<string> _words = [];
    private readonly List<IReadOnlyList<string>> _commands = [];
    private readonly StringBuilder _word = new();
    private readonly Queue<string> _heredocs = new();
    private bool _inWord;
    private bool _target;
    private int _at;

    private ShellText(string text) => _text = text;

    public static IReadOnlyList<IReadOnlyList<string>> Commands(string text)
    {
        var shell = new ShellText(text);
        shell.Read(text.Length);
        return shell._commands;
    }

    private char Next => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    private void Read(int end)
    {
        for (; _at < end; _at++)
        {
            var c = _text[_at];
            if (c == '\\')
            {
                _at++;
                if (_at < end && _text[_at] != '\n')
                {
                    Add(_text[_at]);
                }
            }
            else if (c is '\'' or '"')
            {
                Quoted(c);
            }
            else if (c == '$' && Next == '(')
            {
                Nested();
            }
            else if (c == '#' && !_inWord)
            {
                _at = EndOfLine() - 1;
            }
            else if (c is '<' or '>')
            {
                Redirect(c);
            }
            else if (c is ' ' or '\t')
            {
                EndWord();
            }
            else if (c is '\n' or ';' or '|' or '&' or '(' or ')')
            {
                EndCommand();
                SkipHeredocs(c);
            }
            else
            {
                Add(c);
            }
        }

        EndCommand();
    }

    private void Add(char c)
    {
        _word.Append(c);
        _inWord = true;
    }

    private void Quoted(char quote)
    {
        _inWord = true;
        for (_at++; _at < _text.Length && _text[_at] != quote; _at++)
        {
            if (quote == '"' && _text[_at] == '$' && Next == '(')
            {
                Nested();
                continue;
            }

            if (quote == '"' && _text[_at] == '\\')
            {
                _at++;
            }

            _word.Append(_at < _text.Length ? _text[_at] : "");
        }
    }

    private void Nested()
    {
        var (begin, depth) = (_at + 2, 0);
        for (_at++; _at < _text.Length; _at++)
        {
            depth += _text[_at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                break;
            }
        }

        _commands.AddRange(Commands(_text[begin..Math.Min(_at, _text.Length)]));
        _word.Append("$(…)");
        _inWord = true;
    }

    private void Redirect(char c)
    {
        if (_inWord && _word.ToString().All(char.IsAsciiDigit))
        {
            _word.Clear();
            _inWord = false;
        }

        EndWord();
        var signs = 1;
        while (_at + 1 < _text.Length && _text[_at + 1] is '<' or '>' or '&')
        {
            (_at, signs) = (_at + 1, signs + 1);
        }

        _target = true;
        if (c == '<' && signs == 2)
        {
            var word = _text[(_at + 1)..EndOfLine()].Split([' ', '|', ';'], 2)[0];
            _heredocs.Enqueue(word.Trim('-', '\'', '"'));
        }
    }

    private void EndWord()
    {
        if (_inWord && !_target)
        {
            _words.Add(_word.ToString());
        }

        _target &= !_inWord;
        _word.Clear();
        _inWord = false;
    }

    private void EndCommand()
    {
        EndWord();
        _target = false;
        var words = _words.SkipWhile(w => Openers.Contains(w) || IsAssignment(w)).ToList();
        if (words.Count > 0 && !Closers.Contains(words[0]))
        {
            _commands.Add(words);
        }

        _words.Clear();
    }

    private void SkipHeredocs(char c)
    {
        while (c == '\n' && _heredocs.TryDequeue(out var delimiter))
        {
            do
            {
                var begin = _at + 1;
                _at = Math.Min(begin, _text.Length);
                _at = EndOfLine();
                if (_text[Math.Min(begin, _text.Length)..Math.Min(_at, _text.Length)].Trim() == delimiter)
                {
                    break;
                }
            }
            while (_at < _text.Length);
        }
    }

    private int EndOfLine() => _text.IndexOf('\n', Math.Min(_at, _text.Length)) is var i and >= 0 ? i : _text.Length;

    private static bool IsAssignment(string word) => word.IndexOf('=', StringComparison.Ordinal) is var i and > 0 && word[..i].All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
