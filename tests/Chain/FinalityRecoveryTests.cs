using DerChain.Chain.Audit;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Consensus.Clique;
using DerChain.Testing;

namespace DerChain.Chain.Tests;

/// <summary>Whatever part of a write a store keeps before it dies, the head, the final block and the conflict are those before or after it.</summary>
public sealed class FinalityRecoveryTests
{
    private const int Depth = 3;

    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: Alice);

    [Fact]
    public void The_scenarios_meet_replace_pass_and_accept_a_conflict()
    {
        List<Standing> standings = StandingsOf(Scenario(isPassed: true));
        int met = standings.FindIndex(standing => standing.Conflict is not null);
        int passed = standings.FindIndex(met, standing => standing.Conflict is null);
        int replaced = standings.FindLastIndex(standing => standing.Conflict is not null);
        Assert.True(met > 0 && passed > met && replaced > passed);
        Assert.Equal(3, standings.Select(standing => standing.Conflict).OfType<Hash256>().Distinct().Count());
        Assert.Equal(standings[replaced].Conflict, standings[replaced + 1].Head);
        Assert.Equal((3UL, 2UL), (standings[replaced].Final.Number, standings[replaced + 1].Final.Number));

        standings = StandingsOf(Scenario(isPassed: false));
        Assert.Equal([2UL, 0UL, 1UL], standings.TakeLast(3).Select(standing => standing.Final.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chain_whose_store_dies_at_any_write_stands_as_before_or_after_it_when_it_is_opened_again(bool isPassed)
    {
        List<Action<Blockchain>> steps = Scenario(isPassed);
        List<Standing> standings = StandingsOf(steps);
        var undisturbed = new MemoryStore();
        EachCase.Holds(AllFaults(steps, undisturbed), fault => $"{fault}", fault =>
        {
            MemoryStore store = Torn(steps, fault, out int done);
            Blockchain chain = Open(store);
            Assert.Contains(StandingOf(chain), standings.Skip(done).Take(2));
            var counting = new FaultyStore(store);
            Open(counting);
            Assert.Empty(counting.WritesPerCommit);
            foreach (Action<Blockchain> step in steps.Skip(done))
                step(chain);

            Assert.Equal(standings[^1], StandingOf(chain));
            Assert.Equal(Dump(undisturbed), Dump(store));
            Assert.Null(Audit(store));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_repair_that_is_cut_off_at_any_write_is_made_again(bool isPassed)
    {
        List<Action<Blockchain>> steps = Scenario(isPassed);
        int ofTheFinalBlock = 0;
        EachCase.Holds(AllFaults(steps, new MemoryStore()).Where(fault => fault.Commit > 1), fault => $"{fault}", fault =>
        {
            MemoryStore store = Torn(steps, fault, out _);
            Hash256? final = new ChainStore(store).FindFinalized();
            var counting = new FaultyStore(store);
            Standing standing = StandingOf(Open(counting));
            if (new ChainStore(store).FindFinalized() != final)
                ofTheFinalBlock++;

            foreach (StoreFault second in StoreFault.AllOf(counting.WritesPerCommit))
            {
                MemoryStore torn = Torn(steps, fault, out _);
                Assert.Throws<StoreException>(() => Open(new FaultyStore(torn, second)));
                Assert.Equal(standing, StandingOf(Open(torn)));
                Assert.Equal(Dump(store), Dump(torn));
            }
        });
        Assert.NotEqual(0, ofTheFinalBlock);
    }

    // Light blocks, of which some are final, meet a heavy branch that leaves them at genesis. It is accepted at once, before the engine knows a final block of
    // it; or it is passed, met again, replaced by its next block, and accepted.
    private static List<Action<Blockchain>> Scenario(bool isPassed)
    {
        TestChain light = TestChain.Open(Genesis);
        List<Block> own = [.. Enumerable.Range(0, 5).Select(nonce => light.Import(light.Seal(light.OutOfTurnSealer(), Transfer(nonce, 1))))];
        TestChain heavy = TestChain.Open(Genesis);
        List<Block> other = [.. Enumerable.Range(0, 6).Select(nonce => heavy.Extend(Transfer(nonce, 10)))];
        int accepted = isPassed ? 5 : 3;
        Block[] passing = isPassed ? [light.Extend(Transfer(5, 1))] : [];
        return
        [
            .. own.Concat(other[..3]).Concat(passing).Concat(other[3..accepted]).Select(Importing),
            Accepting(other[accepted - 1]),
            Importing(other[accepted]),
        ];
    }

    private static Action<Blockchain> Importing(Block block) => chain => Assert.NotEqual(ImportOutcome.Rejected, chain.Import(block, TestChain.Now).Outcome);

    // Where the store failed after it was accepted, nothing is left to do.
    private static Action<Blockchain> Accepting(Block block) => chain =>
    {
        if (chain.Head.Hash != block.Hash)
            chain.AcceptReorganisation(block.Hash);
    };

    private static Transaction Transfer(int nonce, ulong value) => TestChain.Transfer(Alice, (ulong)nonce, TestChain.Key("recipient").Address, value);

    private static Blockchain Open(IKeyValueStore store) => TestChain.Open(Genesis, store, judge: clique => new TestEngine(clique, finalDepth: Depth)).Chain;

    private static Standing StandingOf(Blockchain chain)
    {
        Assert.Equal(chain.Finalized.Hash, chain.FindHash(chain.Finalized.Number));
        return new Standing(chain.Head.Hash, chain.Finalized, chain.FinalityConflict?.Hash);
    }

    // Before the first step, after it, and so on.
    private static List<Standing> StandingsOf(List<Action<Blockchain>> steps)
    {
        Blockchain chain = Open(new MemoryStore());
        List<Standing> standings = [StandingOf(chain)];
        foreach (Action<Blockchain> step in steps)
        {
            step(chain);
            standings.Add(StandingOf(chain));
        }

        return standings;
    }

    private static IEnumerable<StoreFault> AllFaults(List<Action<Blockchain>> steps, MemoryStore undisturbed)
    {
        var counting = new FaultyStore(undisturbed);
        Assert.Equal(steps.Count, DoUntilItFails(steps, counting));
        return StoreFault.AllOf(counting.WritesPerCommit);
    }

    private static MemoryStore Torn(List<Action<Blockchain>> steps, StoreFault fault, out int done)
    {
        var store = new MemoryStore();
        done = DoUntilItFails(steps, new FaultyStore(store, fault));
        return store;
    }

    // How many steps were done before the store failed.
    private static int DoUntilItFails(List<Action<Blockchain>> steps, FaultyStore store)
    {
        int done = 0;
        try
        {
            Blockchain chain = Open(store);
            foreach (Action<Blockchain> step in steps)
            {
                step(chain);
                done++;
            }
        }
        catch (StoreException) when (store.Occurred is not null)
        {
            // As its schedule says.
        }

        return done;
    }

    private static List<string> Dump(MemoryStore store) =>
        [.. store.Range([]).Select(entry => $"{ChainSchema.Describe(entry.Key)} {Convert.ToHexString(entry.Value)}")];

    private static AuditFinding? Audit(MemoryStore store) => ChainAudit.Run(
        store, StoreIdentity.Read(store)!, new CliqueEngine(Genesis.Spec), null, 1, null, TestContext.Current.CancellationToken).Finding;

    private sealed record Standing(Hash256 Head, BlockReference Final, Hash256? Conflict);
}
