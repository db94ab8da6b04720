using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing;

/// <summary>A store that fails where its schedule says, to see that what stands above it survives.</summary>
/// <remarks>After a fault it is broken: every call throws <see cref="StoreException"/>. Reopening is a new <see cref="FaultyStore"/> on the same inner
/// store, or that store itself, which stays open when this one is disposed of. The same schedule gives the same faults.</remarks>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks, if the inner store is.</threadsafety>
public sealed class FaultyStore : IKeyValueStore
{
    private readonly Lock _writer = new();
    private readonly IKeyValueStore _inner;
    private readonly ImmutableArray<StoreFault> _schedule;
    private readonly List<int> _writesPerCommit = [];
    private volatile StoreFault? _occurred;
    private volatile bool _isDisposed;

    /// <summary>A store over another one.</summary>
    /// <param name="inner">Where the entries are kept; not disposed of.</param>
    /// <param name="schedule">The faults, at most one for a commit; none to count the writes of a run.</param>
    public FaultyStore(IKeyValueStore inner, params IEnumerable<StoreFault> schedule)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(schedule);
        _inner = inner;
        _schedule = [.. schedule];
        if (_schedule.DistinctBy(static fault => fault.Commit).Count() < _schedule.Length)
            throw new ArgumentException("A commit has two faults.", nameof(schedule));
    }

    /// <summary>Number of writes of each commit so far, the failed one included.</summary>
    public ImmutableArray<int> WritesPerCommit
    {
        get
        {
            lock (_writer)
                return [.. _writesPerCommit];
        }
    }

    /// <summary>The fault that broke this store, or null.</summary>
    public StoreFault? Occurred => _occurred;

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        ThrowIfUnusable();
        return _inner.Get(key);
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ThrowIfUnusable();
        return Enumerate(prefix);
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writer)
        {
            ThrowIfUnusable();
            _writesPerCommit.Add(batch.Writes.Count);
            StoreFault? fault = _schedule.FirstOrDefault(fault => fault.Commit == _writesPerCommit.Count);
            if (fault is null)
            {
                _inner.Commit(batch);
                return;
            }

            _occurred = fault;
            if (fault.WritesKept != 0)
                _inner.Commit(FirstWrites(batch, fault.WritesKept ?? batch.Writes.Count));

            throw new StoreException($"The store failed as its schedule says: {fault}. Open it again.");
        }
    }

    /// <summary>Ends the use of this store; the inner one stays open.</summary>
    public void Dispose() => _isDisposed = true;

    private IEnumerable<KeyValuePair<byte[], byte[]>> Enumerate(byte[] prefix)
    {
        foreach (KeyValuePair<byte[], byte[]> entry in _inner.Range(prefix))
        {
            ThrowIfUnusable();
            yield return entry;
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_occurred is { } fault)
            throw new StoreException($"The store failed before: {fault}. Open it again.");
    }

    private static WriteBatch FirstWrites(WriteBatch batch, int count)
    {
        var kept = new WriteBatch();
        foreach ((byte[] key, byte[]? value) in batch.Writes.Take(count))
        {
            if (value is null)
                kept.Delete(key);
            else
                kept.Put(key, value);
        }

        return kept;
    }
}
