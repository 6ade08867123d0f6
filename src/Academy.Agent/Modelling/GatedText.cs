using System.Text;
using Academy.Agent.Guarding;

namespace Academy.Agent.Modelling;

/// <summary>
/// A model's text on its way to the student: let through sentence by sentence, once every object named in it is known from the evidence.
/// </summary>
internal sealed class GatedText(KnownNames names, int longest, Action<string> show)
{
    private const int Overlap = 80;

    private readonly StringBuilder _waiting = new();
    private string _before = "";

    /// <summary>Characters let through.</summary>
    public int Written { get; private set; }

    /// <summary>Whether there was any text at all.</summary>
    public bool Any => Written > 0 || _waiting.ToString().Trim().Length > 0;

    /// <exception cref="InventedException">The text names objects that nothing has shown.</exception>
    public void Add(string text)
    {
        _waiting.Append(text);
        var all = _waiting.ToString();
        var end = Math.Max(all.LastIndexOf('\n'), all.LastIndexOf(". ", StringComparison.Ordinal));
        if (end >= 0)
        {
            Let(all[..(end + 1)]);
            _waiting.Clear().Append(all[(end + 1)..]);
        }
    }

    /// <exception cref="InventedException">As for <see cref="Add"/>.</exception>
    public void End()
    {
        Let(_waiting.ToString());
        _waiting.Clear();
    }

    private void Let(string text)
    {
        if (NameChecker.Unknown(_before + text, names) is { Count: > 0 } invented)
        {
            throw new InventedException(invented);
        }

        _before = text.Length <= Overlap ? text : text[^Overlap..];
        var room = Math.Max(0, longest - Written);
        var shown = text.Length <= room ? text : text[..room];
        if (shown.Length > 0)
        {
            Written += shown.Length;
            show(shown);
        }
    }
}

/// <summary>A model named objects that do not exist as far as anybody has seen.</summary>
internal sealed class InventedException(IReadOnlyList<string> names) : Exception("The model named objects that the evidence does not contain.")
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>A model did not come to an answer: it said nothing, or kept calling tools.</summary>
internal sealed class NonsenseException(string what) : Exception(what);
