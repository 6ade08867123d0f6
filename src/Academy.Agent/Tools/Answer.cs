using System.Threading.Channels;
using Academy.Agent.Guarding;
using Academy.Agent.Modelling;
using Academy.Agent.Prompts;
using Academy.Agent.Understanding;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Features.Conversing;
using Academy.Features.Door;
using MediatR;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Tools;

/// <summary>One question while it is being answered: what is known, what was looked up, and the way to the student.</summary>
public sealed class Answer(Question question, Understood asked, PromptLibrary prompts, ModelOptions limits, IDoor door, ChannelWriter<ReplyPiece> pieces)
{
    private const string DataKey = "academy.answer";
    private const int MostFindings = 5;
    private readonly Dictionary<string, Noted> _notes = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string?, string, string)> _shown = [];

    public Question Question => question;

    public Understood Asked => asked;

    public PromptLibrary Prompts => prompts;

    public ModelOptions Limits => limits;

    public Fence Fence { get; } = new();

    public KnownNames Names { get; } = new(question);

    public IReadOnlyCollection<Noted> Notes => _notes.Values;

    /// <summary>Tool calls so far, the refused ones included.</summary>
    public int Calls { get; set; }

    public static Answer? Of(Kernel? kernel) => kernel is not null && kernel.Data.TryGetValue(DataKey, out var kept) ? kept as Answer : null;

    public void PutInto(Kernel kernel) => kernel.Data[DataKey] = this;

    public string Say(Phrase phrase, params (string Name, string? Value)[] values) => prompts.Say(phrase, values);

    public void Show(ReplyPiece piece) => pieces.TryWrite(piece);

    /// <summary>Shows a cause that is certain already, while the diagnosis goes on.</summary>
    public void Found(RootCause cause)
    {
        if (_shown.Count < MostFindings)
        {
            var report = (DiagnosisReport)Redactor.Clean(new DiagnosisReport(false, [cause], []), typeof(DiagnosisReport)).Value!;
            ShowFindings(Question.AttemptId is null ? report : Coaching.WithoutFixes(report, Say(Phrase.Withheld)));
        }
    }

    /// <summary>Shows the first few causes, each once.</summary>
    public void ShowFindings(DiagnosisReport report)
    {
        foreach (var cause in report.RootCauses.Take(MostFindings).Where(cause => _shown.Add((cause.Kind, cause.Namespace, cause.Name, cause.Reason))))
        {
            Show(new FindingShown(cause));
        }
    }

    /// <summary>Sends on behalf of the student. What records something does so once per question, also where the answer is begun again.</summary>
    public Task<Result<T>> Send<T>(IRequest<Result<T>> request, CancellationToken ct) => door.Send(request, ActorFor(request), ct);

    public void Keep(string key, Noted noted) => _notes[key] = noted;

    public Noted? Find(string key) => _notes.GetValueOrDefault(key);

    /// <summary>The same call has the same key, whoever makes it.</summary>
    public static string KeyOf(string tool, IEnumerable<KeyValuePair<string, object?>> arguments) =>
        // A tool that records something works once per question, whatever its arguments.
        ToolNames.Writing.ContainsKey(tool)
            ? tool
            : $"{tool} {string.Join('\n', arguments.Where(a => a.Value?.ToString() is { Length: > 0 }).OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"))}";

    private Actor ActorFor(object request) => new(question.Student.Tenant, question.Student.Id, question.Student.Roles)
    {
        Scopes = question.Student.Scopes,
        IdempotencyKey = request is IRecords ? $"{question.QuestionId:N} {request.GetType().Name}" : null,
    };
}
