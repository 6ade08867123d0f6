using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Learning;
using Academy.Features.Mentoring;
using Academy.Features.Progressing;
using Academy.Features.Storing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Mentoring;

/// <param name="Waiting">Requests that nobody has taken; null for whoever is not a mentor.</param>
/// <param name="WaitingCursor">Of the page of requests that is shown.</param>
/// <param name="Cursor">Of the page of the visitor's own that is shown.</param>
public sealed record MentoringModel(Page<MentorshipView> Mine, Page<MentorshipView>? Waiting, string? Cursor, string? WaitingCursor);

public sealed record StudentModel(Guid StudentId, ProgressView Progress, Page<AttemptView> Attempts, IReadOnlyList<LabSummary> Labs, string? Cursor);

internal static class MentoringPages
{
    public static async Task<IResult> Mentoring(Visitor visitor, string? cursor, string? waiting, CancellationToken ct)
    {
        var mine = await visitor.Ask(new ListMentorships(Cursor: cursor), ct);
        var requests = visitor.Is(Roles.Mentor) ? await visitor.Ask(new ListMentorships(Waiting: true, Cursor: waiting), ct) : null;
        return visitor.Show<MentoringPage, MentoringModel>(() => new(mine!, requests, cursor, waiting));
    }

    public static async Task<IResult> Student(Visitor visitor, Guid studentId, string? cursor, CancellationToken ct)
    {
        var progress = await visitor.Ask(new GetProgress(studentId), ct);
        var attempts = await visitor.Ask(new ListAttempts(studentId, Cursor: cursor), ct);
        var labs = await visitor.Ask(new ListLabs(), ct);
        return visitor.Show<StudentPage, StudentModel>(() => new(studentId, progress!, attempts!, labs!, cursor));
    }
}
