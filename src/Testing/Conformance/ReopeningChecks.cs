using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>What a store keeps after it was disposed of.</summary>
internal static class ReopeningChecks
{
    private const int Reopenings = 12;

    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        new("What was committed is there after reopening", KeepsWhatWasCommitted),
        new("The longest value is there after reopening", KeepsTheLongest),
        new("After any batches and reopenings the store is a sorted dictionary", IsASortedDictionary),
        new("A store in use is refused a second time and goes on", IsOpenOnce),
        new("A forgotten range does not keep the store open", ForgetsRanges),
    ];

    private static void KeepsWhatWasCommitted(Func<IKeyValueStore> open)
    {
        Use(open, static store => Expect.Range(store, [], []));
        Use(open, static store =>
        {
            store.Put([[1], [2], [3]], [1]);
            store.Put([2], []);
            store.Delete([1]);
        });
        Use(open, static store => Expect.Range(store, [], [new([2], []), new([3], [1])]));
        Use(open, static store => store.Delete([2], [3]));
        Use(open, static store => Expect.Range(store, [], []));
    }

    private static void KeepsTheLongest(Func<IKeyValueStore> open)
    {
        var value = new byte[IKeyValueStore.MaxValueBytes];
        value[^1] = 7;
        Use(open, store => store.Put([[1], [2]], value));
        Use(open, store => Expect.Range(store, [], [new([1], value), new([2], value)]));
    }

    private static void IsASortedDictionary(Func<IKeyValueStore> open)
    {
        var model = new ModelStore(seed: 2);
        for (int count = 0; count < Reopenings; count++)
        {
            Use(open, store =>
            {
                Expect.Range(store, [], model.Entries);
                for (int batch = 0; batch <= count; batch++)
                    model.CommitRandomBatch(store);
            });
        }

        Use(open, store => Expect.Range(store, [], model.Entries));
    }

    private static void IsOpenOnce(Func<IKeyValueStore> open)
    {
        Use(open, store =>
        {
            store.Put([1], [1]);
            Expect.Throws<StoreException>("second opening", () => open().Dispose());
            store.Put([2], [1]);
        });
        Use(open, static store => Expect.Range(store, [], [new([1], [1]), new([2], [1])]));
    }

    private static void ForgetsRanges(Func<IKeyValueStore> open)
    {
        Use(open, static store =>
        {
            store.Put([[1], [2], [3]], [1]);
            store.Range([]).GetEnumerator().MoveNext();
            store.Put([3], [2]);
        });
        Use(open, static store => Expect.Range(store, [3], [new([3], [2])]));
    }

    private static void Use(Func<IKeyValueStore> open, Action<IKeyValueStore> action)
    {
        using IKeyValueStore store = open();
        action(store);
    }
}
