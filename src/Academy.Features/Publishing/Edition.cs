using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Academy.Curriculum;

namespace Academy.Features.Publishing;

/// <summary>One state of the whole curriculum, with the hash of every part that somebody can be held to.</summary>
/// <param name="Hash">Of all of it: 16 hexadecimal digits.</param>
public sealed record Edition(Catalog Catalog, string Hash, IReadOnlyList<Part> Parts)
{
    public static Edition Of(Catalog catalog)
    {
        List<Part> parts =
        [
            .. catalog.Courses.Select(c => new Part(Part.Course, c.Id, c.ContentHash)),
            .. from course in catalog.Courses
               from topic in course.Modules.SelectMany(m => m.Topics)
               where topic.Quiz is not null
               select new Part(Part.Quiz, $"{course.Id}/{topic.Id}", HashOf(topic.Quiz)),
            .. catalog.Labs.Select(l => new Part(Part.Lab, l.Id, l.ContentHash)),
            .. catalog.Exercises.Select(e => new Part(Part.Exercise, e.Id, e.ContentHash)),
            .. catalog.Paths.Select(p => new Part("path", p.Id, HashOf(p))),
            .. catalog.Skills.Select(s => new Part("skill", s.Id, HashOf(s))),
            .. catalog.PracticeClusters.Select(p => new Part("practice", p.Id, HashOf(p with { BrokenPath = "", RepairedPath = p.RepairedPath is null ? null : "" }))),
        ];
        return new Edition(catalog, HashOf(parts.Select(p => p.ToString())), parts);
    }

    /// <summary>16 hexadecimal digits of what a thing says.</summary>
    public static string HashOf<T>(T thing) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(thing))))[..16];

    public string? HashOf(string kind, string id) => Parts.FirstOrDefault(p => p.Kind == kind && p.Id == id)?.Hash;

    /// <summary>What came, went or changed, as <c>lab/deploy-ai-app</c>, in order.</summary>
    public IReadOnlyList<string> ChangesTo(Edition next)
    {
        var (before, after) = (Parts.ToDictionary(p => p.Name, p => p.Hash), next.Parts.ToDictionary(p => p.Name, p => p.Hash));
        return [.. before.Keys.Union(after.Keys).Where(n => before.GetValueOrDefault(n) != after.GetValueOrDefault(n)).Order(StringComparer.Ordinal)];
    }
}

/// <param name="Id">Of a quiz: <c>course/topic</c>.</param>
public sealed record Part(string Kind, string Id, string Hash)
{
    public const string Course = "course";
    public const string Quiz = "quiz";
    public const string Lab = "lab";
    public const string Exercise = "exercise";

    public string Name => $"{Kind}/{Id}";

    public override string ToString() => $"{Name} {Hash}";
}
