using CsCheck;
using DerChain.Chain.Storage;

namespace DerChain.Chain.Tests.Storage;

/// <summary>What every store does. A class for each store derives from this one.</summary>
public abstract class StoreConformanceTests : IDisposable
{
    private IKeyValueStore? _store;

    /// <summary>Opens the store; a second time gives what was committed before.</summary>
    protected abstract IKeyValueStore Open();

    private IKeyValueStore Store => _store ??= Open();

    public virtual void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_was_put_is_got_replaced_and_deleted()
    {
        Assert.Null(Store.Get([1]));
        Put([1], [10]);
        Put([2], []);
        Assert.Equal([10], Store.Get([1]));
        Assert.Empty(Store.Get([2])!);
        Put([1], [11, 12]);
        Assert.Equal([11, 12], Store.Get([1]));
        var batch = new WriteBatch();
        batch.Delete([1]);
        batch.Delete([9]);
        Store.Commit(batch);
        Assert.Null(Store.Get([1]));
        Assert.Null(Store.Get([1, 0]));
    }

    [Fact]
    public void Within_a_batch_the_last_write_of_a_key_counts()
    {
        var batch = new WriteBatch();
        batch.Put([1], [1]);
        batch.Put([1], [2]);
        batch.Put([2], [1]);
        batch.Delete([2]);
        batch.Delete([3]);
        batch.Put([3], [3]);
        Store.Commit(batch);
        Assert.Equal([2], Store.Get([1]));
        Assert.Null(Store.Get([2]));
        Assert.Equal([3], Store.Get([3]));
    }

    [Fact]
    public void A_range_is_in_bytewise_order_and_has_its_prefix()
    {
        byte[][] keys = [[0x61], [0x61, 0x00], [0x61, 0x7f], [0x61, 0x80], [0x61, 0xff], [0x61, 0xff, 0x00], [0x62], [0x60, 0xff], [0xff], [0xff, 0xff]];
        foreach (byte[] key in keys.Reverse())
            Put(key, [.. key, 1]);

        Assert.Equal(keys.Where(key => key[0] == 0x61), Store.Range([0x61]).Select(entry => entry.Key));
        Assert.All(Store.Range([0x61]), entry => Assert.Equal([.. entry.Key, 1], entry.Value));
        Assert.Equal([[0xff], [0xff, 0xff]], Store.Range([0xff]).Select(entry => entry.Key));
        Assert.Equal(keys.Length, Store.Range([]).Count());
        Assert.Empty(Store.Range([0x63]));
    }

    [Fact]
    public void A_range_is_not_disturbed_by_a_commit_and_does_not_hold_it_up()
    {
        Put([1], [1]);
        Put([2], [2]);
        var seen = new List<byte>();
        foreach ((byte[] key, _) in Store.Range([]))
        {
            seen.Add(key[0]);
            Put([3], [3]);
        }

        Assert.Equal([1, 2], seen);
        Assert.Equal([3], Store.Get([3]));
    }

    [Fact]
    public void Keys_and_values_may_be_as_long_as_the_port_says()
    {
        byte[] key = [.. Enumerable.Repeat((byte)0xee, IKeyValueStore.MaxKeyBytes)];
        var value = new byte[IKeyValueStore.MaxValueBytes];
        value[^1] = 7;
        Put(key, value);
        Assert.True(value.AsSpan().SequenceEqual(Store.Get(key)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put([], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put(new byte[IKeyValueStore.MaxKeyBytes + 1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WriteBatch().Put([1], new byte[IKeyValueStore.MaxValueBytes + 1]));
    }

    [Fact]
    public void The_store_is_a_sorted_dictionary() =>
        Gen.Select(Gen.Byte[0, 3].Array[1, 3], Gen.Byte.Array[0, 4], Gen.Bool).Array[0, 8].Array[1, 5].Sample(
            batches =>
            {
                var expected = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
                Clear();
                foreach (var writes in batches)
                {
                    var batch = new WriteBatch();
                    foreach ((byte[] key, byte[] value, bool deletes) in writes)
                    {
                        if (deletes)
                            batch.Delete(key);
                        else
                            batch.Put(key, value);

                        if (deletes)
                            expected.Remove(Convert.ToHexString(key));
                        else
                            expected[Convert.ToHexString(key)] = value;
                    }

                    Store.Commit(batch);
                }

                Assert.Equal(
                    expected.Select(entry => (entry.Key, Convert.ToHexString(entry.Value))),
                    Store.Range([]).Select(entry => (Convert.ToHexString(entry.Key), Convert.ToHexString(entry.Value))));
            },
            iter: 20,
            threads: 1);

    [Fact]
    public void Reads_beside_commits_see_whole_batches()
    {
        Put([1], [0]);
        Put([2], [0]);
        using var done = new CancellationTokenSource();
        Exception? failure = null;
        var reader = new Thread(() => failure = Record.Exception(() =>
        {
            while (!done.IsCancellationRequested)
            {
                byte[][] values = [.. Store.Range([]).Select(entry => entry.Value)];
                Assert.Equal(values[0], values[1]);
            }
        }));
        reader.Start();
        for (byte value = 1; value <= 50; value++)
        {
            var batch = new WriteBatch();
            batch.Put([1], [value]);
            batch.Put([2], [value]);
            Store.Commit(batch);
        }

        done.Cancel();
        reader.Join();
        Assert.Null(failure);
    }

    protected void Put(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        Store.Commit(batch);
    }

    protected IKeyValueStore Reopen()
    {
        _store?.Dispose();
        return _store = Open();
    }

    private void Clear()
    {
        var batch = new WriteBatch();
        foreach ((byte[] key, _) in Store.Range([]).ToList())
            batch.Delete(key);

        Store.Commit(batch);
    }
}

public sealed class MemoryStoreTests : StoreConformanceTests
{
    protected override IKeyValueStore Open() => new MemoryStore();
}
