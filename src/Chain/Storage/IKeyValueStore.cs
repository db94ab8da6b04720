namespace DerChain.Chain.Storage;

/// <summary>Where a chain keeps its bytes: keys in bytewise order, and one atomic, durable batch at a time.</summary>
/// <remarks>
/// <para>Ownership: arrays that go in belong to the store, arrays that come out to the caller; neither side changes them.</para>
/// <para>Order: <see cref="Range"/> gives keys in ascending bytewise order, a shorter key before a longer one that begins with it.</para>
/// <para>Atomicity and durability: after <see cref="Commit"/> returns, all of the batch survives a crash of the process and of the machine; before it
/// returns, all or nothing of it does.</para>
/// <para>Threads: reads may run beside each other and beside one commit; a read sees the state before or after a batch, never between.</para>
/// </remarks>
public interface IKeyValueStore : IDisposable
{
    /// <summary>Longest key in bytes.</summary>
    const int MaxKeyBytes = 255;

    /// <summary>Longest value in bytes: 15 MiB.</summary>
    const int MaxValueBytes = 15 * 1024 * 1024;

    /// <summary>The value of a key, or null where it is absent.</summary>
    /// <exception cref="StoreException">The store could not be read, or what it holds is damaged.</exception>
    byte[]? Get(ReadOnlySpan<byte> key);

    /// <summary>The entries whose key begins with <paramref name="prefix"/>, in order.</summary>
    /// <exception cref="StoreException">The store could not be read, or what it holds is damaged.</exception>
    IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix);

    /// <summary>Writes a batch: all of it, durably, or none.</summary>
    /// <exception cref="StoreException">The batch was not written.</exception>
    void Commit(WriteBatch batch);
}
