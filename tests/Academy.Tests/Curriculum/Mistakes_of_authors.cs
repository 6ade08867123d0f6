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
    // what a lab may say besides
    [InlineData("labs/first-lab/lab.yaml", "skills: [app-configuration,", "skills: [cooking,", 24, "there is no skill 'cooking' in skills.yaml")]
    [InlineData("labs/first-lab/lab.yaml", "passingScore: 80", "passingScore: 0", 25, "'passingScore' must be a whole number from 1 to 100")]
    [InlineData("labs/first-lab/lab.yaml", "exam: false", "exam: no", 29, "'exam' must be true or false")]
    [InlineData("labs/first-lab/lab.yaml", "prices: [0, 5, 10, 20, 40]", "prices: [0, 5, 10, 20]", 14, "'prices' lists five whole numbers")]
    [InlineData("labs/first-lab/lab.yaml", "requests.memory: 1Gi", "requests.memory: much", 31, "'requests.memory' must be a quantity")]
    [InlineData("labs/first-lab/lab.yaml", "network: isolated", "network: closed", 35, "it must be one of isolated, open")]
    [InlineData("labs/second-lab/lab.yaml", "  - id: far", "  - id: near", 18, "cluster 'near' is given twice")]
    [InlineData("labs/second-lab/lab.yaml", "  - id: far", "  - id: logs", 18, "'logs' is the name of a folder with another meaning")]
    [InlineData("labs/second-lab/lab.yaml", "file: Jenkinsfile", "file: ../Jenkinsfile", 28, "'../Jenkinsfile' is not a file name")]
    [InlineData("labs/second-lab/lab.yaml", "type: jenkinsfile", "type: groovy", 29, "it must be one of json, yaml, terraform-plan")]
    [InlineData("labs/second-lab/lab.yaml", "maxKiB: 64", "maxKiB: 9999", 25, "'maxKiB' must be a whole number from 1 to 4096")]
    [InlineData("labs/second-lab/lab.yaml", "file: rendered.yaml", "file: other.yaml", 1, "no artefact in lab.yaml has this file", "labs/second-lab/solution/artefacts/rendered.yaml")]
    [InlineData("labs/second-lab/lab.yaml", "file: rendered.yaml", "file: other.yaml", 1, "this file is missing", "labs/second-lab/solution/artefacts/other.yaml")]
    [InlineData("labs/second-lab/lab.yaml", "  - id: far", "  - id: away", 1, "lab.yaml has no further cluster of this name", "labs/second-lab/solution/far")]
    [InlineData("labs/second-lab/lab.yaml", "  - id: far", "  - id: away", 1, "this file is missing", "labs/second-lab/states/start/away/objects.json")]
    [InlineData("labs/second-lab/states/start/http.json", "[", "{", 2, "not valid JSON")]
    [InlineData("labs/second-lab/states/start/http.json", "status", "state", 1, "must be a list of answers")]
    [InlineData("labs/second-lab/solution/artefacts/Jenkinsfile", "agent any", "agent {", 1, "a { is not closed")]
    // further forms of checks and edits
    [InlineData("labs/second-lab/steps/reachable.yaml", "cluster: far", "cluster: moon", 27, "lab.yaml has no cluster 'moon'")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "exactly: 1", "exactly: 1\n    atLeast: 1", 29, "'exactly' stands alone")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "exactly: 1", "atLeast: 3\n    atMost: 2", 30, "'atMost' is less than the number that is demanded")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "times: 3", "times: 300", 9, "'times' must be a whole number from 1 to 10")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "path: /healthz", "path: /../x", 14, "'path' holds letters")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "contains: ^ok$", "contains: (ok", 16, "not a usable regular expression")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "      reason: Scheduled\n", "", 20, "'reason' is missing")]
    [InlineData("labs/second-lab/steps/reachable.yaml", "skills: [workload-basics]", "skills: [flying]", 28, "there is no skill 'flying'")]
    [InlineData("labs/second-lab/steps/handed-in.yaml", "id: rendered", "id: drawn", 9, "lab.yaml has no artefact 'drawn'")]
    [InlineData("labs/second-lab/steps/handed-in.yaml", "contains: helm", "mustContain: helm", 46, "an artefact is held against exactly one of")]
    [InlineData("labs/second-lab/steps/handed-in.yaml", "        kind: Deployment\n", "", 11, "'kind' is missing")]
    [InlineData("labs/second-lab/mutations.yaml", "http: web:80/healthz", "http: web/healthz", 5, "write SERVICE:PORT/PATH")]
    [InlineData("labs/second-lab/mutations.yaml", "artefact: pipeline", "artefact: pipe", 136, "lab.yaml has no artefact 'pipe'")]
    [InlineData("labs/second-lab/mutations.yaml", "cluster: far", "cluster: moon", 60, "lab.yaml has no cluster 'moon'")]
    // skills, quizzes, paths, exercises
    [InlineData("skills.yaml", "area: delivery", "area: cooking", 12, "it must be one of kubernetes, ml-platforms")]
    [InlineData("skills.yaml", "id: workload-basics", "id: app-configuration", 6, "skill 'app-configuration' is given twice")]
    [InlineData("courses/first-course/course.yaml", "exercise: first-exercise", "exercise: last-exercise", 13, "there is no exercise 'last-exercise'")]
    [InlineData("courses/first-course/course.yaml", "id: settings", "id: options", 1, "course.yaml has no topic with the name of this quiz", "courses/first-course/quizzes/settings.yaml")]
    [InlineData("courses/first-course/quizzes/settings.yaml", "        correct: true\n", "", 8, "at least one option is correct and at least one is not")]
    [InlineData("courses/first-course/quizzes/settings.yaml", "skills: [app-configuration]", "skills: []", 5, "'skills' is missing or empty")]
    [InlineData("paths/first-path.yaml", "first-course/settings", "first-course/setting", 7, "there is no topic 'first-course/setting'; write course/topic")]
    [InlineData("exercises/first-exercise/exercise.yaml", "minWords: 40", "minWords: 300", 1, "It has ", "exercises/first-exercise/example/design.md")]
    [InlineData("exercises/first-exercise/exercise.yaml", "kind: team", "kind: case-study", 26, "only a team exercise has roles")]
    [InlineData("exercises/first-exercise/exercise.yaml", "      - points: 10", "      - points: 9", 19, "the points of the levels rise, and those of the last are 10")]
    [InlineData("exercises/first-exercise/exercise.yaml", "[Context, Design, Risks]", "[Context, Design, Cost]", 1, "There is no heading 'Cost'.", "exercises/first-exercise/example/design.md")]
    [InlineData("exercises/first-exercise/exercise.yaml", "file: design.md", "file: note.md", 1, "this file is missing", "exercises/first-exercise/example/note.md")]
    public void are_reported_with_file_and_line(string file, string text, string instead, int line, string message, string? at = null)
    {
        _sample.Replace(file, text, instead);
        var problems = _sample.Problems();
        problems.ShouldContain(
            p => p.File == (at ?? file) && p.Line == line && p.Message.Contains(message, StringComparison.Ordinal),
            string.Join("\n", problems));
    }

    [Theory]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "titel: Say hello", 2, 1)]
    [InlineData("labs/first-lab/steps/greeting.yaml", "(starts_with(@, 'hello'))", "(starts_with(@, 'hello')", 15, 15)]
    [InlineData("labs/first-lab/lab.yaml", "skills: [app-configuration, workload-basics]", "skills: [app-configuration, cooking]", 24, 29)]
    [InlineData("labs/first-lab/lab.yaml", "title: Say hello", "title: &a Say hello", 2, 8)]
    public void are_reported_with_their_column(string file, string text, string instead, int line, int column)
    {
        _sample.Replace(file, text, instead);
        var problems = _sample.Problems();
        problems.ShouldContain(p => p.File == file && p.Line == line && p.Column == column, string.Join("\n", problems));
        problems.ShouldContain(p => p.ToString().StartsWith($"{file}:{line}:{column}: ", StringComparison.Ordinal));
    }
}
