using DerChain.Chain.Storage;

namespace DerChain.Testing.Tests;

public sealed class FaultyStoreTests
{
    private readonly MemoryStore _inner = new();

    [Fact]
    public void Without_a_schedule_it_is_the_inner_store_and_counts_writes()
    {
        using var store = new FaultyStore(_inner);
        store.Commit(Batch(1, 2, 3));
        store.Commit(Batch(4));
        Assert.Equal([3, 1], store.WritesPerCommit);
        Assert.Equal([4], store.Get([4]));
        Assert.Equal([1, 2, 3, 4], KeysOf(store));
        Assert.Null(store.Occurred);
    }

    [Fact]
    public void A_commit_that_fails_before_writes_nothing()
    {
        Fail(StoreFault.BeforeCommit(2));
        Assert.Equal([1, 2, 3], KeysOf(_inner));
    }

    [Fact]
    public void A_commit_that_tears_writes_its_first_writes()
    {
        Fail(StoreFault.TornCommit(2, 2));
        Assert.Equal([1, 2, 3, 4, 5], KeysOf(_inner));
    }

    [Fact]
    public void A_commit_that_fails_after_has_written_all()
    {
        Fail(StoreFault.AfterCommit(2));
        Assert.Equal([1, 2, 3, 4, 5, 6], KeysOf(_inner));
    }

    [Fact]
    public void After_a_fault_nothing_goes_until_it_is_opened_again()
    {
        FaultyStore broken = Fail(StoreFault.BeforeCommit(2));
        Assert.Throws<StoreException>(() => broken.Get([1]));
        Assert.Throws<StoreException>(() => broken.Range([]));
        Assert.Throws<StoreException>(() => broken.Commit(Batch(9)));
        broken.Dispose();
        Assert.Throws<ObjectDisposedException>(() => broken.Get([1]));

        using var reopened = new FaultyStore(_inner);
        reopened.Commit(Batch(9));
        Assert.Equal([1, 2, 3, 9], KeysOf(reopened));
    }

    [Fact]
    public void A_range_that_had_begun_breaks_with_the_store()
    {
        var store = new FaultyStore(_inner, StoreFault.AfterCommit(2));
        store.Commit(Batch(1, 2));
        using IEnumerator<KeyValuePair<byte[], byte[]>> entries = store.Range([]).GetEnumerator();
        Assert.True(entries.MoveNext());
        Assert.Throws<StoreException>(() => store.Commit(Batch(3)));
        Assert.Throws<StoreException>(() => entries.MoveNext());
    }

    [Fact]
    public void Every_fault_of_a_run_is_listed_once() => Assert.Equal(
        [
            StoreFault.BeforeCommit(1), StoreFault.TornCommit(1, 1), StoreFault.TornCommit(1, 2), StoreFault.AfterCommit(1),
            StoreFault.BeforeCommit(2), StoreFault.AfterCommit(2),
        ],
        StoreFault.AllOf([3, 1]));

    [Fact]
    public void A_schedule_with_two_faults_for_a_commit_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => new FaultyStore(_inner, StoreFault.BeforeCommit(1), StoreFault.AfterCommit(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => StoreFault.BeforeCommit(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StoreFault.TornCommit(1, 0));
    }

    private FaultyStore Fail(StoreFault fault)
    {
        var store = new FaultyStore(_inner, fault);
        store.Commit(Batch(1, 2, 3));
        Assert.Throws<StoreException>(() => store.Commit(Batch(4, 5, 6)));
        Assert.Equal(fault, store.Occurred);
        return store;
    }

    private static IEnumerable<byte> KeysOf(IKeyValueStore store) => store.Range([]).Select(static entry => entry.Key[0]);

    private static WriteBatch Batch(params byte[] keys)
    {
        var batch = new WriteBatch();
        foreach (byte key in keys)
            batch.Put([key], [key]);

        return batch;
    }
}
