using System.Globalization;

namespace Academy.Diagnosis.Analyzers.SchedulingJobs;

/// <summary>Cron expressions as Kubernetes reads them: five fields or a macro.</summary>
internal static class CronSchedule
{
    private static readonly (int Low, int High)[] Ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)];
    private static readonly string[] Names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly int[] LongestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>False where the text is no schedule, or one of a day that no month has.</summary>
    public static bool EverFires(string schedule)
    {
        if (Fields(schedule) is not { } fields)
        {
            return Macro(schedule) is not null;
        }

        var sets = fields.Select((field, index) => Values(field, index)).ToList();
        if (sets.Any(set => set is null))
        {
            return false;
        }

        // A day of the week is an alternative to a day of the month.
        return fields[4] is not ("*" or "?") || sets[3]!.Any(month => sets[2]!.Any(day => day <= LongestMonths[month - 1]));
    }

    /// <summary>How long from one run to the next, roughly; null where it is irregular or longer than a day.</summary>
    public static TimeSpan? Period(string schedule)
    {
        if (Macro(schedule) is { } macro)
        {
            return macro;
        }

        if (Fields(schedule) is not { } fields || Values(fields[0], 0) is not { Count: > 0 } minutes || Values(fields[1], 1) is not { Count: > 0 } hours)
        {
            return null;
        }

        return TimeSpan.FromMinutes(hours.Count >= 24 ? 60.0 / minutes.Count : 24 * 60.0 / hours.Count / minutes.Count);
    }

    private static TimeSpan? Macro(string schedule) => schedule.Trim() switch
    {
        "@hourly" => TimeSpan.FromHours(1),
        "@daily" or "@midnight" => TimeSpan.FromDays(1),
        "@weekly" => TimeSpan.FromDays(7),
        "@monthly" => TimeSpan.FromDays(30),
        "@yearly" or "@annually" => TimeSpan.FromDays(365),
        var every when every.StartsWith("@every ", StringComparison.Ordinal) => TimeSpan.FromHours(1),
        _ => null,
    };

    private static string[]? Fields(string schedule)
    {
        var parts = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > 0 && (parts[0].StartsWith("TZ=", StringComparison.Ordinal) || parts[0].StartsWith("CRON_TZ=", StringComparison.Ordinal)))
        {
            parts = parts[1..];
        }

        return parts.Length == 5 ? parts : null;
    }

    private static HashSet<int>? Values(string field, int index)
    {
        var (low, high) = Ranges[index];
        var values = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var stepped = part.Split('/');
            var step = 1;
            if (stepped.Length > 2 || (stepped.Length == 2 && (!int.TryParse(stepped[1], CultureInfo.InvariantCulture, out step) || step <= 0)))
            {
                return null;
            }

            var bounds = stepped[0].Split('-');
            var from = stepped[0] is "*" or "?" ? low : Number(bounds[0]);
            var to = stepped[0] is "*" or "?" ? high : bounds.Length == 2 ? Number(bounds[1]) : stepped.Length == 2 ? high : from;
            if (bounds.Length > 2 || from is null || to is null || from < low || to > high || from > to)
            {
                return null;
            }

            for (var value = from.Value; value <= to; value += step)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static int? Number(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var name = Array.IndexOf(Names, text.ToLowerInvariant());
        return name < 0 ? null : name < 12 ? name + 1 : name - 12;
    }
}
