using Academy.Curriculum;
using Academy.Domain.Skills;
using Academy.Features.Progressing;

namespace Academy.Features.Mastering;

/// <summary>What is on record of a learner, as evidence of skills. Checks and answers carry the skills they were mapped to on their day.</summary>
internal static class EvidenceIn
{
    public static IEnumerable<Evidence> All(Facts facts, Catalog catalog) => Checks(facts).Concat(Answers(facts)).Concat(Exercises(facts, catalog));

    private static IEnumerable<Evidence> Checks(Facts facts) =>
        from attempt in facts.Attempts
        from step in attempt.Steps
        from pass in step.Passes
        from skill in pass.Skills
        select new Evidence(
            $"lab/{attempt.LabId}/{pass.CheckId}", skill, Mastery.CheckWeight, Mastery.SuccessAfter(pass.Rung), Mastery.IsAssisted(pass.Rung), pass.PassedAt);

    private static IEnumerable<Evidence> Answers(Facts facts) =>
        from sitting in facts.Sittings
        from answer in sitting.Answers
        from skill in answer.Value.Skills
        select new Evidence(
            $"quiz/{sitting.CourseId}/{sitting.TopicId}/{answer.Key}", skill, Mastery.QuestionWeight, answer.Value.Right ? 1 : 0, false, answer.Value.AnsweredAt);

    private static IEnumerable<Evidence> Exercises(Facts facts, Catalog catalog) =>
        from submission in facts.Submissions
        where submission is { Grade: not null, MaxPoints: > 0 }
        from skill in catalog.FindExercise(submission.ExerciseId)?.Skills ?? []
        select new Evidence(
            $"exercise/{submission.ExerciseId}", skill, Mastery.ExerciseWeight, (double)submission.Points!.Value / submission.MaxPoints, false, submission.Grade!.GradedAt);
}
