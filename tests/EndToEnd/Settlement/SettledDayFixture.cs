using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.EndToEnd.Tests.MarketDays;
using DerChain.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using DerChain.Settlement;

namespace DerChain.EndToEnd.Tests.Settlement;

/// <summary>A small day that was recorded by three validators and settled, once for all tests of a class, which only read it.</summary>
public sealed class SettledDayFixture : IDisposable
{
    private const int Prosumers = 4;

    public SettledDayFixture()
    {
        Run = SmallDay.Record(Day, validators: 3, threads: 2, static _ => new MemoryStore());
        Settled = Run.Settle(null, TestContext.Current.CancellationToken);
    }

    internal static MarketDay Day { get; } = SmallDay.Create(Prosumers);

    internal MarketDayRun Run { get; }

    internal SettledDay Settled { get; }

    internal Consortium Consortium => Run.Consortium;

    internal ReceiptTrust Trust => ReceiptTrust.InAuthorities(
        Consortium.Genesis.Spec.ChainId,
        Consortium.Network.Validators.Select(static validator => validator.Address),
        new CliqueParameters(0, 30_000));

    internal LedgerEntry First(RecordKind kind) => Consortium.Ledger.Find(new LedgerQuery { Kind = kind }).First();

    internal InclusionReceipt ReceiptOf(LedgerEntry entry)
    {
        Assert.True(InclusionReceipt.TryCreate(Consortium.Chain, entry.Location.TransactionHash, fromCheckpoint: false, out InclusionReceipt? receipt).IsValid);
        return receipt!;
    }

    internal static PrivateKey KeyOf(ParticipantId participant) => ScenarioKeys.Derive(SmallDay.Seed, participant.Value);

    internal static Address AddressOf(ParticipantId participant)
    {
        using PrivateKey key = KeyOf(participant);
        return key.Address;
    }

    public void Dispose() => Run.Dispose();
}
