using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>assert:</c> about objects with the counts beside it: all, atLeast, atMost, exactly.</summary>
internal static class ObjectDemandReader
{
    private const int MaxCount = 1000;

    public static ObjectDemand? Read(Section section)
    {
        var exactly = section.Item("exactly") is null ? (int?)null : section.Number("exactly", 0, MaxCount);
        if (exactly is not null && (section.Item("atLeast") ?? section.Item("atMost")) is not null)
        {
            section.Report("exactly", "'exactly' stands alone, without 'atLeast' and 'atMost'");
        }

        var atMost = section.Item("atMost") is null ? exactly : section.Number("atMost", 0, MaxCount);
        var atLeast = section.Item("atLeast") is null ? exactly ?? 1 : section.Number("atLeast", atMost is null ? 1 : 0, MaxCount);
        if (atMost < atLeast)
        {
            section.Report("atMost", $"'atMost' is less than the number that is demanded, {atLeast}; for none at all use 'exactly: 0' or 'absent'");
        }

        var all = section.Flag("all");
        return Object(section, "assert") is var (selector, demand) ? new ObjectDemand(selector, demand, all, atLeast, atMost) : null;
    }

    public static (ObjectSelector Selector, Fields Demand)? Object(Section section, string key) =>
        section.Child(key) is { } inner ? new AssertionReader(section.File, section.Problems).ReadObject(inner) : null;
}
