using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Ranges.</summary>
internal static class RangeChecks
{
    private static readonly ImmutableArray<byte[]> Keys =
    [
        [0x00], [0x00, 0x00], [0x60, 0xff], [0x61], [0x61, 0x00], [0x61, 0x7f], [0x61, 0x80], [0x61, 0xff], [0x61, 0xff, 0x00], [0x62],
        [0xff], [0xff, 0xff], [0xff, 0xff, 0xff],
    ];

    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        StoreConformanceCheck.OfOpen("A range is in bytewise order and has its prefix", IsOrdered),
        StoreConformanceCheck.OfOpen("A range shows the state in which its enumeration began and holds no commit up", IsASnapshot),
        StoreConformanceCheck.OfOpen("A range that is enumerated again shows the newer state", BeginsAnew),
        StoreConformanceCheck.OfOpen("Ranges may be enumerated beside each other", MayBeNested),
        StoreConformanceCheck.OfOpen("A range that is left early or forgotten holds nothing up", MayBeAbandoned),
    ];

    private static void IsOrdered(IKeyValueStore store)
    {
        foreach (byte[] key in Keys.Reverse())
            store.Put(key, [.. key, 1]);

        foreach (byte[] prefix in (IEnumerable<byte[]>)[[], [0x60], [0x63], [0x61, 0xff, 0x00, 0x00], .. Keys])
        {
            IEnumerable<byte[]> expected = Keys.Where(key => key.AsSpan().StartsWith(prefix));
            Expect.Range(store, prefix, expected.Select(static key => new KeyValuePair<byte[], byte[]>(key, [.. key, 1])));
        }
    }

    private static void IsASnapshot(IKeyValueStore store)
    {
        store.Put([[1], [2], [3]], [1]);
        var seen = new List<KeyValuePair<byte[], byte[]>>();
        foreach (KeyValuePair<byte[], byte[]> entry in store.Range([]))
        {
            seen.Add(entry);
            store.Put([[2], [4]], [2]);
            store.Delete([3]);
        }

        Expect.Entries(seen, [new([1], [1]), new([2], [1]), new([3], [1])], "range during commits");
        Expect.Range(store, [], [new([1], [1]), new([2], [2]), new([4], [2])]);
    }

    private static void BeginsAnew(IKeyValueStore store)
    {
        store.Put([1], [1]);
        IEnumerable<KeyValuePair<byte[], byte[]>> range = store.Range([]);
        store.Put([2], [1]);
        Expect.Entries(range, [new([1], [1]), new([2], [1])], "range begun after a commit");
        store.Put([1], [3]);
        Expect.Entries(range, [new([1], [3]), new([2], [1])], "range begun again");
    }

    private static void MayBeNested(IKeyValueStore store)
    {
        store.Put([[1], [2], [3]], [1]);
        foreach ((byte[] outer, _) in store.Range([]))
            Expect.Range(store, outer, [new(outer, [1])]);
    }

    private static void MayBeAbandoned(IKeyValueStore store)
    {
        store.Put([[1], [2], [3]], [1]);
        for (byte count = 0; count < 50; count++)
        {
            IEnumerator<KeyValuePair<byte[], byte[]>> forgotten = store.Range([]).GetEnumerator();
            forgotten.MoveNext();
            if (count % 2 == 0)
                forgotten.Dispose();

            store.Put([3], [count]);
            Expect.Value(store, [3], [count]);
        }

        Expect.Range(store, [], [new([1], [1]), new([2], [1]), new([3], [49])]);
    }
}
