using Academy.Features.Conversing;

namespace Academy.Agent.Guarding;

/// <summary>Every word that could be a name and that the evidence of this answer, or the student, has used.</summary>
public sealed class KnownNames
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    public KnownNames(Question question)
    {
        Learn(question.Text);
        Learn(question.Namespace ?? "");
        foreach (var turn in question.History)
        {
            Learn(turn.Question);
        }
    }

    public void Learn(string text)
    {
        foreach (var word in Words(text))
        {
            _names.Add(word);

            // "web-7d9f8b-x2x4z" speaks of web-7d9f8b and web; "registry/team/web:1.2" of its parts.
            for (var dash = word.LastIndexOf('-'); dash > 0; dash = word.LastIndexOf('-', dash - 1))
            {
                _names.Add(word[..dash]);
            }
        }
    }

    public bool Has(string name) => _names.Contains(name.Trim('.', '-'));

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '.' or '_');
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                if (text[start..i].Trim('.', '-', '_') is { Length: > 0 } word)
                {
                    yield return word;
                }

                start = -1;
            }
        }
    }
}
