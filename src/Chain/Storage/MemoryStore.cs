namespace DerChain.Chain.Storage;

/// <summary>A store that keeps everything in memory and forgets it when disposed of: for tests and benchmarks.</summary>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class MemoryStore : IKeyValueStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<byte[], byte[]> _entries = new(KeyOrder.Instance);
    private readonly Dictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> _lookup =
        new Dictionary<byte[], byte[]>(KeyOrder.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return _lookup.TryGetValue(key, out byte[]? value) ? value : null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        lock (_gate)
            return [.. _entries.Where(entry => entry.Key.AsSpan().StartsWith(prefix))];
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
                {
                    _entries.Remove(key);
                    _lookup.Remove(key);
                }
                else
                {
                    _entries[key] = value;
                    _lookup[key] = value;
                }
            }
        }
    }

    /// <summary>Does nothing: the entries go with the store.</summary>
    public void Dispose()
    {
    }

    private sealed class KeyOrder : IComparer<byte[]>, IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode((ReadOnlySpan<byte>)obj);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
