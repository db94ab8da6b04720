using System.Text;
using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Testing;

namespace DerChain.Chain.Tests.Storage;

public sealed class NodeEntriesTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();
    private readonly TestChain _chain;

    public NodeEntriesTests() => _chain = TestChain.Open(Genesis, _store);

    private NodeEntries Entries => _chain.Chain.NodeEntries;

    [Fact]
    public void Entries_are_read_as_they_were_written_also_after_reopening()
    {
        Entries.Commit(Batch(("vote b", "2"), ("seal", ""), ("vote a", "1")));
        Assert.Equal("2", Text(Entries.Get("vote b"u8)));
        Assert.Equal("", Text(Entries.Get("seal"u8)));
        Assert.Null(Entries.Get("vote"u8));
        NodeEntries reopened = TestChain.Open(Genesis, _store).Chain.NodeEntries;
        Assert.Equal(["vote a=1", "vote b=2"], Texts(reopened, "vote "));
        Assert.Equal(["seal=", "vote a=1", "vote b=2"], Texts(reopened, ""));
    }

    [Fact]
    public void Entries_are_replaced_and_deleted()
    {
        Entries.Commit(Batch(("a", "1"), ("b", "2")));
        WriteBatch batch = Batch(("a", "3"));
        batch.Delete("b"u8.ToArray());
        batch.Delete("never there"u8.ToArray());
        Entries.Commit(batch);
        Assert.Equal(["a=3"], Texts(Entries, ""));
    }

    [Fact]
    public void A_key_has_1_to_200_bytes_and_a_value_leaves_room_for_its_checksum()
    {
        var longest = new WriteBatch();
        longest.Put(new byte[NodeEntries.MaxKeyBytes], new byte[NodeEntries.MaxValueBytes]);
        Entries.Commit(longest);
        Assert.Equal(NodeEntries.MaxValueBytes, Entries.Get(new byte[NodeEntries.MaxKeyBytes])?.Length);

        var longKey = new WriteBatch();
        longKey.Put(new byte[NodeEntries.MaxKeyBytes + 1], []);
        var longValue = new WriteBatch();
        longValue.Put([1], new byte[NodeEntries.MaxValueBytes + 1]);
        Block block = _chain.Seal();
        foreach (WriteBatch batch in new[] { longKey, longValue })
        {
            Assert.Throws<ArgumentException>(() => Entries.Commit(batch));
            Assert.Throws<ArgumentException>(() => _chain.Chain.Import(block, TestChain.Now, nodeEntries: batch));
        }

        Assert.Throws<ArgumentException>(() => Entries.Get([]));
        Assert.Throws<ArgumentException>(() => Entries.Get(new byte[NodeEntries.MaxKeyBytes + 1]));
        Assert.Throws<ArgumentException>(() => Entries.Range(new byte[NodeEntries.MaxKeyBytes + 1]));
        Assert.Null(_chain.Chain.FindHeader(block.Hash));
    }

    [Fact]
    public void A_damaged_value_and_one_of_another_key_are_noticed()
    {
        Entries.Commit(Batch(("a", "first"), ("b", "other")));
        byte[] first = _store.Get("xa"u8)!;
        byte[] other = _store.Get("xb"u8)!;
        for (int index = 0; index < first.Length; index++)
        {
            byte[] altered = [.. first];
            altered[index] ^= 0x10;
            AssertCorrupt(altered);
            AssertCorrupt(first[..index]);
        }

        AssertCorrupt(other);
        PutInStore("xa"u8.ToArray(), first);
        Assert.Equal(["a=first", "b=other"], Texts(Entries, ""));
    }

    [Fact]
    public void Entries_that_come_with_a_block_are_written_where_it_is_stored_now_and_only_there()
    {
        TestChain other = TestChain.Open(Genesis);
        Block side = other.Seal(other.OutOfTurnSealer());
        Block block = _chain.Seal();
        Block wrong = _chain.Alter(block, header => header with { StateRoot = Hash256.Zero });
        (Block Block, string Key, ImportOutcome Outcome)[] imports =
        [
            (wrong, "rejected", ImportOutcome.Rejected), (block, "head", ImportOutcome.NewHead), (block, "known", ImportOutcome.AlreadyKnown),
            (side, "side", ImportOutcome.SideBranch), (side, "known side", ImportOutcome.AlreadyKnown),
        ];
        foreach ((Block imported, string key, ImportOutcome outcome) in imports)
            Assert.Equal(outcome, _chain.Chain.Import(imported, TestChain.Now, nodeEntries: Batch((key, "here"))).Outcome);

        Assert.Equal(["head=here", "side=here"], Texts(Entries, ""));
    }

    [Fact]
    public void Entries_are_in_one_batch_with_their_block_and_before_it()
    {
        var counting = new FaultyStore(new MemoryStore());
        TestChain.Open(Genesis, counting).Chain.Import(_chain.Seal(), TestChain.Now, nodeEntries: Batch(("a", "1"), ("b", "2")));
        Assert.Equal(2, counting.WritesPerCommit.Length);
        for (int kept = 1; kept < counting.WritesPerCommit[1]; kept++)
        {
            var inner = new MemoryStore();
            TestChain chain = TestChain.Open(Genesis, new FaultyStore(inner, StoreFault.TornCommit(2, kept)));
            Assert.Throws<StoreException>(() => chain.Chain.Import(_chain.Seal(), TestChain.Now, nodeEntries: Batch(("a", "1"), ("b", "2"))));
            Assert.Equal(Math.Min(kept, 2), Texts(TestChain.Open(Genesis, inner).Chain.NodeEntries, "").Count());
        }
    }

    [Fact]
    public void A_commit_that_fails_stops_the_chain_until_it_is_opened_again()
    {
        var inner = new MemoryStore();
        TestChain chain = TestChain.Open(Genesis, new FaultyStore(inner, StoreFault.AfterCommit(2)));
        Block block = chain.Seal();
        Assert.Throws<StoreException>(() => chain.Chain.NodeEntries.Commit(Batch(("a", "1"))));
        Assert.Contains("Open the chain again", Assert.Throws<StoreException>(() => chain.Chain.NodeEntries.Commit(Batch(("a", "2")))).Message);
        Assert.Contains("Open the chain again", Assert.Throws<StoreException>(() => chain.Chain.Import(block, TestChain.Now)).Message);
        Assert.Equal(["a=1"], Texts(TestChain.Open(Genesis, inner).Chain.NodeEntries, ""));
    }

    [Fact]
    public void A_handler_of_a_new_head_may_write_entries()
    {
        _chain.Chain.HeadChanged += change => Entries.Commit(Batch(("head", $"{change.Adopted[^1].Number}")));
        _chain.Extend();
        _chain.Extend();
        Assert.Equal(["head=2"], Texts(Entries, ""));
    }

    [Fact]
    public void An_audit_does_not_judge_entries_of_the_node_and_refuses_what_is_none()
    {
        _chain.Extend();
        Entries.Commit(Batch(("a", "1")));
        PutInStore("xdamaged"u8.ToArray(), [1]);
        Assert.Null(Audit());
        foreach (byte[] key in new[] { "x"u8.ToArray(), "y1"u8.ToArray(), [(byte)'x', .. new byte[NodeEntries.MaxKeyBytes + 1]] })
        {
            PutInStore(key, [1]);
            Assert.Equal("unexpected entry", Audit()?.Rule);
            var batch = new WriteBatch();
            batch.Delete(key);
            _store.Commit(batch);
        }
    }

    [Fact]
    public void A_number_has_the_hash_of_its_canonical_block()
    {
        Block[] blocks = [_chain.Chain.FindBlock(0UL)!, _chain.Extend(), _chain.Extend()];
        Assert.Equal(blocks.Select(block => (Hash256?)block.Hash), Enumerable.Range(0, 3).Select(number => _chain.Chain.FindHash((ulong)number)));
        Assert.Null(_chain.Chain.FindHash(3));
        PutInStore(ChainSchema.CanonicalHash(1), blocks[2].Hash.ToBytes());
        Assert.Throws<StoreCorruptException>(() => _chain.Chain.FindHash(1));
        var batch = new WriteBatch();
        batch.Delete(ChainSchema.CanonicalHash(1));
        _store.Commit(batch);
        Assert.Throws<StoreCorruptException>(() => _chain.Chain.FindHash(1));
    }

    private static WriteBatch Batch(params (string Key, string Value)[] entries)
    {
        var batch = new WriteBatch();
        foreach ((string key, string value) in entries)
            batch.Put(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));

        return batch;
    }

    private static IEnumerable<string> Texts(NodeEntries entries, string prefix) =>
        entries.Range(Encoding.UTF8.GetBytes(prefix)).Select(entry => $"{Text(entry.Key)}={Text(entry.Value)}");

    private static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private AuditFinding? Audit() => ChainAudit.Run(
        _store, StoreIdentity.Read(_store)!, new CliqueEngine(Genesis.Spec), null, 1, null, TestContext.Current.CancellationToken).Finding;

    private void AssertCorrupt(byte[] value)
    {
        PutInStore("xa"u8.ToArray(), value);
        Assert.Throws<StoreCorruptException>(() => Entries.Get("a"u8));
        Assert.Throws<StoreCorruptException>(() => Entries.Range([]).Count());
    }

    private void PutInStore(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        _store.Commit(batch);
    }
}
