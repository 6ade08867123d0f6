using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Academy.Benchmarks;

/// <summary>
/// What a student and an operator wait for, measured on the program itself: a start on new and on existing data, memory after the
/// start, and a question's way to its first event and its first finding. Prints a table in Markdown.
/// </summary>
internal static class MainJob
{
    private const int Questions = 30;

    // A person needs longer to click the link and find the chat.
    private static readonly TimeSpan UntilFirstQuestion = TimeSpan.FromSeconds(5);

    public static async Task<int> Run(string[] args)
    {
        var data = Directory.CreateTempSubdirectory("academy-bench-");
        try
        {
            Console.WriteLine("| what | median | highest |");
            Console.WriteLine("|---|---|---|");
            await using (var first = await HostProcess.Start(data.FullName))
            {
                Row("start, new data folder", first.StartTime);
            }

            var starts = new List<TimeSpan>();
            for (var i = 0; i < 3; i++)
            {
                await using var again = await HostProcess.Start(data.FullName);
                starts.Add(again.StartTime);
            }

            Row("start, existing data folder", [.. starts]);
            await using var host = await HostProcess.Start(data.FullName);
            Console.WriteLine($"| memory after start (resident) | {host.ResidentMegabytes} MiB | |");
            await Ask(host, args is [var practice, ..] ? practice : null);
            Console.WriteLine($"| memory after {Questions} questions (resident) | {host.ResidentMegabytes} MiB | |");
            return 0;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task Ask(HostProcess host, string? practice)
    {
        using var student = await host.SignIn();
        practice ??= (await student.GetFromJsonAsync<JsonElement>("api/v1/practice-clusters")).EnumerateArray().First().GetProperty("id").GetString();
        var cluster = await Post(student, "api/v1/clusters/practice", new { practiceId = practice });
        var conversation = await Post(student, "api/v1/conversations", new { clusterId = cluster });
        await Task.Delay(UntilFirstQuestion);
        var (coldFirst, coldFinding) = await Question(student, conversation);
        Row("first question after the start → first event", coldFirst);
        Row("first question after the start → first finding", coldFinding);
        var (firsts, findings) = (new List<TimeSpan>(), new List<TimeSpan>());
        for (var i = 0; i < Questions; i++)
        {
            var (first, finding) = await Question(student, conversation);
            firsts.Add(first);
            findings.Add(finding);
        }

        Row("question → first event", [.. firsts]);
        Row("question → first finding", [.. findings]);
    }

    private static async Task<(TimeSpan First, TimeSpan Finding)> Question(HttpClient student, string conversation)
    {
        var began = Stopwatch.GetTimestamp();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/conversations/{conversation}/messages")
        {
            Content = JsonContent.Create(new { text = "Why is it broken?" }),
        };
        using var response = await student.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        TimeSpan? first = null, finding = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                first ??= Stopwatch.GetElapsedTime(began);
                finding ??= line == "event: finding" ? Stopwatch.GetElapsedTime(began) : null;
            }
        }

        return (first ?? throw new InvalidOperationException("No event came."), finding ?? throw new InvalidOperationException("No finding came."));
    }

    private static async Task<string> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static void Row(string what, params TimeSpan[] times)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {sorted[sorted.Count / 2].TotalMilliseconds:F0} ms | {sorted[^1].TotalMilliseconds:F0} ms |"));
    }
}
