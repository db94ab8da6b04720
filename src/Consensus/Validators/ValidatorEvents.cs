using System.Threading.Channels;

namespace DerChain.Consensus.Validators;

/// <summary>A subscription to the events of a node, from <see cref="ValidatorNode.Subscribe"/> on. Read it with <c>await foreach</c>; it ends when the node
/// stops, and throws what made the node fail.</summary>
/// <remarks>At most <see cref="Capacity"/> events wait for the reader; then the oldest are dropped and their number is told in their place. The node never
/// waits for a reader.</remarks>
/// <threadsafety>One reader; <see cref="Dispose"/> from any thread.</threadsafety>
public sealed class ValidatorEvents : IAsyncEnumerable<ValidatorEvent>, IDisposable
{
    /// <summary>Events that wait for a reader at most: 4,096.</summary>
    public const int Capacity = 4_096;

    private readonly Channel<ValidatorEvent> _waiting;
    private readonly Action<ValidatorEvents> _unsubscribe;
    private long _missed;

    internal ValidatorEvents(Action<ValidatorEvents> unsubscribe)
    {
        _unsubscribe = unsubscribe;
        var options = new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true };
        _waiting = Channel.CreateBounded<ValidatorEvent>(options, _ => Interlocked.Increment(ref _missed));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerator<ValidatorEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await _waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Interlocked.Exchange(ref _missed, 0) is > 0 and long missed)
                yield return new ValidatorEvent.EventsMissed(missed);

            if (_waiting.Reader.TryRead(out ValidatorEvent? next))
                yield return next;
        }
    }

    /// <summary>Ends the subscription.</summary>
    public void Dispose()
    {
        _unsubscribe(this);
        Complete(failure: null);
    }

    internal void Tell(ValidatorEvent happened) => _waiting.Writer.TryWrite(happened);

    internal void Complete(Exception? failure) => _waiting.Writer.TryComplete(failure);
}
