namespace DerChain.Consensus.Validators;

/// <summary>Wakes those who wait for something to be on the chain, at every new head.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class HeadSignal
{
    private volatile TaskCompletionSource _next = Create();
    private volatile Exception? _ended;

    /// <summary>Looks now and after every new head, until something is found.</summary>
    public async Task<T> WaitAsync<T>(Func<T?> find, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            // Before it looks, lest a head that moves meanwhile is missed.
            Task next = _next.Task;
            Exception? ended = _ended;
            if (find() is { } found)
                return found;

            if (ended is not null)
                throw ended;

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Moved()
    {
        TaskCompletionSource reached = _next;
        _next = Create();
        reached.SetResult();
    }

    /// <summary>The head moves no more.</summary>
    public void End(Exception reason)
    {
        _ended = reason;
        Moved();
    }

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
