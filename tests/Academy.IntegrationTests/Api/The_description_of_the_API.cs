using Academy.Features.Http;

namespace Academy.IntegrationTests.Api;

public sealed class The_description_of_the_API(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task is_the_one_that_was_agreed()
    {
        var golden = Path.Combine(Repository.Folder("tests", "Academy.IntegrationTests", "Api"), "openapi.golden.json");
        var now = (await Api()).Normalised();
        if (Environment.GetEnvironmentVariable("ACADEMY_ACCEPT_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(golden, now, TestContext.Current.CancellationToken);
        }

        var agreed = File.Exists(golden) ? await File.ReadAllTextAsync(golden, TestContext.Current.CancellationToken) : "";
        if (agreed != now)
        {
            var (was, became) = FirstDifference(agreed, now);
            Assert.Fail($"The API is described differently from {golden}.\nagreed: {was}\nnow:    {became}\n" +
                "If clients can live with the change, accept it: run this test with ACADEMY_ACCEPT_OPENAPI=1 and commit the file.");
        }
    }

    [Fact]
    public async Task tells_of_every_operation_what_it_is_for_and_how_it_fails()
    {
        var api = await Api();
        var missing = new List<string>();
        foreach (var operation in api.Operations)
        {
            var inPath = operation.Path.Split('{').Skip(1).Select(p => p.Split('}', ':')[0]);
            Expect(operation.Description["summary"]?.GetValue<string>() is { Length: > 8 }, "a summary");
            Expect(operation.Description["operationId"] is not null, "a name");
            Expect(operation.Parameters("path").Select(p => p["name"]!.GetValue<string>()).SequenceEqual(inPath), "its path parameters");
            Expect(operation.Parameters("path").All(p => p["required"]?.GetValue<bool>() == true), "required path parameters");
            Expect(operation.Description["responses"]?["default"]?["content"]?["application/problem+json"] is not null, "a problem as a response");
            Expect(operation.Description["responses"]!.AsObject().Any(r => r.Key.StartsWith('2')), "a good response");
            Expect((operation.Description["security"] ?? api.Document["security"])?.AsArray() is [{ } one, ..] && one.AsObject().Count > 0, "security");

            void Expect(bool there, string what)
            {
                if (!there)
                {
                    missing.Add($"{operation.Name} lacks {what}");
                }
            }
        }

        missing.ShouldBeEmpty();
        api.Operations.Select(o => o.Description["operationId"]!.GetValue<string>()).ShouldBeUnique();
        api.Document["components"]!["securitySchemes"]!["token"]!["scheme"]!.GetValue<string>().ShouldBe("bearer");
    }

    /// <summary>What the description leaves out nobody finds, and no test over all operations sees.</summary>
    [Fact]
    public async Task leaves_no_endpoint_out()
    {
        var described = (await Api()).Operations.Select(o => o.Name).ToHashSet();
        var endpoints = (await shared.Server(postgres)).Services.GetRoutes().Where(e => e.Path.StartsWith("/" + Prefix, StringComparison.Ordinal)).Select(e => $"{e.Method} {e.Path}").ToList();
        endpoints.Count.ShouldBeGreaterThan(20);
        endpoints.Except(described).ShouldBeEmpty();
    }

    private static string Prefix => DoorEndpoint<Academy.Features.SigningIn.WhoAmI, Academy.Features.SigningIn.Me>.Prefix;

    private async Task<ApiDescription> Api() => await ApiDescription.Of(await shared.Server(postgres));

    private static (string Was, string Became) FirstDifference(string agreed, string now)
    {
        var (a, n) = (agreed.Split('\n'), now.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(a.Length, n.Length)).First(i => a.ElementAtOrDefault(i) != n.ElementAtOrDefault(i));
        return ($"line {line + 1}: {a.ElementAtOrDefault(line)}", $"line {line + 1}: {n.ElementAtOrDefault(line)}");
    }
}
