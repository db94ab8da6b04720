using DerChain.Chain;
using DerChain.Chain.Audit;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Market.Participants;

namespace DerChain.EndToEnd.Tests.MarketDays;

/// <summary>Whoever changes what is stored is found out: the audit names block and rule, or the store is refused.</summary>
public sealed class TamperTests
{
    private const int Places = 260;

    [Fact]
    public void An_untouched_store_is_intact()
    {
        AuditReport report = Audit(RecordedStore());

        Assert.Null(report.Finding);
        Assert.True(report.Blocks > 5);
        Assert.True(report.Transactions > 100);
    }

    [Fact]
    public void Any_changed_byte_of_any_stored_value_is_found()
    {
        MemoryStore store = RecordedStore();
        KeyValuePair<byte[], byte[]>[] entries = [.. store.Range([])];
        var random = new Random(4711);
        var unnoticed = new List<string>();
        var kindsTried = new HashSet<byte>();
        for (int place = 0; place < Places; place++)
        {
            // Every kind of entry in turn, so that the many state nodes do not crowd out the few others.
            KeyValuePair<byte[], byte[]>[] ofKind = [.. entries.Where(entry => entry.Key[0] == "hbrfntspm"[place % 9])];
            (byte[] key, byte[] value) = ofKind[random.Next(ofKind.Length)];
            kindsTried.Add(key[0]);
            byte[] changed = [.. value];
            int position = random.Next(changed.Length);
            changed[position] ^= (byte)random.Next(1, 256);
            Put(store, key, changed);
            if (!IsNoticed(store))
                unnoticed.Add($"{Convert.ToHexString(key)} at {position}");

            Put(store, key, value);
        }

        Assert.Empty(unnoticed);
        Assert.Equal(9, kindsTried.Count);
        Assert.Null(Audit(store).Finding);
    }

    [Fact]
    public void The_audit_names_the_block_whose_transactions_were_changed()
    {
        MemoryStore store = RecordedStore();
        byte[] hash = store.Get([(byte)'n', 0, 0, 0, 0, 0, 0, 0, 6])!;
        byte[] key = [(byte)'b', .. hash];
        byte[] body = [.. store.Get(key)!];
        body[^20] ^= 1;
        Put(store, key, body);

        AuditFinding finding = Audit(store).Finding!;

        Assert.Equal(6UL, finding.BlockNumber);
        Assert.Equal(hash, finding.BlockHash.ToBytes());
        Assert.Equal("WrongTransactionsRoot", finding.Rule);
    }

    [Fact]
    public void An_entry_that_no_block_writes_is_found()
    {
        MemoryStore store = RecordedStore();
        Put(store, [(byte)'s', .. new byte[32]], [1, 2, 3]);

        Assert.Equal("unexpected entry", Audit(store).Finding!.Rule);
    }

    private static MemoryStore RecordedStore()
    {
        var recorded = new MemoryStore();
        using MarketDayRun run = SmallDay.Record(SmallDay.FirstMessages(prosumers: 4, count: 120), validators: 1, threads: 2, _ => recorded);

        // The run disposes of its store, and a store in memory ends with that.
        var copy = new MemoryStore();
        foreach ((byte[] key, byte[] value) in recorded.Range([]))
            Put(copy, key, value);

        return copy;
    }

    private static bool IsNoticed(MemoryStore store)
    {
        try
        {
            return Audit(store).Finding is not null;
        }
        catch (StoreException)
        {
            return true;
        }
    }

    private static AuditReport Audit(MemoryStore store)
    {
        StoreIdentity identity = StoreIdentity.Read(store)!;
        MarketRule rule = MarketRule.FromIdentity(identity.RuleIdentity)!;
        var engine = new CliqueEngine(identity.Genesis.Spec);
        return ChainAudit.Run(store, identity, engine, rule, threads: 2, progress: null, TestContext.Current.CancellationToken);
    }

    private static void Put(MemoryStore store, byte[] key, byte[] value)
    {
        var batch = new WriteBatch();
        batch.Put(key, value);
        store.Commit(batch);
    }
}
