using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Tests.Validation;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Testing;

namespace DerChain.Chain.Tests;

/// <summary>Whatever part of whatever write a store keeps before it dies, the chain that is opened on it afterwards is whole.</summary>
public sealed class CanonicalRecoveryTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly PrivateKey Bob = TestChain.Key("bob");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: [Alice, Bob]);

    private static readonly List<Block> Blocks = Scenario();
    private static readonly List<Hash256> Heads = HeadsOf(Blocks);

    [Fact]
    public void The_scenario_has_reorganisations_to_longer_and_to_shorter_branches_and_transactions_on_both_sides()
    {
        Blockchain chain = Open(new MemoryStore());
        List<ImportResult> changes = [.. Blocks.Select(block => chain.Import(block, TestChain.Now))];
        Assert.Contains(changes, change => change.Outcome == ImportOutcome.SideBranch);
        Assert.Contains(changes, change => change.Abandoned.Length > 1 && change.Adopted.Length < change.Abandoned.Length);
        Assert.Contains(changes, change => change.Abandoned.Length > 0 && change.Adopted.Length > change.Abandoned.Length);
        Assert.Contains(changes, change => Shared(change.Abandoned, change.Adopted).Any());
    }

    [Fact]
    public void A_chain_whose_store_dies_at_any_write_is_whole_when_it_is_opened_again()
    {
        List<string> undisturbed = Run(new MemoryStore(), out int[] writes);
        EachCase.Holds(StoreFault.AllOf(writes), fault => $"{fault}", fault =>
        {
            var store = new MemoryStore();
            int acknowledged = ImportUntilItFails(new FaultyStore(store, fault));
            Blockchain chain = Open(store);
            AssertWhole(chain, store, acknowledged);
            AssertNothingIsWritten(store);
            foreach (Block block in Blocks.Skip(acknowledged))
                Assert.NotEqual(ImportOutcome.Rejected, chain.Import(block, TestChain.Now).Outcome);

            Assert.Equal(undisturbed, Dump(store));
        });
    }

    [Fact]
    public void A_repair_that_is_cut_off_at_any_write_is_made_again()
    {
        Run(new MemoryStore(), out int[] writes);
        int repairs = 0;
        EachCase.Holds(StoreFault.AllOf(writes).Where(fault => fault.Commit > 1), fault => $"{fault}", fault =>
        {
            MemoryStore store = Torn(fault, out int acknowledged);
            var counting = new FaultyStore(store);
            Open(counting);
            foreach (StoreFault second in StoreFault.AllOf(counting.WritesPerCommit))
            {
                repairs++;
                MemoryStore torn = Torn(fault, out _);
                Assert.Throws<StoreException>(() => Open(new FaultyStore(torn, second)));
                AssertWhole(Open(torn), torn, acknowledged);
                Assert.Equal(Dump(store), Dump(torn));
            }
        });
        Assert.NotEqual(0, repairs);
    }

    [Fact]
    public void The_running_chain_does_not_answer_from_above_its_head()
    {
        Block first = Blocks[0];
        var store = new MemoryStore();
        Run(new MemoryStore(), out int[] writes);
        Blockchain chain = Open(new WriteOnlyFault(store, failsAt: 2, kept: writes[1] - 1));
        Assert.Throws<StoreException>(() => chain.Import(first, TestChain.Now));
        Assert.NotNull(store.Get(ChainSchema.CanonicalHash(1)));
        Assert.Null(chain.FindBlock(1UL));
        Assert.Null(chain.FindTransaction(first.Transactions[0].Hash));
        Assert.Single(chain.Blocks());
    }

    [Fact]
    public void A_store_that_holds_a_part_of_another_chains_start_is_refused_untouched()
    {
        var store = new MemoryStore();
        Assert.Throws<StoreException>(() => Open(new FaultyStore(store, StoreFault.TornCommit(1, 4))));
        List<string> before = Dump(store);
        Assert.ThrowsAny<StoreException>(() => TestChain.Open(Genesis with { Timestamp = 1 }, store));
        Assert.Equal(before, Dump(store));
    }

    [Fact]
    public void What_a_torn_write_left_over_is_found_by_an_audit_until_its_block_is_imported_again()
    {
        MemoryStore store = Torn(StoreFault.TornCommit(2, 1), out _);
        Blockchain chain = Open(store);
        Assert.Equal("unexpected entry", Audit(store).Finding?.Rule);
        foreach (Block block in Blocks)
            chain.Import(block, TestChain.Now);

        Assert.Null(Audit(store).Finding);
    }

    // A canonical chain of out-of-turn blocks, which branches of in-turn blocks replace: one shorter than what it replaces, then one longer, of which
    // some transactions stand on both sides.
    private static List<Block> Scenario()
    {
        TestChain chain = Chain();
        List<Block> common = [chain.Extend(Transfer(Alice, 0), Transfer(Bob, 0)), chain.Extend()];
        List<Block> light = [.. Enumerable.Range(1, 4).Select(nonce => chain.Import(chain.Seal(chain.OutOfTurnSealer(), Transfer(Alice, nonce), Transfer(Bob, nonce))))];

        TestChain inTurn = Chain(common);
        List<Block> shorter = [inTurn.Extend(Transfer(Alice, 1)), inTurn.Extend(Transfer(Bob, 1), Transfer(Alice, 2)), inTurn.Extend(Transfer(Alice, 3))];

        TestChain back = Chain([.. common, .. light]);
        List<Block> longer = [.. Enumerable.Range(5, 3).Select(nonce => back.Extend(Transfer(Alice, nonce)))];
        return [.. common, .. light, .. shorter, .. longer];
    }

    private static TestChain Chain(params IEnumerable<Block> blocks)
    {
        TestChain chain = TestChain.Open(Genesis, rule: new PayloadLimitRule(1_000), judge: clique => new TestEngine(clique));
        foreach (Block block in blocks)
            chain.Import(block);

        return chain;
    }

    private static Transaction Transfer(PrivateKey from, int nonce) =>
        TestChain.Transfer(from, (ulong)nonce, TestChain.Key($"recipient {nonce}").Address, 3, data: new byte[nonce], gasLimit: 30_000);

    private static Blockchain Open(IKeyValueStore store) =>
        TestChain.Open(Genesis, store, new PayloadLimitRule(1_000), clique => new TestEngine(clique)).Chain;

    private static IEnumerable<Hash256> Shared(IEnumerable<Block> left, IEnumerable<Block> right) => left.SelectMany(HashesOf).Intersect(right.SelectMany(HashesOf));

    private static IEnumerable<Hash256> HashesOf(Block block) => block.Transactions.Select(transaction => transaction.Hash);

    private static AuditReport Audit(MemoryStore store) => ChainAudit.Run(
        store, StoreIdentity.Read(store)!, new CliqueEngine(Genesis.Spec), new PayloadLimitRule(1_000), 1, null, TestContext.Current.CancellationToken);

    private static List<string> Dump(MemoryStore store) =>
        [.. store.Range([]).Select(entry => $"{ChainSchema.Describe(entry.Key)} {Convert.ToHexString(entry.Value)}")];

    private static List<string> Run(MemoryStore store, out int[] writes)
    {
        var counting = new FaultyStore(store);
        Assert.Equal(Blocks.Count, ImportUntilItFails(counting));
        writes = [.. counting.WritesPerCommit];
        return Dump(store);
    }

    private static MemoryStore Torn(StoreFault fault, out int acknowledged)
    {
        var store = new MemoryStore();
        acknowledged = ImportUntilItFails(new FaultyStore(store, fault));
        return store;
    }

    // How many blocks were imported before the store failed.
    private static int ImportUntilItFails(FaultyStore store)
    {
        int imported = 0;
        try
        {
            Blockchain chain = Open(store);
            foreach (Block block in Blocks)
            {
                Assert.NotEqual(ImportOutcome.Rejected, chain.Import(block, TestChain.Now).Outcome);
                imported++;
            }
        }
        catch (StoreException) when (store.Occurred is not null)
        {
            // As its schedule says.
        }

        return imported;
    }

    private static void AssertWhole(Blockchain chain, MemoryStore store, int acknowledged)
    {
        Assert.All(Blocks.Take(acknowledged), block => Assert.Equal(block.Encode(), chain.FindBlock(block.Hash)?.Encode()));
        Assert.Contains(chain.Head.Hash, Heads.Skip(acknowledged).Take(2));

        var locations = new HashSet<Hash256>();
        for (Block? block = chain.FindBlock(chain.Head.Hash); block is not null; block = chain.FindBlock(block.Header.ParentHash))
        {
            Assert.Equal(block.Hash, chain.FindBlock(block.Number)?.Hash);
            for (int index = 0; index < block.Transactions.Length; index++)
            {
                Hash256 hash = block.Transactions[index].Hash;
                Assert.True(locations.Add(hash));
                Assert.Equal((block.Hash, index), chain.FindTransaction(hash) is { } found ? (found.Block.Hash, found.Index) : default);
            }
        }

        Assert.Equal(chain.Head.Header.Number + 1, (ulong)store.Range([(byte)'n']).Count());
        Assert.Equal(locations.Count, store.Range([(byte)'t']).Count());
        Assert.Equal((ulong)locations.Count, chain.GetAccount(Alice.Address).Nonce + chain.GetAccount(Bob.Address).Nonce);
    }

    private static void AssertNothingIsWritten(MemoryStore store)
    {
        var counting = new FaultyStore(store);
        Open(counting);
        Assert.Empty(counting.WritesPerCommit);
    }

    // The head after no block, after one, and so on.
    private static List<Hash256> HeadsOf(IEnumerable<Block> blocks)
    {
        Blockchain chain = Open(new MemoryStore());
        List<Hash256> heads = [chain.Head.Hash];
        foreach (Block block in blocks)
        {
            chain.Import(block, TestChain.Now);
            heads.Add(chain.Head.Hash);
        }

        return heads;
    }

    /// <summary>Keeps a part of one batch and throws, and can be read on.</summary>
    private sealed class WriteOnlyFault(MemoryStore store, int failsAt, int kept) : IKeyValueStore
    {
        private int _commits;

        public byte[]? Get(ReadOnlySpan<byte> key) => store.Get(key);

        public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix) => store.Range(prefix);

        public void Commit(WriteBatch batch)
        {
            _commits++;
            if (_commits < failsAt)
            {
                store.Commit(batch);
                return;
            }

            var part = new WriteBatch();
            foreach ((byte[] key, byte[]? value) in batch.Writes.Take(kept))
                part.Put(key, value!);

            store.Commit(part);
            throw new StoreException("The disk is full.");
        }

        public void Dispose()
        {
        }
    }
}
