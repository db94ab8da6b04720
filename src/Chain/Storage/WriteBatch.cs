namespace DerChain.Chain.Storage;

/// <summary>Writes that a store commits together or not at all, in order.</summary>
/// <threadsafety>Single owner.</threadsafety>
public sealed class WriteBatch
{
    private readonly List<KeyValuePair<byte[], byte[]?>> _writes = [];

    /// <summary>The writes in order; a null value deletes the key. Arrays belong to the batch and are not changed by anyone.</summary>
    public IReadOnlyList<KeyValuePair<byte[], byte[]?>> Writes => _writes;

    /// <summary>Sets the value of a key.</summary>
    /// <param name="key">1 to 255 bytes; the batch takes ownership.</param>
    /// <param name="value">0 bytes to <see cref="IKeyValueStore.MaxValueBytes"/>; the batch takes ownership.</param>
    public void Put(byte[] key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, IKeyValueStore.MaxValueBytes, nameof(value));
        _writes.Add(new(Checked(key), value));
    }

    /// <summary>Removes a key; an absent key is fine.</summary>
    public void Delete(byte[] key) => _writes.Add(new(Checked(key), null));

    private static byte[] Checked(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 1, nameof(key));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, IKeyValueStore.MaxKeyBytes, nameof(key));
        return key;
    }
}
