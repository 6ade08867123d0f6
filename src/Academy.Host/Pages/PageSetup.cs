using Academy.Host.Pages.Admin;
using Academy.Host.Pages.Attempts;
using Academy.Host.Pages.Clusters;
using Academy.Host.Pages.Courses;
using Academy.Host.Pages.Exercises;
using Academy.Host.Pages.Finding;
using Academy.Host.Pages.Frame;
using Academy.Host.Pages.Home;
using Academy.Host.Pages.Labs;
using Academy.Host.Pages.Mentoring;
using Academy.Host.Pages.Quizzes;
using Academy.Host.Pages.Skills;
using Academy.Host.Pages.Tokens;

namespace Academy.Host.Pages;

/// <summary>The pages that people work in. They show what queries through the door give; what they do goes to the API.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder) => builder.Services.AddRazorComponents();

    public static void MapPages(this WebApplication app)
    {
        var everybody = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        everybody.MapGet("/", HomePages.Home);
        everybody.MapFallback("{**address}", (Visitor visitor) => visitor.NotFound());

        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(Visitor.MustBeSignedIn);
        pages.MapGet("/courses/{courseId}", CoursePages.Course);
        pages.MapGet("/courses/{courseId}/lessons/{topicId}", CoursePages.Lesson);
        pages.MapGet("/courses/{courseId}/quizzes/{topicId}", QuizPages.Quiz);
        pages.MapGet("/sittings/{sittingId:guid}", QuizPages.Sitting);
        pages.MapGet("/exercises", ExercisePages.List);
        pages.MapGet("/exercises/{exerciseId}", ExercisePages.One);
        pages.MapGet("/submissions/{submissionId:guid}", ExercisePages.Submission);
        pages.MapGet("/grading", ExercisePages.Grading);
        pages.MapGet("/paths", FindingPages.Paths);
        pages.MapGet("/paths/{pathId}", FindingPages.Path);
        pages.MapGet("/search", FindingPages.Search);
        pages.MapGet("/skills", SkillPages.Mine);
        pages.MapGet("/learners/{learnerId:guid}/skills", SkillPages.Learner);
        pages.MapGet("/labs", LabPages.List);
        pages.MapGet("/labs/{labId}", LabPages.One);
        pages.MapGet("/attempts", AttemptPages.List);
        pages.MapGet("/attempts/{attemptId:guid}", AttemptPages.One);
        pages.MapGet("/practice", ClusterPages.Practice);
        pages.MapGet("/clusters", ClusterPages.List);
        pages.MapGet("/clusters/{clusterId:guid}", ClusterPages.One);
        pages.MapGet("/mentoring", MentoringPages.Mentoring);
        pages.MapGet("/mentoring/students/{studentId:guid}", MentoringPages.Student);
        pages.MapGet("/admin", AdminPages.Admin);
        pages.MapGet("/tokens", TokenPages.Tokens);
    }
}
