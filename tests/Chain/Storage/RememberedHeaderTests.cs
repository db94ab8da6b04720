using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Chain.Tests.Storage;

/// <summary>A header is checked against its hash when it is read, and once read it is remembered: what is found is true or an error either way.</summary>
public sealed class RememberedHeaderTests
{
    private readonly MemoryStore _store = new();
    private readonly Block _block;

    public RememberedHeaderTests()
    {
        Blockchain chain = TestChain.Open(TestChain.GenesisOf(3), _store).Chain;
        _block = chain.FindBlock(chain.GenesisHash)!;
    }

    [Fact]
    public void An_altered_header_is_refused_when_it_is_read_and_never_found_later()
    {
        var before = new ChainStore(_store);
        Assert.Equal(_block.Header, before.FindHeader(_block.Hash));
        byte[] altered = _block.Header.Encode();
        altered[^1] ^= 1;
        Put(altered);
        Assert.Equal(_block.Header, before.FindHeader(_block.Hash));
        var after = new ChainStore(_store);
        Assert.Throws<StoreCorruptException>(() => after.FindHeader(_block.Hash));
        Assert.Throws<StoreCorruptException>(() => after.FindHeader(_block.Hash));
        Put(_block.Header.Encode());
        Assert.Equal(_block.Header, after.FindHeader(_block.Hash));
    }

    [Fact]
    public void A_header_that_is_not_there_is_found_once_it_is()
    {
        var store = new MemoryStore();
        var entries = new ChainStore(store);
        Assert.Null(entries.FindHeader(_block.Hash));
        var batch = new WriteBatch();
        batch.Put(ChainSchema.Header(_block.Hash), _block.Header.Encode());
        store.Commit(batch);
        Assert.Equal(_block.Header, entries.FindHeader(_block.Hash));
    }

    [Fact]
    public void What_is_used_stays_and_no_more_than_the_capacity_is_held()
    {
        const int capacity = 10;
        var recent = new RecentlyUsed<string>(capacity);
        for (int number = 0; number < 100; number++)
        {
            recent.Add(Key(number), $"{number}");
            Assert.Equal("0", recent.Find(Key(0)));
            Assert.Equal($"{number}", recent.Find(Key(number)));
        }

        Assert.InRange(Enumerable.Range(0, 100).Count(number => recent.Find(Key(number)) is not null), 2, capacity);
    }

    private static Hash256 Key(int number) => Hash256.FromBytes([.. new byte[31], (byte)number]);

    private void Put(byte[] header)
    {
        var batch = new WriteBatch();
        batch.Put(ChainSchema.Header(_block.Hash), header);
        _store.Commit(batch);
    }
}
