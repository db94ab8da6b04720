using DerChain.Chain.Storage;

namespace DerChain.Chain;

/// <summary>Tells a store in which a chain is yet to be started.</summary>
internal static class StoreStart
{
    /// <summary>True where the store is empty, or holds nothing but writes of the batch that starts the chain: a start that was cut off and is made again.</summary>
    public static bool IsUnfinished(IKeyValueStore store, WriteBatch start)
    {
        if (!store.Range([]).Any())
            return true;

        var written = new Dictionary<byte[], byte[]?>(KeyOrder.Instance);
        foreach ((byte[] key, byte[]? value) in start.Writes)
            written[key] = value;

        return store.Range([]).All(entry => written.TryGetValue(entry.Key, out byte[]? value) && entry.Value.AsSpan().SequenceEqual(value));
    }
}
