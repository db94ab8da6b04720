using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Cli.Run;
using DerChain.EndToEnd.Tests.Report;
using DerChain.Market.Scenario;
using DerChain.Market.Settlement;
using DerChain.Market.Verification;

[assembly: AssemblyFixture(typeof(RecordedDay))]

namespace DerChain.EndToEnd.Tests.Report;

/// <summary>A small day on a chain of two validators, read back and verified: recorded once for all tests that report on it.</summary>
public sealed class RecordedDay : IDisposable
{
    private const int Prosumers = 12;
    private const ulong Seed = CaseStudyOptions.ReferenceSeed;
    private readonly MarketDayRun _run;

    public RecordedDay()
    {
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = Prosumers, Seed = Seed });
        _run = MarketDayRun.Open(day, new MarketDayOptions { Seed = Seed, Validators = 2, Threads = 2 });
        _run.Record(null, TestContext.Current.CancellationToken);
        DayResult result = DayVerification.Run(
            _run.Consortium.Ledger.Read(), _run.Consortium.Ledger.Registry, day.Day.Hours, day.Aggregation);
        DayTotals totals = DayTotals.Of(result.SettlementIntervals);
        long records = _run.Consortium.Ledger.Read().Sum(static entry => (long)entry.Record.RowCount);
        Outcome = new RunOutcome(day, result, totals, _run.Consortium.Ledger.Registry, Summarise(Chain, records));
    }

    internal RunOutcome Outcome { get; }

    internal Blockchain Chain => _run.Consortium.Chain;

    public void Dispose() => _run.Dispose();

    private static ChainSummary Summarise(Blockchain chain, long records)
    {
        ImmutableArray<Block> blocks = [.. chain.Blocks(1)];
        return new ChainSummary(
            ChainId: MarketDayOptions.DefaultChainId,
            Seed,
            GenesisHash: chain.FindBlock(0)!.Hash,
            HeadHash: chain.Head.Hash,
            HeadNumber: chain.Head.Header.Number,
            StateRoot: chain.Head.Header.StateRoot,
            Validators:
            [
                .. blocks.CountBy(block => chain.Engine.GetAuthor(block.Header))
                    .Select(static pair => new SealerSummary(pair.Key, pair.Value)),
            ],
            InTurnBlocks: blocks.Count(static block => block.Header.Difficulty == (UInt256)2),
            Transactions: blocks.Sum(static block => (long)block.Transactions.Length),
            Records: records,
            PayloadBytes: blocks.Sum(static block => block.Transactions.Sum(static transaction => (long)transaction.Content.Data.Length)),
            GasUsed: blocks.Aggregate(0UL, static (sum, block) => sum + block.Header.GasUsed),
            StoreBytes: null,
            RecordingSeconds: 1.25,
            VerificationSeconds: 0.5);
    }
}
