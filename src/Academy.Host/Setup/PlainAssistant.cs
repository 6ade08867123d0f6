using System.Runtime.CompilerServices;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door;
namespace Academy.Host.Setup;
internal sealed class PlainAssistant(IDoor door) : IAssistant
{
    public async IAsyncEnumerable<ReplyPiece> Answer(Question question, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return new ToolStarted("1", "diagnosis.diagnose", "Looking for root causes");
        var report = question.ClusterId is { } id ? (await door.Send(new DiagnoseCluster(id, question.Namespace), question.Student, ct)).Value : null;
        yield return new ToolFinished("1", "diagnosis.diagnose", report is not null, "done");
        foreach (var cause in report?.RootCauses ?? []) yield return new FindingShown(cause);
        yield return new TextWritten("That is what I found.");
    }
}
