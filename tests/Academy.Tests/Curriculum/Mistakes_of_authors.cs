using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

/// <summary>Each test takes the sample curriculum, breaks one file of it, and reads what the loader says.</summary>
public sealed class Mistakes_of_authors : IDisposable
{
    private readonly SampleCurriculum _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public void the_sample_has_none() => _sample.Problems().ShouldBeEmpty();

    [Theory]
    // YAML
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "title: [Say hello", 2, "not valid YAML")]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "title: Say hello\ntitle: Again", 3, "'title' is given twice")]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "title: &a Say hello", 2, "anchors (&) are not used here")]
    [InlineData("labs/first-lab/lab.yaml", "cost: Nothing on a cluster of your own.", "cost: *a", 16, "aliases (*) are not used here")]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "title: {a: b}", 2, "'title' must be a text")]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "titel: Say hello", 2, "unknown key 'titel'")]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello\n", "", 1, "'title' is missing or empty")]
    // lab.yaml
    [InlineData("labs/first-lab/lab.yaml", "minutes: 15", "minutes: soon", 5, "'minutes' must be a whole number from 5 to 600")]
    [InlineData("labs/first-lab/lab.yaml", "level: beginner", "level: easy", 6, "it must be one of beginner, intermediate, advanced")]
    [InlineData("labs/first-lab/lab.yaml", "namespace: first-lab", "namespace: First Lab", 4, "'First Lab' is not an id")]
    [InlineData("labs/first-lab/lab.yaml", "maxRung: 4", "maxRung: 6", 13, "'maxRung' must be a whole number from 0 to 5")]
    [InlineData("labs/first-lab/lab.yaml", "  - running", "  - running\n  - running", 12, "step 'running' is listed twice")]
    [InlineData("labs/first-lab/lab.yaml", "  - running\n", "", 1, "lab.yaml does not list this step", "labs/first-lab/steps/running.yaml")]
    [InlineData("labs/first-lab/lab.yaml", "  - running", "  - waiting", 1, "this file is missing", "labs/first-lab/steps/waiting.yaml")]
    [InlineData("labs/first-lab/lab.yaml", "- id: greeting-gone", "- id: greeting-lost", 1, "this file is missing", "labs/first-lab/faults/greeting-lost.yaml")]
    // steps
    [InlineData("labs/first-lab/steps/greeting.yaml", "(starts_with(@, 'hello'))", "(starts_with(@, 'hello')", 15, "is not a JMESPath expression")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "(starts_with(@, 'hello'))", "(starts_with(@ 'hello'))", 15, "is not a JMESPath expression")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "(starts_with(@, 'hello'))", "(begins_with(@, 'hello'))", 15, "is not a JMESPath expression")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "id: no-rude-word", "id: word-chosen", 4, "check 'word-chosen' is given twice")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "    absent:", "    present:", 16, "a check has exactly one of")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "points: 2", "points: 0", 7, "'points' must be a whole number from 1 to 100")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "  concept:", "  koncept:", 25, "unknown key 'koncept'")]
    [InlineData("labs/first-lab/steps/running.yaml", "  - greeting", "  - greetings", 4, "there is no step 'greetings'")]
    [InlineData("labs/first-lab/steps/running.yaml", "  - greeting", "  - running", 4, "step 'running' needs itself")]
    [InlineData("labs/first-lab/steps/greeting.yaml", "checks:", "needs: [running]\nchecks:", 4, "step 'greeting' needs itself")]
    [InlineData("labs/first-lab/steps/running.yaml", "all: true", "all: perhaps", 24, "'all' must be true or false")]
    [InlineData("labs/first-lab/steps/running.yaml", "contains: ^hello, [a-z]+$", "contains: '(hello'", 42, "not a usable regular expression")]
    [InlineData("labs/first-lab/steps/running.yaml", "mustNotContain: level=error", "must: no", 46, "give one of 'contains' and 'mustNotContain'")]
    [InlineData("labs/first-lab/steps/running.yaml", "    log:\n      pods:\n        app: greeter\n      mustNotContain: level=error", "    healthy: maybe", 45, "'healthy' must be true")]
    [InlineData("labs/first-lab/steps/running.yaml", "    log:\n      pods:\n        app: greeter\n      mustNotContain: level=error", "    noFindings:\n      - oom", 46, "'oom' is not a reason that a diagnosis gives")]
    // manifests
    [InlineData("labs/first-lab/start/10-greeting.yaml", "kind: ConfigMap\n", "", 1, "'kind' is missing")]
    [InlineData("labs/first-lab/start/10-greeting.yaml", "  name: greeting\n", "  labels: {}\n", 1, "'metadata.name' is missing")]
    [InlineData("labs/first-lab/faults/greeting-gone.yaml", "apiVersion: apps/v1\n", "", 1, "'apiVersion' is missing")]
    // mutations
    [InlineData("labs/first-lab/mutations.yaml", "op: delete", "op: destroy", 50, "it must be one of set, remove, delete, add, log")]
    [InlineData("labs/first-lab/mutations.yaml", "limits-set:", "limit-set:", 70, "there is no check 'limit-set'")]
    [InlineData("labs/first-lab/mutations.yaml", "path: /data/WORD", "path: data.WORD", 8, "'path' is a JSON pointer")]
    [InlineData("labs/first-lab/mutations.yaml", "        value: go away\n", "", 5, "'value' is missing")]
    // courses and practice
    [InlineData("courses/first-course/course.yaml", "lab: first-lab", "lab: third-lab", 12, "there is no lab 'third-lab'")]
    [InlineData("courses/first-course/course.yaml", "id: settings", "id: options", 1, "course.yaml has no topic with the name of this lesson", "courses/first-course/lessons/settings.md")]
    [InlineData("practice/first-practice/practice.yaml", "lab: first-lab", "lab: third-lab", 5, "there is no lab 'third-lab'")]
    [InlineData("practice/first-practice/practice.yaml", "lab: first-lab", "lab: first-lab\nfault: none", 6, "lab 'first-lab' has no fault 'none'")]
    [InlineData("practice/first-practice/practice.yaml", "reason: configmap-key-missing", "reason: forgotten", 9, "'forgotten' is not a reason that a diagnosis gives")]
    [InlineData("practice/first-practice/practice.yaml", "cause:\n  kind: ConfigMap\n  name: greeting\n  reason: configmap-key-missing\n", "", 1, "'cause' is missing or empty")]
    [InlineData("practice/first-practice/practice.yaml", "lab: first-lab", "fault: greeting-gone", 5, "'fault' needs a 'lab'")]
    [InlineData("labs/first-lab/lab.yaml", "reason: configmap-not-found", "reason: lost", 20, "'lost' is not a reason that a diagnosis gives")]
    public void are_reported_with_file_and_line(string file, string text, string instead, int line, string message, string? at = null)
    {
        _sample.Replace(file, text, instead);
        var problems = _sample.Problems();
        problems.ShouldContain(
            p => p.File == (at ?? file) && p.Line == line && p.Message.Contains(message, StringComparison.Ordinal),
            string.Join("\n", problems));
    }
}
