using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Misuse, and the end of a store.</summary>
internal static class LifetimeChecks
{
    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        StoreConformanceCheck.OfOpen("No batch and no prefix are misuse and change nothing", RefusesNull),
        StoreConformanceCheck.OfOpen("After it was disposed of, the store refuses every call", RefusesUseAfterDisposal),
        StoreConformanceCheck.OfOpen("The store may be disposed of twice", MayBeDisposedTwice),
        StoreConformanceCheck.OfOpen("A range in progress ends when the store is disposed of", EndsRanges),
    ];

    private static void RefusesNull(IKeyValueStore store)
    {
        store.Put([1], [1]);
        Expect.Throws<ArgumentNullException>("commit of null", () => store.Commit(null!));
        Expect.Throws<ArgumentNullException>("range of null", () => store.Range(null!));
        Expect.Range(store, [], [new([1], [1])]);
    }

    private static void RefusesUseAfterDisposal(IKeyValueStore store)
    {
        store.Put([1], [1]);
        Expect.Value(store, [1], [1]);
        IEnumerable<KeyValuePair<byte[], byte[]>> notBegun = store.Range([]);
        store.Dispose();
        Expect.Throws<ObjectDisposedException>("get", () => store.Get([1]));
        Expect.Throws<ObjectDisposedException>("range", () => store.Range([]));
        Expect.Throws<ObjectDisposedException>("range that was not begun", () => notBegun.GetEnumerator().MoveNext());
        Expect.Throws<ObjectDisposedException>("commit", () => store.Put([1], [2]));
    }

    private static void MayBeDisposedTwice(IKeyValueStore store)
    {
        store.Dispose();
        store.Dispose();
    }

    private static void EndsRanges(IKeyValueStore store)
    {
        store.Put([[1], [2], [3]], [1]);
        using IEnumerator<KeyValuePair<byte[], byte[]>> entries = store.Range([]).GetEnumerator();
        entries.MoveNext();
        store.Dispose();
        Expect.Throws<ObjectDisposedException>("next entry", () => entries.MoveNext());
    }
}
