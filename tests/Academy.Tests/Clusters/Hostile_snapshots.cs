using System.Formats.Tar;
using System.Text;
using Academy.Clusters;
using CsCheck;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Hostile_snapshots
{
    private const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop"}}""";

    [Theory]
    [InlineData("", "snapshot.empty")]
    [InlineData("   \n", "snapshot.empty")]
    [InlineData("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[]}", "snapshot.empty")]
    [InlineData("{\"kind\":\"Pod\"", "snapshot.malformed")]
    [InlineData("{\"kind\":\"Pod\",\"kind\":\"Secret\"}", "snapshot.malformed")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"\\ud800\"}}", "snapshot.malformed")]
    [InlineData("{\"hello\":\"world\"}", "snapshot.not-kubernetes")]
    [InlineData("[1,2]", "snapshot.not-kubernetes")]
    [InlineData("[[[[[{}]]]]]", "snapshot.malformed")]
    [InlineData("<html><body>Sign in</body></html>", "snapshot.not-kubernetes")]
    [InlineData("a: &a [1]\nb: *a", "snapshot.malformed")]
    [InlineData("a: 1\n b: 2\n\tc", "snapshot.malformed")]
    public void are_refused_when_they_are_not_objects(string text, string code) => Code(Encoding.UTF8.GetBytes(text)).ShouldBe(code);

    [Fact]
    public void are_told_the_file_and_the_line() =>
        Refusal(TestTar.Of(("objects.json", "{\n\"kind\": \"Pod\",\n oops\n}"))).Message.ShouldStartWith("objects.json: line 3:");

    [Fact]
    public void are_refused_when_nested_too_deep() =>
        Code(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100))).ShouldBe("snapshot.malformed");

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("..\\windows")]
    [InlineData("C:/windows")]
    public void are_refused_when_a_path_leads_out(string name) => Code(TestTar.Of((name, "x"))).ShouldBe("snapshot.path");

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void are_refused_when_an_entry_is_no_file(TarEntryType type) =>
        Code(type is TarEntryType.SymbolicLink or TarEntryType.HardLink ? TestTar.Link(type, "objects.json", "/etc/passwd") : TestTar.Claim("x", (char)type, 0)).ShouldBe("snapshot.path");

    [Theory]
    [InlineData('0', 2L << 30)]
    [InlineData('0', 1L << 40)]
    [InlineData('x', 2L << 30)]
    [InlineData('L', 2L << 30)]
    [InlineData('g', 1L << 62)]
    public void are_refused_by_the_size_they_claim(char type, long size)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Code(TestTar.Claim("objects.json", type, size)).ShouldBe("snapshot.too-large");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void are_refused_when_they_unpack_to_too_much() =>
        Code(TestTar.Gzip(new byte[40_000_000]), new ClustersOptions { MaxUnpackedBytes = 1_000_000 }).ShouldBe("snapshot.too-large");

    [Fact]
    public void are_refused_when_the_upload_is_too_large() =>
        Code(new byte[2_000_000], new ClustersOptions { MaxUploadBytes = 1_000_000 }).ShouldBe("snapshot.too-large");

    [Fact]
    public void are_refused_when_they_hold_too_many_files_or_objects()
    {
        Code(TestTar.Of(("logs/a__1.log", ""), ("logs/a__2.log", ""), ("logs/a__3.log", "")), new ClustersOptions { MaxEntries = 2 }).ShouldBe("snapshot.too-many");
        Code(Encoding.UTF8.GetBytes(Pod + Pod + Pod), new ClustersOptions { MaxObjects = 2 }).ShouldBe("snapshot.too-many");
    }

    [Fact]
    public void are_refused_when_cut_off()
    {
        var tar = TestTar.Of(("objects.json", Pod + new string(' ', 4000)));

        Code(tar[..2000]).ShouldBe("snapshot.malformed");
        Code(TestTar.Gzip(tar)[..60]).ShouldBeOneOf("snapshot.malformed", "snapshot.empty");
    }

    [Fact]
    public void of_any_bytes_are_read_or_refused_and_never_anything_else() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 400],
                Gen.String[Gen.Char["{}[]\":,&*!-|>'#% \n\tabk01"], 0, 80].Select(Encoding.UTF8.GetBytes))
            .Sample(bytes => Survives(bytes) && Survives(TestTar.Gzip(bytes)), iter: 3_000);

    [Fact]
    public void of_a_good_archive_with_a_few_bytes_changed_are_read_or_refused()
    {
        var good = TestTar.Of(("shop/objects.json", Pod), ("shop/logs/web__app.log", "hello\n"));
        var packed = TestTar.Gzip(good);

        Gen.Select(Gen.Bool, Gen.Int[0, good.Length - 1].Array[1, 6], Gen.Byte).Sample((zip, places, value) =>
        {
            var bytes = (zip ? packed : good).ToArray();
            foreach (var place in places)
            {
                bytes[place % bytes.Length] = value;
            }

            return Survives(bytes);
        }, iter: 3_000);
    }

    private static bool Survives(byte[] bytes)
    {
        try
        {
            return Reading_a_snapshot.Read(bytes).Objects.Count > 0;
        }
        catch (SnapshotRefusedException e)
        {
            return e.Code.StartsWith("snapshot.", StringComparison.Ordinal) && e.Message.Length is > 10 and < 1_000;
        }
    }

    private static string Code(byte[] bytes, ClustersOptions? options = null) => Refusal(bytes, options).Code;

    private static SnapshotRefusedException Refusal(byte[] bytes, ClustersOptions? options = null) =>
        Should.Throw<SnapshotRefusedException>(() => Reading_a_snapshot.Read(bytes, options));
}
