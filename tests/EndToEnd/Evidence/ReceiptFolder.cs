using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Market.Ledger;
using DerChain.Market.Records;
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
        Genesis = run.Consortium.Chain.GenesisHash;
        ChainId = $"{run.Consortium.Genesis.Spec.ChainId}";
        LastTransaction = run.Consortium.Chain.FindBlock(run.Consortium.Chain.Head.Header.Number)!.Transactions[0].Hash;
        AuthorityOptions = [.. run.Consortium.Network.Validators.SelectMany(static validator => (string[])["--authority", validator.Address.ToString()])];
    }

    public LedgerEntry Telemetry { get; }

    public Hash256 Genesis { get; }

    /// <summary>A transaction of the head.</summary>
    public Hash256 LastTransaction { get; }

    public string ChainId { get; }

    public string[] AuthorityOptions { get; }

    public string Store => File("validator-1.db");

    public string File(string name) => _folder.File(name);

    public void Dispose() => _folder.Dispose();
}
