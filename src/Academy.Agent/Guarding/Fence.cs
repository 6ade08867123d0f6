using System.Security.Cryptography;

namespace Academy.Agent.Guarding;

/// <summary>
/// Marks where text from a cluster begins and ends, with a mark that nobody can guess, so that such text cannot end its own fence.
/// One per question.
/// </summary>
public sealed class Fence
{
    private readonly string _mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Open => $"<<data {_mark}>>";

    public string Close => $"<<end {_mark}>>";

    public string Around(string text) => $"{Open}\n{Strip(text)}\n{Close}";

    /// <summary>Removes the mark, and defuses what merely looks like a fence.</summary>
    public string Strip(string text) => text
        .Replace(_mark, "", StringComparison.OrdinalIgnoreCase)
        .Replace("<<data", "< <data", StringComparison.OrdinalIgnoreCase)
        .Replace("<<end", "< <end", StringComparison.OrdinalIgnoreCase);
}
