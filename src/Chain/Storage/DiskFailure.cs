namespace DerChain.Chain.Storage;

/// <summary>The first write to the files of a store that failed. From then on nothing more is written, as after a power loss at that moment.</summary>
/// <remarks>LiteDB 5.0.20 writes its log on a thread of its own and, where that throws, waits for it without end. So its writes never throw: whoever
/// waited for them asks here.</remarks>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class DiskFailure
{
    private volatile Exception? _cause;

    /// <summary>Why the write failed, or null.</summary>
    public Exception? Cause => _cause;

    /// <summary>Does a write, unless one has failed.</summary>
    public void Attempt(Action write)
    {
        if (_cause is not null)
            return;

        try
        {
            write();
        }
        catch (Exception exception)
        {
            _cause = exception;
        }
    }

    /// <summary>Throws where a write has failed.</summary>
    /// <exception cref="IOException">The cause is inside.</exception>
    public void ThrowIfAny()
    {
        if (_cause is { } cause)
            throw new IOException(cause.Message, cause);
    }
}
