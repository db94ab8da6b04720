using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain.Storage;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Scenario;
using DerChain.Settlement;

namespace DerChain.Benchmarks.Market;

/// <summary>Verification and settlement of the case study's 200 prosumers from a LiteDB store that is open, its records read from the chain; and their data quality.</summary>
/// <remarks>The chain is recorded first, by one validator: a minute or two.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public sealed class SettleFromLiteDb : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private MarketDay _day = null!;
    private MarketDayRun _run = null!;

    [GlobalSetup]
    public void Setup()
    {
        _day = CaseStudy.Create(new CaseStudyOptions());
        _run = MarketDayRun.Open(_day, new MarketDayOptions
        {
            Seed = CaseStudyOptions.ReferenceSeed,
            Validators = 1,
            Threads = Environment.ProcessorCount,
            OpenStore = _ => LiteDbStore.Open(_folder.Path("chain.db")),
        });
        _run.Record(null, CancellationToken.None);
    }

    [Benchmark]
    public long Settle() => SettledDay.Of(
        _run.Consortium.Ledger.Read(), _run.Consortium.Ledger.Registry, _day.Day, _day.Aggregation).Statement.PayableCents;

    [Benchmark]
    public long Quality() => QualityEvaluation.Run(
        _run.Consortium.Ledger.Read(), _run.Consortium.Ledger.Registry,
        new MarketInterval(_day.Day.StartUnixSeconds, (int)(_day.Day.EndUnixSeconds - _day.Day.StartUnixSeconds))).Rows.Length;

    [GlobalCleanup]
    public void Dispose()
    {
        _run?.Dispose();
        _folder.Dispose();
    }
}
