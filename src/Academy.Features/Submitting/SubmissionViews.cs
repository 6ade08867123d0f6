using Academy.Curriculum;
using Academy.Domain.Submissions;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Submitting;

/// <summary>A submission with its texts and what a mentor said of it.</summary>
/// <param name="MaxPoints">Of the rubric.</param>
/// <param name="Points">Null before it is graded.</param>
/// <param name="ContentChanged">Whether the exercise has changed since; the submission is held to what it began with.</param>
/// <param name="ReturnRemark">Why it was returned, while it is with the student again.</param>
public sealed record SubmissionView(
    Guid Id, Guid StudentId, string ExerciseId, string Title, string Kind, SubmissionStatus Status, DateTimeOffset StartedAt, DateTimeOffset? SubmittedAt,
    IReadOnlyList<TeamMember> Team, IReadOnlyList<DeliverableView> Deliverables, int PassingScore, int MaxPoints, int? Points, bool Passed, GradeView? Grade,
    string? ReturnRemark, bool ContentChanged);

/// <param name="Text">Markdown; null where nothing is handed in, or the student is erased.</param>
/// <param name="Complaints">What has to be put right before it can be handed in for grading.</param>
public sealed record DeliverableView(
    string Id, string Title, int MinWords, int MaxWords, IReadOnlyList<string> Sections, string? Text, int Words, DateTimeOffset? HandedInAt, IReadOnlyList<string> Complaints);

public sealed record GradeView(Guid MentorId, DateTimeOffset GradedAt, string? Remark, IReadOnlyList<CriterionView> Criteria);

/// <param name="Level">Place in the levels, from 0.</param>
/// <param name="LevelText">What the rubric says of this level.</param>
public sealed record CriterionView(string Id, string Title, int Level, string LevelText, int Points, int MaxPoints, string? Comment);

/// <summary>A submission in a list.</summary>
public sealed record SubmissionSummary(
    Guid Id, Guid StudentId, string? StudentName, string ExerciseId, string Title, SubmissionStatus Status, DateTimeOffset StartedAt, DateTimeOffset? SubmittedAt, int? Points, int MaxPoints, bool Passed);

/// <summary>Puts the sealed words of a submission into clear, for those who may see it.</summary>
public sealed class SubmissionReader(PersonKeys keys)
{
    internal async Task<SubmissionView> View(Submission s, Exercise? exercise, bool contentChanged, CancellationToken ct)
    {
        var deliverables = new List<DeliverableView>();
        foreach (var id in s.Deliverables)
        {
            deliverables.Add(await Deliverable(s, id, exercise?.Deliverables.FirstOrDefault(d => d.Id == id), ct));
        }

        return new SubmissionView(
            s.Id, s.StudentId, s.ExerciseId, exercise?.Title ?? s.ExerciseId, exercise?.Kind ?? "", s.Status, s.StartedAt, s.SubmittedAt, s.Team, deliverables,
            s.PassingScore, s.MaxPoints, s.Points, s.Passed, s.Grade is { } grade ? await Grade(s, grade, exercise, ct) : null,
            await Clear(s, s.Return?.Remark, ct), contentChanged);
    }

    private async Task<DeliverableView> Deliverable(Submission s, string id, Deliverable? asked, CancellationToken ct)
    {
        var given = s.Texts.GetValueOrDefault(id);
        var text = await Clear(s, given?.Text, ct);
        return new DeliverableView(
            id, asked?.Title ?? id, asked?.MinWords ?? 0, asked?.MaxWords ?? 0, asked?.Sections ?? [], text, given?.Words ?? 0, given?.HandedInAt,
            text is null || asked is null ? [] : asked.Complaints(text));
    }

    private async Task<GradeView> Grade(Submission s, Grade grade, Exercise? exercise, CancellationToken ct)
    {
        var criteria = new List<CriterionView>();
        foreach (var given in grade.Grades)
        {
            var written = exercise?.Rubric.FirstOrDefault(r => r.Id == given.CriterionId);
            var levels = s.Criteria.FirstOrDefault(c => c.CriterionId == given.CriterionId)?.Levels ?? [];
            criteria.Add(new CriterionView(
                given.CriterionId, written?.Title ?? given.CriterionId, given.Level, written?.Levels.ElementAtOrDefault(given.Level)?.Text ?? "",
                levels.ElementAtOrDefault(given.Level), levels.Count > 0 ? levels[^1] : 0, await Clear(s, given.Comment, ct)));
        }

        return new GradeView(grade.By, grade.GradedAt, await Clear(s, grade.Remark, ct), criteria);
    }

    private async Task<string?> Clear(Submission s, Sealed? words, CancellationToken ct) => words is { } given ? await keys.Unseal(s.StudentId, given, ct) : null;
}
