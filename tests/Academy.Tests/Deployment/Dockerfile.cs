using Academy.Tests.Architecture;

namespace Academy.Tests.Deployment;

/// <summary>The instructions of the repository's Dockerfile, with continued lines joined.</summary>
internal static class Dockerfile
{
    internal sealed record Instruction(string Name, string Text);

    public static IReadOnlyList<Instruction> Instructions { get; } = Read(File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile")));

    /// <summary>What is in the image that is shipped.</summary>
    public static IReadOnlyList<Instruction> LastStage { get; } =
        [.. Instructions.Skip(Instructions.Select((it, i) => (it, i)).Last(pair => pair.it.Name == "FROM").i)];

    public static IReadOnlyList<Instruction> Read(string text) =>
    [
        .. string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => new Instruction(line.Split(' ')[0], line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim())),
    ];

    /// <summary>What is wrong with an image's instructions by the usual advice: pinned bases, no root, no secret, no ADD, one way to start.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<Instruction> instructions)
    {
        foreach (var it in instructions)
        {
            if (it.Name == "FROM" && (!it.Text.Split(' ')[0].Contains(':', StringComparison.Ordinal) || it.Text.Split(' ')[0].EndsWith(":latest", StringComparison.Ordinal)))
            {
                yield return $"base without a version: {it.Text}";
            }

            if (it.Name == "ADD")
            {
                yield return $"ADD where COPY would do: {it.Text}";
            }

            if (it.Name is "ENV" or "ARG" && ((string[])["password", "secret", "masterkey", "apikey", "token"]).Any(word => it.Text.Replace("_", "", StringComparison.Ordinal).Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                yield return $"a secret stays in the image: {it.Text}";
            }

            if (it.Name is "ENTRYPOINT" or "CMD" && !it.Text.StartsWith('['))
            {
                yield return $"a shell between the signal and the program: {it.Text}";
            }
        }

        if (!instructions.Any(it => it.Name == "USER" && it.Text.Split(':')[0] is var user && user != "root" && int.TryParse(user, out var id) && id > 0))
        {
            yield return "no unprivileged user by number";
        }

        if (instructions.All(it => it.Name != "HEALTHCHECK"))
        {
            yield return "no health check";
        }
    }
}
