using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Academy.Curriculum;

namespace Academy.Benchmarks;

/// <summary>A whole class presses the button at one moment: every student's own attempt is checked over HTTP.</summary>
internal static class ClassChecks
{
    private const int Students = 200;

    /// <param name="practice">A practice cluster of a lab; it is repaired first, so that every check has something to find.</param>
    /// <returns>False when a request failed.</returns>
    public static async Task<bool> Run(PracticeCluster practice)
    {
        var data = Directory.CreateTempSubdirectory("academy-bench-");
        var clients = new List<HttpClient>();
        try
        {
            await using var host = await HostProcess.Start(data.FullName);
            using var administrator = await host.SignInAsAdministrator();
            var attempts = new List<Uri>();
            for (var i = 0; i < Students; i++)
            {
                clients.Add(await Student(host, administrator, i));
                attempts.Add(await Attempt(clients[i], practice));
            }

            var began = Stopwatch.GetTimestamp();
            var answers = await Task.WhenAll(clients.Zip(attempts, Check));
            var total = Stopwatch.GetElapsedTime(began);
            LabChecks.Row($"{Students} attempts checked at once over HTTP, each", [.. answers.Select(a => a.Took)]);
            LabChecks.Row($"{Students} attempts checked at once over HTTP, all", [total]);
            foreach (var group in answers.CountBy(a => a.Outcome))
            {
                Console.WriteLine($"{group.Value} × {group.Key}");
            }

            return answers.All(a => a.Outcome == "passed");
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            data.Delete(recursive: true);
        }
    }

    private static async Task<HttpClient> Student(HostProcess host, HttpClient administrator, int number)
    {
        var person = await Post(administrator, "api/v1/people", new { name = $"Student {number}", roles = new[] { "student" } });
        var link = await Post(administrator, $"api/v1/people/{person.GetProperty("id")}/sign-in-links", new { });
        return await host.SignIn(new Uri(administrator.BaseAddress!, link.GetProperty("path").GetString()));
    }

    private static async Task<Uri> Attempt(HttpClient student, PracticeCluster practice)
    {
        var cluster = (await Post(student, "api/v1/clusters/practice", new { practiceId = practice.Id })).GetProperty("id").GetString();
        await Post(student, $"api/v1/clusters/{cluster}/repair", new { });
        var attempt = await Post(student, "api/v1/attempts", new { labId = practice.LabId, clusterId = cluster });
        return new Uri($"api/v1/attempts/{attempt.GetProperty("id")}/checks", UriKind.Relative);
    }

    private static async Task<(TimeSpan Took, string Outcome)> Check(HttpClient student, Uri checks)
    {
        var began = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            using var response = await student.PostAsJsonAsync(checks, new { });
            outcome = !response.IsSuccessStatusCode ? $"status {(int)response.StatusCode}"
                : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("passed").GetBoolean() ? "passed" : "not passed";
        }
        catch (HttpRequestException trouble)
        {
            outcome = trouble.HttpRequestError.ToString();
        }

        return (Stopwatch.GetElapsedTime(began), outcome);
    }

    private static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
