namespace Academy.IntegrationTests.Api;

/// <summary>The time of a server under test: it runs on, and a test may move it ahead. Timers and measured times stay real.</summary>
public sealed class TestClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
}
