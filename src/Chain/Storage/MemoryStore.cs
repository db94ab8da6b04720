namespace DerChain.Chain.Storage;

/// <summary>A store that keeps everything in memory and forgets it when disposed of: for tests and benchmarks.</summary>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class MemoryStore : IKeyValueStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], byte[]> _entries = new(KeyOrder.Instance);

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return _entries.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out byte[]? value) ? value : null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        lock (_gate)
            return [.. _entries.Where(entry => entry.Key.AsSpan().StartsWith(prefix)).OrderBy(static entry => entry.Key, KeyOrder.Instance)];
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
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

    /// <summary>Does nothing: the entries go with the store.</summary>
    public void Dispose()
    {
    }
}
