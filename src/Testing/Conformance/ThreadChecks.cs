using System.Collections.Concurrent;
using System.Collections.Immutable;
using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Reads beside each other and beside a commit.</summary>
internal static class ThreadChecks
{
    private const int Readers = 3;
    private const int Commits = 100;
    private const int KeysOfABatch = 40;

    public static ImmutableArray<StoreConformanceCheck> All { get; } =
    [
        StoreConformanceCheck.OfOpen("Ranges beside commits see whole batches, in their order", RangesSeeWholeBatches),
        StoreConformanceCheck.OfOpen("Reads of a key beside commits see values in the order of the batches", GetsSeeValuesInOrder),
    ];

    private static void RangesSeeWholeBatches(IKeyValueStore store) => ReadBesideCommits(store, last =>
    {
        byte[] values = [.. store.Range([]).Select(static entry => entry.Value[0]).Distinct()];
        return values.Length == 1 && values[0] >= last
            ? values[0]
            : throw new StoreConformanceException($"expected one value of {last} or more in all entries, found {Expect.Show(values)}.");
    });

    private static void GetsSeeValuesInOrder(IKeyValueStore store) => ReadBesideCommits(store, last =>
    {
        byte first = store.Get([0])![0];
        byte second = store.Get([KeysOfABatch - 1])![0];
        return first >= last && second >= first
            ? second
            : throw new StoreConformanceException($"expected values from {last} upwards, found {first} and then {second}.");
    });

    // The reader is given the newest value that it has seen and gives the one it sees.
    private static void ReadBesideCommits(IKeyValueStore store, Func<byte, byte> read)
    {
        byte[][] keys = [.. Enumerable.Range(0, KeysOfABatch).Select(static key => new[] { (byte)key })];
        store.Put(keys, [0]);
        var failures = new ConcurrentQueue<Exception>();
        using var done = new CancellationTokenSource();
        using var begun = new CountdownEvent(Readers);
        Thread[] readers = [.. Enumerable.Range(0, Readers).Select(_ => new Thread(() => ReadUntil(begun, read, failures, done.Token)))];
        Array.ForEach(readers, static reader => reader.Start());
        begun.Wait();
        for (byte value = 1; value <= Commits; value++)
            store.Put(keys, [value]);

        done.Cancel();
        Array.ForEach(readers, static reader => reader.Join());
        if (failures.TryDequeue(out Exception? failure))
            throw failure;
    }

    private static void ReadUntil(CountdownEvent begun, Func<byte, byte> read, ConcurrentQueue<Exception> failures, CancellationToken done)
    {
        byte last = 0;
        begun.Signal();
        try
        {
            do
                last = read(last);
            while (!done.IsCancellationRequested);
        }
        catch (Exception exception)
        {
            failures.Enqueue(exception);
        }
    }
}
