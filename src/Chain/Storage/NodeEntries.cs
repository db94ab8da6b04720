namespace DerChain.Chain.Storage;

/// <summary>What the node that owns this copy of a chain keeps beside it in the same store: its last seal, the votes it casts, transactions it has
/// accepted. No block commits to it, other copies do not have it, and an audit does not judge it.</summary>
/// <remarks>A key has 1 to <see cref="MaxKeyBytes"/> bytes, a value at most <see cref="MaxValueBytes"/>; a batch of other ones is misuse
/// (<see cref="ArgumentException"/>). What is read is checked against a checksum. After a write that failed, what is read may be as before or after it.</remarks>
/// <threadsafety>Thread-safe; <see cref="Commit"/> waits for an import and for other commits.</threadsafety>
public sealed class NodeEntries
{
    /// <summary>Longest key in bytes: 200.</summary>
    public const int MaxKeyBytes = 200;

    /// <summary>Longest value in bytes: 8 less than a store takes, for the checksum.</summary>
    public const int MaxValueBytes = IKeyValueStore.MaxValueBytes - ChecksummedValue.ChecksumBytes;

    private readonly IKeyValueStore _store;
    private readonly Action<WriteBatch> _commit;

    internal NodeEntries(IKeyValueStore store, Action<WriteBatch> commit)
    {
        _store = store;
        _commit = commit;
    }

    /// <summary>The value of a key, or null where it is absent.</summary>
    /// <param name="key">1 to <see cref="MaxKeyBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    /// <exception cref="StoreException">The store could not be read, or the value was damaged (<see cref="StoreCorruptException"/>).</exception>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        byte[] stored = StoredKey(key, nameof(key));
        return _store.Get(stored) is { } value ? Decode(stored, value) : null;
    }

    /// <summary>The entries whose key begins with <paramref name="prefix"/>, in bytewise order of keys. Each enumeration reads anew and shows one state.</summary>
    /// <param name="prefix">0 to <see cref="MaxKeyBytes"/> bytes; 0 for all entries.</param>
    /// <exception cref="ArgumentException">The prefix is too long.</exception>
    /// <exception cref="StoreException">The store could not be read, or a value was damaged; thrown by the enumeration.</exception>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        byte[] stored = prefix.Length == 0 ? [ChainSchema.NodeEntryPrefix] : StoredKey(prefix, nameof(prefix));
        return _store.Range(stored).Select(static entry => KeyValuePair.Create(entry.Key[1..], Decode(entry.Key, entry.Value)));
    }

    /// <summary>Writes entries: all of them, durably, or none. With a block of its own: <see cref="Blockchain.Import"/>.</summary>
    /// <param name="entries">The entries; not changed.</param>
    /// <exception cref="ArgumentException">A key or a value is too long.</exception>
    /// <exception cref="StoreException">The entries were not acknowledged; the chain takes no further write until it is opened again, which tells whether
    /// they are there.</exception>
    public void Commit(WriteBatch entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _commit(Encode(entries));
    }

    /// <summary>A batch that begins with these entries as they are stored; an empty one where there are none.</summary>
    internal static WriteBatch Encode(WriteBatch? entries)
    {
        var batch = new WriteBatch();
        foreach ((byte[] key, byte[]? value) in entries?.Writes ?? [])
        {
            byte[] stored = StoredKey(key, nameof(entries));
            if (value is null)
                batch.Delete(stored);
            else if (value.Length <= MaxValueBytes)
                batch.Put(stored, ChecksummedValue.Encode(stored, value));
            else
                throw new ArgumentException($"An entry of a node has at most {MaxValueBytes} bytes; {value.Length} were given.", nameof(entries));
        }

        return batch;
    }

    private static byte[] StoredKey(ReadOnlySpan<byte> key, string parameter) =>
        key.Length is >= 1 and <= MaxKeyBytes
            ? [ChainSchema.NodeEntryPrefix, .. key]
            : throw new ArgumentException($"The key of a node's entry has 1 to {MaxKeyBytes} bytes; {key.Length} were given.", parameter);

    private static byte[] Decode(byte[] storedKey, byte[] value) =>
        ChecksummedValue.TryDecode(storedKey, value, out ReadOnlySpan<byte> decoded)
            ? decoded.ToArray()
            : throw new StoreCorruptException($"The stored {ChainSchema.Describe(storedKey)} was altered: its checksum does not match.");
}
