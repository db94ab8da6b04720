using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Batches in a word.</summary>
internal static class StoreExtensions
{
    public static void Put(this IKeyValueStore store, byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        store.Commit(batch);
    }

    public static void Put(this IKeyValueStore store, IEnumerable<byte[]> keys, byte[] value)
    {
        var batch = new WriteBatch();
        foreach (byte[] key in keys)
            batch.Put(key, value);

        store.Commit(batch);
    }

    public static void Delete(this IKeyValueStore store, params byte[][] keys)
    {
        var batch = new WriteBatch();
        foreach (byte[] key in keys)
            batch.Delete(key);

        store.Commit(batch);
    }
}
