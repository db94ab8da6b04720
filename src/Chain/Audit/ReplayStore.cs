using DerChain.Chain.Storage;

namespace DerChain.Chain.Audit;

/// <summary>Takes what a chain writes while it is verified again, and compares each entry with the one in the audited store.</summary>
/// <remarks>Entries are written once and never change, but for the head and the conflict: their last values are compared at the end.</remarks>
internal sealed class ReplayStore(IKeyValueStore audited) : IKeyValueStore
{
    private readonly HashSet<byte[]> _written = new(KeyOrder.Instance);
    private byte[]? _head;

    /// <summary>Entries compared so far.</summary>
    public long Compared { get; private set; }

    /// <summary>Key of the first entry that differs, or null.</summary>
    public byte[]? FirstDifference { get; private set; }

    /// <summary>True where verification has written the key.</summary>
    public bool HasWritten(byte[] key) => _written.Contains(key);

    /// <summary>Compares the head, which only now has its last value.</summary>
    public void CompareHead() => Compare(ChainSchema.Head, _head);

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        if (key.SequenceEqual(ChainSchema.Head))
            return _head;

        return _written.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(key) ? audited.Get(key) : null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix) =>
        _written.Count == 0 ? [] : audited.Range(prefix).Where(entry => _written.Contains(entry.Key));

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        foreach ((byte[] key, byte[]? value) in batch.Writes)
        {
            if (value is null)
                _written.Remove(key);
            else
                _written.Add(key);

            if (key.AsSpan().SequenceEqual(ChainSchema.Head))
                _head = value;
            else if (value is not null && !key.AsSpan().SequenceEqual(ChainSchema.Conflict))
                Compare(key, value);
        }
    }

    /// <summary>Does nothing: the audited store is its owner's.</summary>
    public void Dispose()
    {
    }

    private void Compare(byte[] key, byte[]? expected)
    {
        Compared++;
        if (FirstDifference is null && !audited.Get(key).AsSpan().SequenceEqual(expected))
            FirstDifference = key;
    }
}
