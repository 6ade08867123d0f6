namespace Academy.Features.Conversing;

/// <summary>Records pieces in order. A model's text comes in crumbs: those of a short while become one piece.</summary>
internal sealed class PieceRecorder(IDoor door, IActor writer, AskedQuestion asked, CancellationTokenSource cancelled, TimeSpan textEvery, TimeProvider clock)
    : IAsyncDisposable
{
    private readonly System.Text.StringBuilder _text = new();
    private long _since;

    public async Task Add(ReplyPiece piece, CancellationToken ct)
    {
        if (piece is TextWritten { Text: var text })
        {
            if (_text.Length == 0)
            {
                _since = clock.GetTimestamp();
            }

            _text.Append(text);
            if (clock.GetElapsedTime(_since) >= textEvery)
            {
                await Flush(ct);
            }

            return;
        }

        await Flush(ct);
        await Record(piece, ct);
    }

    public async Task Flush(CancellationToken ct)
    {
        if (_text.Length > 0)
        {
            var text = _text.ToString();
            _text.Clear();
            await Record(new TextWritten(text), ct);
        }
    }

    /// <summary>What was said before trouble came is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!cancelled.IsCancellationRequested)
        {
            await Flush(CancellationToken.None);
        }
    }

    private async Task Record(ReplyPiece piece, CancellationToken ct)
    {
        var reply = await door.Send(new WritePieces(asked.ConversationId, asked.QuestionId, [piece]), writer, ct);
        if (reply.Refusal is { Code: "stream.conflict" })
        {
            // the student cancelled in the same moment, or nothing else did: the second try tells
            reply = await door.Send(new WritePieces(asked.ConversationId, asked.QuestionId, [piece]), writer, ct);
        }

        if (reply.Refusal is not null)
        {
            await cancelled.CancelAsync();
            throw new OperationCanceledException("The reply was closed.", cancelled.Token);
        }
    }
}
