using System.Globalization;
using Academy.Features.Mastering;

namespace Academy.Host.Pages.Skills;

/// <summary>A wedge of the wheel: a skill, as far from the middle as it is mastered.</summary>
/// <param name="Track">SVG path of the whole wedge.</param>
/// <param name="Filled">SVG path of the mastered part; empty where nothing is.</param>
internal sealed record SkillWedge(SkillView Skill, int Area, string Track, string Filled);

/// <param name="Anchor">Of the SVG text.</param>
internal sealed record AreaLabel(string Area, int Number, string X, string Y, string Anchor);

/// <summary>
/// The skills of a learner around a circle, those of an area side by side. The radius of a wedge grows with the square root of the mastery,
/// so that its surface, which is what the eye compares, grows with the mastery itself.
/// </summary>
internal static class SkillWheel
{
    public const int Size = 440;

    private const double Middle = Size / 2.0;
    private const double Inner = 40;
    private const double Outer = 150;

    // Degrees between two areas, and between two skills of one.
    private const double Gap = 4;
    private const double Hair = 0.8;

    public static (IReadOnlyList<SkillWedge> Wedges, IReadOnlyList<AreaLabel> Labels) Draw(IReadOnlyList<SkillView> skills)
    {
        var areas = skills.GroupBy(s => s.Area).ToList();
        var share = (360 - (areas.Count * Gap)) / Math.Max(1, skills.Count);
        var wedges = new List<SkillWedge>();
        var labels = new List<AreaLabel>();
        var at = -90.0;
        foreach (var (area, number) in areas.Select((a, i) => (a, i)))
        {
            var begin = at;
            foreach (var skill in area)
            {
                wedges.Add(new SkillWedge(skill, number, Wedge(at, at + share - Hair, Outer), skill.Mastery > 0 ? Wedge(at, at + share - Hair, Radius(skill.Mastery)) : ""));
                at += share;
            }

            labels.Add(Label(area.Key, number, (begin + at) / 2));
            at += Gap;
        }

        return (wedges, labels);
    }

    private static double Radius(double mastery) => Math.Sqrt((Inner * Inner) + (Math.Clamp(mastery, 0, 1) * ((Outer * Outer) - (Inner * Inner))));

    private static string Wedge(double from, double to, double radius) =>
        $"M{Point(from, Inner)} L{Point(from, radius)} A{Number(radius)} {Number(radius)} 0 0 1 {Point(to, radius)} L{Point(to, Inner)} A{Number(Inner)} {Number(Inner)} 0 0 0 {Point(from, Inner)} Z";

    private static AreaLabel Label(string area, int number, double angle)
    {
        var (x, y) = At(angle, Outer + 14);
        return new AreaLabel(area, number, Number(x), Number(y + 4), x < Middle - 20 ? "end" : x > Middle + 20 ? "start" : "middle");
    }

    private static string Point(double angle, double radius)
    {
        var (x, y) = At(angle, radius);
        return $"{Number(x)} {Number(y)}";
    }

    private static (double X, double Y) At(double angle, double radius) =>
        (Middle + (radius * Math.Cos(angle * Math.PI / 180)), Middle + (radius * Math.Sin(angle * Math.PI / 180)));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
