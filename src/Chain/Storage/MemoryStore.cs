namespace DerChain.Chain.Storage;

/// <summary>A store that keeps everything in memory and forgets it when disposed of: for tests and benchmarks.</summary>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class MemoryStore : IKeyValueStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], byte[]> _entries = new(KeyOrder.Instance);
    private volatile bool _isDisposed;

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        lock (_gate)
            return _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out byte[]? value) ? value : null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return Enumerate(prefix);
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        lock (_gate)
        {
            foreach ((byte[] key, byte[]? value) in batch.Writes)
            {
                if (value is null)
                    _entries.Remove(key);
                else
                    _entries[key] = value;
            }
        }
    }

    /// <summary>Ends the use of the store.</summary>
    public void Dispose() => _isDisposed = true;

    private IEnumerable<KeyValuePair<byte[], byte[]>> Enumerate(byte[] prefix)
    {
        KeyValuePair<byte[], byte[]>[] found;
        lock (_gate)
            found = [.. _entries.Where(entry => entry.Key.AsSpan().StartsWith(prefix)).OrderBy(static entry => entry.Key, KeyOrder.Instance)];

        foreach (KeyValuePair<byte[], byte[]> entry in found)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            yield return entry;
        }

        ObjectDisposedException.ThrowIf(_isDisposed, this);
    }
}
