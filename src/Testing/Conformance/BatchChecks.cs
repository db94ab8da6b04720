using System.Buffers.Binary;
using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Batches.</summary>
internal static class BatchChecks
{
    private const int ManyWrites = 3_000;
    private const int RandomBatches = 60;

    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        StoreConformanceCheck.OfOpen("Within a batch the last write of a key counts", AppliesInOrder),
        StoreConformanceCheck.OfOpen("An empty batch changes nothing", AcceptsAnEmptyBatch),
        StoreConformanceCheck.OfOpen("A batch may have many writes", AppliesManyWrites),
        StoreConformanceCheck.OfOpen("A batch may be committed again", AcceptsTheSameBatchTwice),
        StoreConformanceCheck.OfOpen("After any batches the store is a sorted dictionary", IsASortedDictionary),
    ];

    private static void AppliesInOrder(IKeyValueStore store)
    {
        var batch = new WriteBatch();
        batch.Put([1], [1]);
        batch.Put([1], [2]);
        batch.Put([2], [1]);
        batch.Delete([2]);
        batch.Delete([3]);
        batch.Put([3], [3]);
        store.Commit(batch);
        Expect.Range(store, [], [new([1], [2]), new([3], [3])]);
        Expect.Value(store, [2], null);
    }

    private static void AcceptsAnEmptyBatch(IKeyValueStore store)
    {
        store.Commit(new WriteBatch());
        store.Put([1], [1]);
        store.Commit(new WriteBatch());
        Expect.Range(store, [], [new([1], [1])]);
    }

    private static void AppliesManyWrites(IKeyValueStore store)
    {
        KeyValuePair<byte[], byte[]>[] entries = [.. Enumerable.Range(0, ManyWrites).Select(static number => Numbered(number))];
        var batch = new WriteBatch();
        foreach ((byte[] key, byte[] value) in entries.Reverse())
            batch.Put(key, value);

        store.Commit(batch);
        Expect.Range(store, [], entries);
        store.Delete([.. entries.Skip(1).Select(static entry => entry.Key)]);
        Expect.Range(store, [], entries[..1]);
    }

    private static void AcceptsTheSameBatchTwice(IKeyValueStore store)
    {
        var batch = new WriteBatch();
        batch.Put([1], [1]);
        batch.Delete([2]);
        store.Commit(batch);
        store.Put([1], [9]);
        store.Put([2], [9]);
        store.Commit(batch);
        Expect.Range(store, [], [new([1], [1])]);
    }

    private static void IsASortedDictionary(IKeyValueStore store)
    {
        var model = new ModelStore(seed: 1);
        for (int count = 0; count < RandomBatches; count++)
        {
            model.CommitRandomBatch(store);
            Expect.Range(store, [], model.Entries);
        }

        foreach ((byte[] key, byte[] value) in model.Entries)
            Expect.Value(store, key, value);
    }

    private static KeyValuePair<byte[], byte[]> Numbered(int number)
    {
        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return new(key, [.. Enumerable.Repeat((byte)(number % 251), number % 97)]);
    }
}
