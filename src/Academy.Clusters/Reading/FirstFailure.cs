namespace Academy.Clusters.Reading;

/// <summary>Waits for all; the first failure ends the others, and it is the one that is told, not the cancellations that follow it.</summary>
internal static class FirstFailure
{
    public static async Task<T[]> WhenAll<T>(IEnumerable<Task<T>> tasks, CancellationTokenSource others)
    {
        var all = tasks.ToList();
        await foreach (var done in Task.WhenEach(all))
        {
            if (done.Exception is { InnerException: { } first })
            {
                await others.CancelAsync();
                await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
            }
        }

        return await Task.WhenAll(all);
    }
}
