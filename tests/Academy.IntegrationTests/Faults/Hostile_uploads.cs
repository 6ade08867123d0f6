using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Faults;

public sealed class Hostile_uploads(SharedAcademy shared, PostgresFixture postgres)
{
    public static TheoryData<string, int> Uploads => new()
    {
        { "zip bomb", 413 },
        { "path outside", 400 },
        { "claim of 2 GB", 413 },
        { "link", 400 },
        { "alias bomb", 400 },
        { "deep nesting", 400 },
        { "not a cluster", 400 },
        { "half a gzip", 400 },
    };

    [Theory]
    [MemberData(nameof(Uploads))]
    public async Task are_refused_and_the_server_stays_well(string kind, int status)
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        using var response = await student.Client.PostAsync("/api/v1/clusters/snapshots", new ByteArrayContent(Make(kind)), TestContext.Current.CancellationToken);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        ((int)response.StatusCode).ShouldBe(status, problem.ToJsonString());
        problem["type"]!.GetValue<string>().ShouldStartWith("urn:academy:problem:snapshot.");
        using var ready = await academy.Anonymous().GetAsync("/health/ready", TestContext.Current.CancellationToken);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await student.Get("clusters"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task that_exceed_the_limit_are_cut_off()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        using var response = await student.Client.PostAsync(
            "/api/v1/clusters/snapshots", new ByteArrayContent(new byte[17 * 1024 * 1024]), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("snapshot.too-large");
    }

    [Fact]
    public async Task never_bring_the_values_of_secrets_into_the_store()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var secret = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"shop"},"data":{"password":"aHVudGVyMg=="}}]}""";
        using var response = await student.Client.PostAsync(
            "/api/v1/clusters/snapshots?name=shop", new StringContent(secret, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var cluster = Situations.Id(await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken));
        var kept = (await student.Get($"clusters/{cluster}/objects/Secret/db?namespace=shop")).ToJsonString();
        kept.ShouldContain("password");
        kept.ShouldNotContain("aHVudGVyMg");
    }

    private static byte[] Make(string kind) => kind switch
    {
        "zip bomb" => Gzip(s =>
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 300; i++)
            {
                s.Write(zeros);
            }
        }),
        "path outside" => Gzip(s => Tar(s, new PaxTarEntry(TarEntryType.RegularFile, "../../etc/cron.d/x") { DataStream = new MemoryStream("x"u8.ToArray()) })),
        "link" => Gzip(s => Tar(s, new PaxTarEntry(TarEntryType.SymbolicLink, "objects.json") { LinkName = "/etc/passwd" })),
        "claim of 2 GB" => Gzip(s => Claim(s, 2L * 1024 * 1024 * 1024)),
        "alias bomb" => Encoding.UTF8.GetBytes("a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 9))}]\n"))),
        "deep nesting" => Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000)),
        "not a cluster" => "Dear Sir or Madam"u8.ToArray(),
        "half a gzip" => Gzip(s => s.Write("{\"kind\":\"List\",\"items\":[]}"u8))[..15],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static byte[] Gzip(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            write(gzip);
        }

        return bytes.ToArray();
    }

    private static void Tar(Stream stream, TarEntry entry)
    {
        using var tar = new TarWriter(stream, leaveOpen: true);
        tar.WriteEntry(entry);
    }

    // A header as ustar writes it, with nothing behind it.
    private static void Claim(Stream stream, long size)
    {
        var header = new byte[512];
        void Put(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
        Put(0, "objects.json");
        Put(100, "0000644\0");
        Put(108, "0000000\0");
        Put(116, "0000000\0");
        Put(124, Convert.ToString(size, 8).PadLeft(11, '0') + "\0");
        Put(136, "00000000000\0");
        Put(148, "        ");
        Put(156, "0");
        Put(257, "ustar\0");
        Put(263, "00");
        Put(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        stream.Write(header);
    }
}
