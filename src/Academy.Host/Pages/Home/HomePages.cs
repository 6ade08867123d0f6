using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Enrolling;
using Academy.Features.Learning;
using Academy.Features.Progressing;
using Academy.Features.Storing;
using Academy.Host.Pages.Frame;
using Academy.Host.Setup;
using Microsoft.AspNetCore.Mvc;

namespace Academy.Host.Pages.Home;

/// <param name="Attempts">The latest few.</param>
public sealed record HomeModel(
    IReadOnlyList<CourseView> Courses,
    IReadOnlyList<EnrolmentView> Enrolments,
    ProgressView Progress,
    IReadOnlyList<LabSummary> Labs,
    Page<AttemptView> Attempts,
    IReadOnlyList<PracticeClusterView> Practice);

/// <param name="Sent">Whether the visitor wanted another page, for which one must be signed in.</param>
/// <param name="Embedded">Whether this Academy prints sign-in links where it was started.</param>
public sealed record WelcomeModel(bool Sent, bool Embedded);

internal static class HomePages
{
    private const int Few = 5;

    public static async Task<IResult> Home(
        Visitor visitor, [FromQuery(Name = "signed-out")] string? sent, IServiceProvider services, CancellationToken ct)
    {
        if (visitor.Me is null)
        {
            return visitor.Show<WelcomePage, WelcomeModel>(() => new(sent is not null, services.Settings().Embedded));
        }

        var courses = await visitor.Ask(new ListCourses(), ct);
        var labs = await visitor.Ask(new ListLabs(), ct);
        var practice = await visitor.Ask(new ListPracticeClusters(), ct);
        var enrolments = await visitor.Ask(new ListEnrolments(Limit: 100), ct);
        var progress = await visitor.Ask(new GetProgress(), ct);
        var attempts = await visitor.Ask(new ListAttempts(Limit: Few), ct);
        return visitor.Is(Roles.Student)
            ? visitor.Show<HomePage, HomeModel>(() => new(courses!, enrolments!.Items, progress!, labs!, attempts!, practice!))
            : visitor.Show<StaffHomePage, HomeModel>(() => new(courses!, [], progress!, labs!, attempts!, practice!));
    }
}
