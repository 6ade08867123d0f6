using System.Text;

namespace Academy.Diagnosis;

public enum Severity
{
    Warning,
    Error,
}

/// <summary>What one analyzer looks for.</summary>
/// <param name="Id">Stable: <c>ACD</c> and three digits. Silencing and records refer to it.</param>
/// <param name="Reasons">The codes of <see cref="Diagnosis.Reasons"/> it may give.</param>
/// <param name="Folder">The analyzer's folder, which holds its page and its two examples.</param>
public sealed record Rule(string Id, string Title, Severity Severity, string Folder, IReadOnlyList<string> Reasons)
{
    /// <summary>The rule's page in Markdown: what it means, why it happens, how to confirm it, how to repair it.</summary>
    public string Page
    {
        get
        {
            using var stream = typeof(Rule).Assembly.GetManifestResourceStream($"rules/{Folder}/page.md");
            if (stream is null)
            {
                return "";
            }

            using var reader = new StreamReader(stream, Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}
