using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Tutoring;
using Academy.Features.Door;
using Academy.Features.Learning;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

internal sealed class CurriculumPlugin(Answer answer)
{
    private const int MostLessons = 100;

    [KernelFunction("search_lessons"), Description("Finds the passages of the lessons that explain something. Call when the student asks what something is or how it works.")]
    public async Task<Looked> SearchLessons([Description("The thing to explain, in a few words")] string query, CancellationToken ct = default)
    {
        var courses = await answer.Send(new ListCourses(), ct);
        if (courses.Value is not { } all)
        {
            return Looked.Not(courses.Refusal!);
        }

        var lessons = new List<LessonView>();
        var topics = all.SelectMany(c => c.Modules.SelectMany(m => m.Topics).Where(t => t.HasLesson).Select(t => (Course: c.Id, Topic: t.Id)));
        foreach (var (course, topic) in topics.Take(MostLessons))
        {
            if ((await answer.Send(new GetLesson(course, topic), ct)).Value is { } lesson)
            {
                lessons.Add(lesson);
            }
        }

        var found = LessonSearch.Find(lessons, query);
        return new Looked(found, typeof(IReadOnlyList<Passage>), answer.Say(Phrase.CountFound, ("count", found.Count.ToString())), IsOurs: true);
    }

    [KernelFunction("list_courses"), Description("The courses with their modules and topics. Call when the student asks what can be learnt here.")]
    public async Task<Looked> ListCourses(CancellationToken ct = default) => Found(await answer.Send(new ListCourses(), ct));

    [KernelFunction("list_labs"), Description("The labs that can be started. Call when the student asks what to practise.")]
    public async Task<Looked> ListLabs(CancellationToken ct = default) => Found(await answer.Send(new ListLabs(), ct));

    [KernelFunction("list_practice_clusters"), Description("Recorded clusters with something broken. Call when the student has no cluster of their own.")]
    public async Task<Looked> ListPracticeClusters(CancellationToken ct = default) => Found(await answer.Send(new ListPracticeClusters(), ct));

    private Looked Found<T>(Result<IReadOnlyList<T>> found) => Looked.Of(found, list => answer.Say(Phrase.CountFound, ("count", list.Count.ToString())), isOurs: true);
}
