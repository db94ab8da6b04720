using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Testing;

namespace DerChain.Chain.Tests.Engine;

public sealed class EngineNoteTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    private readonly MemoryStore _store = new();
    private readonly TestChain _chain;

    public EngineNoteTests() => _chain = Open(_store);

    [Fact]
    public void A_note_is_stored_with_its_block_on_every_branch_and_read_again()
    {
        TestChain other = TestChain.Open(Genesis);
        Block[] side = [other.Import(other.Seal(other.OutOfTurnSealer())), other.Import(other.Seal(other.OutOfTurnSealer()))];
        Block[] blocks = [_chain.Chain.FindBlock(0UL)!, .. Enumerable.Range(0, 4).Select(_ => _chain.Extend()), .. side];
        foreach (Block block in side)
            Assert.Equal(ImportOutcome.SideBranch, _chain.Chain.Import(block, TestChain.Now).Outcome);

        Assert.All(blocks, block => Assert.Equal(
            block.Number % 2 == 0 ? TestEngine.NoteOf(block.Header, _chain.Chain.FindHeader(block.Header.ParentHash)) : null,
            EngineNote.Read(_store, block.Hash)));
        Assert.Null(EngineNote.Read(_store, Keccak256.OfEmpty));
        Assert.Null(Audit());
    }

    [Fact]
    public void A_note_stands_where_the_header_of_its_block_does()
    {
        var counting = new FaultyStore(new MemoryStore());
        Import(counting);
        EachCase.Holds(StoreFault.AllOf([.. counting.WritesPerCommit]), fault => $"{fault}", fault =>
        {
            var inner = new MemoryStore();
            Assert.Throws<StoreException>(() => Import(new FaultyStore(inner, fault)));
            foreach ((byte[] key, byte[] value) in inner.Range([ChainSchema.HeaderPrefix]))
            {
                Assert.True(BlockHeader.TryDecode(value, out BlockHeader? header).IsValid);
                Assert.Equal(header!.Number % 2 == 0, EngineNote.Read(inner, header.ComputeHash()) is not null);
                Assert.Equal(ChainSchema.Header(header.ComputeHash()), key);
            }
        });
    }

    [Fact]
    public void An_altered_note_is_noticed_by_whoever_reads_it_and_by_an_audit()
    {
        Block block = ExtendTwice();
        byte[] note = _store.Get(ChainSchema.EngineNote(block.Hash))!;
        for (int index = 0; index < note.Length; index++)
        {
            byte[] altered = [.. note];
            altered[index] ^= 1;
            Put(ChainSchema.EngineNote(block.Hash), altered);
            Assert.Throws<StoreCorruptException>(() => EngineNote.Read(_store, block.Hash));
            Assert.Equal("engine's note of block", Audit()?.Rule);
        }

        Put(ChainSchema.EngineNote(block.Hash), _store.Get(ChainSchema.EngineNote(_chain.Chain.GenesisHash))!);
        Assert.Throws<StoreCorruptException>(() => EngineNote.Read(_store, block.Hash));
    }

    [Fact]
    public void A_missing_note_one_that_nobody_made_and_one_with_a_right_checksum_are_found_by_an_audit()
    {
        Block block = ExtendTwice();
        byte[] key = ChainSchema.EngineNote(block.Hash);
        byte[] note = _store.Get(key)!;
        var batch = new WriteBatch();
        batch.Delete(key);
        _store.Commit(batch);
        Assert.Null(EngineNote.Read(_store, block.Hash));
        Assert.Equal(new AuditFindingPlace(2, "engine's note of block"), Place(Audit()));

        Put(key, ChecksummedValue.Encode(key, [1, 2, 3]));
        Assert.Equal([1, 2, 3], EngineNote.Read(_store, block.Hash));
        Assert.Equal(new AuditFindingPlace(2, "engine's note of block"), Place(Audit()));

        Put(key, note);
        byte[] ofOddBlock = ChainSchema.EngineNote(block.Header.ParentHash);
        Put(ofOddBlock, ChecksummedValue.Encode(ofOddBlock, [1]));
        Assert.Equal("unexpected entry", Audit()?.Rule);
    }

    private static TestChain Open(IKeyValueStore store) => TestChain.Open(Genesis, store, judge: clique => new TestEngine(clique, noteInterval: 2));

    private static void Import(FaultyStore store)
    {
        TestChain chain = Open(store);
        chain.Extend(TestChain.Transfer(Alice, 0, Alice.Address));
        chain.Extend(TestChain.Transfer(Alice, 1, Alice.Address));
    }

    private Block ExtendTwice()
    {
        _chain.Extend();
        return _chain.Extend();
    }

    private AuditFinding? Audit() => ChainAudit.Run(
        _store, StoreIdentity.Read(_store)!, new TestEngine(new CliqueEngine(Genesis.Spec), noteInterval: 2), null, 1, null,
        TestContext.Current.CancellationToken).Finding;

    private static AuditFindingPlace? Place(AuditFinding? finding) => finding is null ? null : new(finding.BlockNumber, finding.Rule);

    private void Put(byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        _store.Commit(batch);
    }

    private sealed record AuditFindingPlace(ulong Number, string Rule);
}
