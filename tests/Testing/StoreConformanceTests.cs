using DerChain.Chain.Storage;

namespace DerChain.Testing.Tests;

/// <summary>A suite that no store can fail would show nothing: each check is failed by a store with one mistake.</summary>
public sealed class StoreConformanceTests
{
    private static readonly Dictionary<string, Func<IKeyValueStore>> Mistakes = new()
    {
        ["What was put is got, replaced and deleted"] = static () =>
            new WrongStore { Committed = static batch => [Only(batch, static write => write.Value is not null)] },
        ["An empty value is not an absent one"] = static () => new WrongStore { Got = static value => value is [] ? null : value },
        ["A key is not taken for one that begins with it"] = static () =>
            new WrongStore { Committed = static batch => [Of(batch.Writes.Select(static write => KeyValuePair.Create(write.Key[..1], write.Value)))] },
        ["Keys and values may be as long as the port says"] = static () =>
            new WrongStore { Committed = static batch => [Only(batch, static write => write.Value?.Length < 1 << 20)] },
        ["Arrays that went in or came out are not changed by the store"] = static () => new WrongStore { Committed = Overwritten },
        ["Within a batch the last write of a key counts"] = static () => new WrongStore { Committed = static batch => [Of(batch.Writes.Reverse())] },
        ["An empty batch changes nothing"] = static () =>
            new WrongStore { Committed = static batch => batch.Writes.Count == 0 ? throw new StoreException("Empty.") : [batch] },
        ["A batch may have many writes"] = static () => new WrongStore { Committed = static batch => [Of(batch.Writes.Take(1_000))] },
        ["A batch may be committed again"] = static () => OncePerBatch(),
        ["After any batches the store is a sorted dictionary"] = static () => ForgetfulAfter(batches: 30),
        ["A range is in bytewise order and has its prefix"] = static () => new WrongStore { Ranged = static entries => entries.Reverse() },
        ["A range shows the state in which its enumeration began and holds no commit up"] = static () => new LiveRangeStore(),
        ["A range that is enumerated again shows the newer state"] = static () => new WrongStore { Ranged = static entries => [.. entries] },
        ["Ranges may be enumerated beside each other"] = static () => OneRangeAtATime(),
        ["A range that is left early or forgotten holds nothing up"] = static () => OneRangeAtATime(),
        ["Ranges beside commits see whole batches, in their order"] = static () => new WrongStore { Committed = Torn },
        ["Reads of a key beside commits see values in the order of the batches"] = static () =>
            new WrongStore { Committed = static batch => Torn(Of(batch.Writes.Reverse())) },
        ["No batch and no prefix are misuse and change nothing"] = static () => new WrongStore { TakesNull = true },
        ["After it was disposed of, the store refuses every call"] = static () => new WrongStore { IgnoresDisposal = true },
        ["The store may be disposed of twice"] = static () => new WrongStore { RefusesSecondDisposal = true },
        ["A range in progress ends when the store is disposed of"] = static () => new WrongStore { Ranged = static entries => Buffered(entries) },
    };

    public static TheoryData<string> Checks => [.. StoreConformance.Checks.Select(static check => check.Name)];

    public static TheoryData<string> DurableChecks => [.. StoreConformance.DurableChecks.Select(static check => check.Name)];

    [Fact]
    public void Names_are_told_apart()
    {
        string[] names = [.. StoreConformance.Checks.Concat(StoreConformance.DurableChecks).Select(static check => check.Name)];
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(StoreConformance.Checks.Select(static check => check.Name), Mistakes.Keys);
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_store_without_mistakes_passes(string name) => Find(name).Run(static () => new WrongStore());

    [Theory]
    [MemberData(nameof(Checks))]
    public void A_store_with_that_mistake_fails_and_is_told_where(string name)
    {
        var failure = Assert.Throws<StoreConformanceException>(() => Find(name).Run(Mistakes[name]));
        Assert.StartsWith(name + ": ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DurableChecks))]
    public void A_store_that_forgets_is_not_durable(string name)
    {
        // One that is always empty at opening, and can be opened any number of times; where nothing is kept, forgotten ranges do no harm.
        Assert.Throws<StoreConformanceException>(() => Find(name).Run(static () => new MemoryStore()));
    }

    private static StoreConformanceCheck Find(string name) =>
        StoreConformance.Checks.Concat(StoreConformance.DurableChecks).Single(check => check.Name == name);

    private static WriteBatch Only(WriteBatch batch, Func<KeyValuePair<byte[], byte[]?>, bool> keeps) => Of(batch.Writes.Where(keeps));

    private static IEnumerable<WriteBatch> Torn(WriteBatch batch) => batch.Writes.Select(static write => Of([write]));

    private static WriteBatch Of(IEnumerable<KeyValuePair<byte[], byte[]?>> writes)
    {
        var batch = new WriteBatch();
        foreach ((byte[] key, byte[]? value) in writes)
        {
            if (value is null)
                batch.Delete(key);
            else
                batch.Put(key, value);
        }

        return batch;
    }

    private static IEnumerable<WriteBatch> Overwritten(WriteBatch batch)
    {
        yield return Of(batch.Writes.Select(static write => new KeyValuePair<byte[], byte[]?>([.. write.Key], write.Value?.ToArray())));
        foreach ((byte[] key, _) in batch.Writes)
            Array.Clear(key);
    }

    private static WrongStore OncePerBatch()
    {
        var seen = new HashSet<WriteBatch>();
        return new WrongStore { Committed = batch => seen.Add(batch) ? [batch] : [] };
    }

    private static WrongStore ForgetfulAfter(int batches)
    {
        int count = 0;
        return new WrongStore { Committed = batch => ++count > batches ? [] : [batch] };
    }

    private static WrongStore OneRangeAtATime()
    {
        var users = new HashSet<object>();
        return new WrongStore { Ranged = entries => Exclusive(entries, users) };
    }

    private static IEnumerable<KeyValuePair<byte[], byte[]>> Exclusive(IEnumerable<KeyValuePair<byte[], byte[]>> entries, HashSet<object> users)
    {
        if (users.Count > 0)
            throw new StoreException("Another range is in progress.");

        users.Add(entries);
        try
        {
            foreach (KeyValuePair<byte[], byte[]> entry in entries)
                yield return entry;
        }
        finally
        {
            users.Remove(entries);
        }
    }

    private static IEnumerable<KeyValuePair<byte[], byte[]>> Buffered(IEnumerable<KeyValuePair<byte[], byte[]>> entries)
    {
        foreach (KeyValuePair<byte[], byte[]> entry in entries.ToList())
            yield return entry;
    }

    /// <summary>Reads each entry of a range when it is asked for.</summary>
    private sealed class LiveRangeStore : IKeyValueStore
    {
        private readonly MemoryStore _inner = new();

        public byte[]? Get(ReadOnlySpan<byte> key) => _inner.Get(key);

        public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix) =>
            _inner.Range(prefix).Select(entry => new KeyValuePair<byte[], byte[]>(entry.Key, _inner.Get(entry.Key) ?? []));

        public void Commit(WriteBatch batch) => _inner.Commit(batch);

        public void Dispose() => _inner.Dispose();
    }
}
