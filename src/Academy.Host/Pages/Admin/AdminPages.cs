using Academy.Features.Publishing;
using Academy.Features.SigningIn;
using Academy.Features.Storing;
using Academy.Host.Jobs;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Admin;

public sealed record AdminModel(Page<PersonView> People, IReadOnlyList<JobView> Jobs, CatalogueView Catalogue, string? Cursor);

internal static class AdminPages
{
    public static async Task<IResult> Admin(Visitor visitor, string? cursor, CancellationToken ct)
    {
        var jobs = await visitor.Ask(new ListJobs(), ct);
        var people = await visitor.Ask(new ListPeople(cursor), ct);
        var catalogue = await visitor.Ask(new GetCatalogue(), ct);
        return visitor.Show<AdminPage, AdminModel>(() => new(people!, jobs!, catalogue!, cursor));
    }
}
