using Academy.Curriculum;
using Academy.Features.Publishing;
using Academy.Tests.Curriculum;

namespace Academy.Tests.Publishing;

/// <summary>What an attempt is held to must be read again as it was.</summary>
public sealed class Keeping_contents
{
    public static TheoryData<string> Labs => [.. Shipped.Catalog.Labs.Select(l => l.Id)];

    [Theory]
    [MemberData(nameof(Labs))]
    public void a_lab_comes_out_of_its_bundle_as_it_went_in(string id)
    {
        var lab = Shipped.Catalog.FindLab(id)!;
        var bundle = LabBundle.Pack(Path.Combine(Architecture.Repository.Root, "curriculum"), id);
        var again = LabBundle.Unpack(bundle, id).ShouldNotBeNull();
        again.ContentHash.ShouldBe(lab.ContentHash);
        again.Hints.Prices.ShouldBe(lab.Hints.Prices);
        again.Steps.Select(s => s.Title).ShouldBe(lab.Steps.Select(s => s.Title));
        var artefacts = lab.Recordings.Solution.Artefacts.ToDictionary(a => a.Key, a => (ReadOnlyMemory<byte>)File.ReadAllBytes(a.Value));
        var subject = new LabSubject { Artefacts = artefacts };
        LabChecker.Check(again, subject, TestContext.Current.CancellationToken).Steps.SelectMany(s => s.Checks)
            .ShouldBe(LabChecker.Check(lab, subject, TestContext.Current.CancellationToken).Steps.SelectMany(s => s.Checks));
        bundle.Length.ShouldBeLessThan(1024 * 1024, "it goes into the database with every version");
    }

    [Fact]
    public void an_edition_names_what_changed()
    {
        var before = Edition.Of(Shipped.Catalog);
        var course = Shipped.Catalog.Courses[0];
        var after = Edition.Of(Shipped.Catalog with { Courses = [course with { ContentHash = "0000" }], Exercises = [] });
        var changes = before.ChangesTo(after);
        changes.ShouldContain($"course/{course.Id}");
        changes.ShouldBe([.. after.ChangesTo(before)], "it is the same difference both ways");
        changes.Where(c => c.StartsWith("lab/", StringComparison.Ordinal)).ShouldBeEmpty();
        after.Hash.ShouldNotBe(before.Hash);
        Edition.Of(Shipped.Catalog).Hash.ShouldBe(before.Hash);
    }
}
