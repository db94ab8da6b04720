using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Market.Confidentiality;
using DerChain.Market.Ledger;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Evidence;

/// <summary>The stores of a small day, recorded once, and what a test wants to know of it.</summary>
public sealed class ReceiptFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ReceiptFolder()
    {
        using MarketDayRun run = SmallDay.Record(SmallDay.FirstMessages(2, 40), validators: 3, threads: 1, index => LiteDbStore.Open(File($"validator-{index + 1}.db")));
        Telemetry = run.Consortium.Ledger.Read().First(static entry => entry.Record is Telemetry);
        Batch = SaltedBatch.Create([.. Enumerable.Range(1, 4).Select(static row => (ReadOnlyMemory<byte>)new byte[] { (byte)row, 0x77 })]).Erase(3);
        BatchTransaction = Commit(run);
        Genesis = run.Consortium.Chain.GenesisHash;
        ChainId = $"{run.Consortium.Genesis.Spec.ChainId}";
        LastTransaction = run.Consortium.Chain.FindBlock(run.Consortium.Chain.Head.Header.Number)!.Transactions[0].Hash;
        AuthorityOptions = [.. run.Consortium.Network.Validators.SelectMany(static validator => (string[])["--authority", validator.Address.ToString()])];
    }

    public LedgerEntry Telemetry { get; }

    public Hash256 Genesis { get; }

    /// <summary>Four rows of two bytes, the last of them erased.</summary>
    public SaltedBatch Batch { get; }

    /// <summary>The transaction whose record commits to <see cref="Batch"/>.</summary>
    public Hash256 BatchTransaction { get; }

    /// <summary>A transaction of the head.</summary>
    public Hash256 LastTransaction { get; }

    public string ChainId { get; }

    public string[] AuthorityOptions { get; }

    public string Store => File("validator-1.db");

    public string File(string name) => _folder.File(name);

    // The same record again and again, until the first of its blocks is final.
    private Hash256 Commit(MarketDayRun run)
    {
        MarketDay day = SmallDay.Create(2);
        using PrivateKey aggregator = ScenarioKeys.Derive(SmallDay.Seed, day.Aggregator.Value);
        using PrivateKey systemOperator = ScenarioKeys.Derive(SmallDay.Seed, day.SystemOperator.Value);
        var record = new TelemetryBatch(day.Aggregation, ((Telemetry)Telemetry.Record).Interval, Batch.Root.Root, Batch.Root.Count);
        ulong now = run.Consortium.Chain.Head.Header.Timestamp;
        Hash256? first = null;
        for (int block = 0; block < 3; block++)
        {
            ValidationResult verdict = run.Consortium.Record(record, aggregator, systemOperator.Address, now);
            Assert.True(verdict.IsValid, verdict.ToString());
            first ??= run.Consortium.Seal(now)[0].Transactions[0].Hash;
            run.Consortium.Seal(now);
        }

        return first!.Value;
    }

    public void Dispose() => _folder.Dispose();
}
