using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Academy.Features.Conversing;
using Academy.IntegrationTests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.IntegrationTests.Pages;

/// <summary>An assistant that says what the test wants, when the test wants it.</summary>
internal sealed class LedAssistant : IAssistant
{
    private readonly Channel<ReplyPiece> _pieces = Channel.CreateUnbounded<ReplyPiece>();

    public Task<AcademyServer> Server(PostgresFixture postgres) => AcademyServer.Start(postgres, new ServerOptions(Services: s => s.AddSingleton<IAssistant>(this)));

    public void Say(ReplyPiece piece) => _pieces.Writer.TryWrite(piece).ShouldBeTrue();

    /// <summary>A step of work that shows at once.</summary>
    public void Look(string label)
    {
        Say(new ToolStarted(label, "diagnosis.diagnose", label));
        Say(new ToolFinished(label, "diagnosis.diagnose", true, "seen"));
    }

    public void Finish() => _pieces.Writer.Complete();

    public async IAsyncEnumerable<ReplyPiece> Answer(Question question, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync(ct))
        {
            yield return piece;
        }
    }
}
