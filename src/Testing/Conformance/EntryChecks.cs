using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Single entries.</summary>
internal static class EntryChecks
{
    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        StoreConformanceCheck.OfOpen("What was put is got, replaced and deleted", Replaces),
        StoreConformanceCheck.OfOpen("An empty value is not an absent one", KeepsEmptyValues),
        StoreConformanceCheck.OfOpen("A key is not taken for one that begins with it", TellsKeysApart),
        StoreConformanceCheck.OfOpen("Keys and values may be as long as the port says", KeepsTheLongest),
        StoreConformanceCheck.OfOpen("Arrays that went in or came out are not changed by the store", LeavesArraysAlone),
    ];

    private static void Replaces(IKeyValueStore store)
    {
        Expect.Value(store, [1], null);
        store.Put([1], [10]);
        Expect.Value(store, [1], [10]);
        store.Put([1], [11, 12]);
        Expect.Value(store, [1], [11, 12]);
        store.Put([1], [13]);
        Expect.Value(store, [1], [13]);
        store.Delete([1], [9]);
        Expect.Value(store, [1], null);
        store.Put([1], [14]);
        Expect.Value(store, [1], [14]);
    }

    private static void KeepsEmptyValues(IKeyValueStore store)
    {
        store.Put([1], []);
        store.Put([2], [2]);
        store.Put([2], []);
        Expect.Value(store, [1], []);
        Expect.Range(store, [], [new([1], []), new([2], [])]);
    }

    private static void TellsKeysApart(IKeyValueStore store)
    {
        store.Put([1, 0], [10]);
        Expect.Value(store, [1], null);
        Expect.Value(store, [1, 0, 0], null);
        store.Put([1], [11]);
        store.Put([1, 0, 0], [12]);
        store.Delete([1]);
        Expect.Range(store, [], [new([1, 0], [10]), new([1, 0, 0], [12])]);
    }

    private static void KeepsTheLongest(IKeyValueStore store)
    {
        byte[] key = [.. Enumerable.Repeat((byte)0xff, IKeyValueStore.MaxKeyBytes)];
        byte[] other = [.. key[..^1], 0xfe];
        var value = new byte[IKeyValueStore.MaxValueBytes];
        value[0] = 6;
        value[^1] = 7;
        store.Put(key, value);
        store.Put(other, [1]);
        Expect.Value(store, key, value);
        Expect.Range(store, key[..^1], [new(other, [1]), new(key, value)]);
    }

    private static void LeavesArraysAlone(IKeyValueStore store)
    {
        byte[] key = [1, 2];
        byte[] value = [3, 4];
        store.Put(key, value);
        byte[] got = store.Get([1, 2])!;
        (byte[] rangeKey, byte[] rangeValue) = store.Range([]).Single();
        store.Put([1, 2], [5, 6]);
        store.Delete([1, 2]);
        (byte[] Array, byte[] Expected)[] cases = [(key, [1, 2]), (value, [3, 4]), (got, [3, 4]), (rangeKey, [1, 2]), (rangeValue, [3, 4])];
        foreach ((byte[] array, byte[] expected) in cases)
        {
            if (!array.AsSpan().SequenceEqual(expected))
                throw new StoreConformanceException($"expected {Expect.Show(expected)} as before, found {Expect.Show(array)}.");
        }
    }
}
