namespace DerChain.Chain.Storage;

/// <summary>Where a chain keeps its bytes: keys in bytewise order, and one atomic, durable batch at a time. A store of your own is held to this by
/// <c>StoreConformance</c> of the package DerChain.Testing.</summary>
/// <remarks>
/// <para>Ownership: an array that goes in belongs to the store, an array that comes out to the caller, and neither side changes its content. The
/// store belongs to who opened it, who disposes of it; from then on every call and every range in progress throws
/// <see cref="ObjectDisposedException"/>.</para>
/// <para>Order: <see cref="Range"/> gives keys in ascending bytewise order, a shorter key before a longer one that begins with it.</para>
/// <para>Atomicity: of a batch all writes are there or none, in their order, so that the last write of a key counts; whatever fails, also after
/// reopening.</para>
/// <para>Durability: after <see cref="Commit"/> returns, all of the batch survives a crash of the process and of the machine, unless the store was opened
/// with <see cref="CommitDurability.MayLoseLatestBatches"/> or keeps nothing at all. After <see cref="Commit"/> throws, the batch may be there or not,
/// the store refuses further commits, and opening it again tells.</para>
/// <para>Threads: reads may run beside each other and beside one commit; a read sees the state before or after a batch, never between. A range
/// shows the state in which its enumeration began, whatever is committed meanwhile, and holds no commit up.</para>
/// </remarks>
public interface IKeyValueStore : IDisposable
{
    /// <summary>Longest key in bytes.</summary>
    const int MaxKeyBytes = 255;

    /// <summary>Longest value in bytes: 15 MiB.</summary>
    const int MaxValueBytes = 15 * 1024 * 1024;

    /// <summary>The value of a key, or null where it is absent; a value of 0 bytes is not null.</summary>
    /// <param name="key">1 to <see cref="MaxKeyBytes"/> bytes.</param>
    /// <exception cref="StoreException">The store could not be read, or what it holds is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed of.</exception>
    byte[]? Get(ReadOnlySpan<byte> key);

    /// <summary>The entries whose key begins with <paramref name="prefix"/>, in order. Each enumeration reads anew; one that is left early is disposed
    /// of, as foreach does.</summary>
    /// <param name="prefix">0 bytes for all entries.</param>
    /// <exception cref="StoreException">The store could not be read, or what it holds is damaged; also thrown by the enumeration.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed of; also thrown by the enumeration.</exception>
    IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix);

    /// <summary>Writes a batch: all of it, durably, or none. One thread at a time.</summary>
    /// <param name="batch">May be committed to other stores too, and is not changed.</param>
    /// <exception cref="StoreException">The batch was not acknowledged: opening the store again tells whether it is there.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed of.</exception>
    void Commit(WriteBatch batch);
}
