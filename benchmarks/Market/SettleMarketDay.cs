using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Scenario;
using DerChain.Settlement;

namespace DerChain.Benchmarks.Market;

/// <summary>Verification and settlement of the case study's day once its records are in memory, as they are after they were read from a chain. Divide by the number
/// of records, which is printed: the cost of a record should not depend on the size of the fleet.</summary>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class SettleMarketDay
{
    private List<LedgerEntry> _entries = null!;
    private Registry _registry = null!;
    private MarketDay _day = null!;

    [Params(200, 5_000)]
    public int Prosumers { get; set; }

    /// <summary>Rows of records of the day.</summary>
    public long Rows { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        _day = CaseStudy.Create(new CaseStudyOptions { Prosumers = Prosumers });
        var rule = new MarketRule(AccountOf(_day.SystemOperator));
        _registry = (Registry)DayRegistrations.Of(_day, AccountOf).Aggregate(
            rule.InitialState, (TransactionRuleState state, MarketRecord record) => rule.Apply(
                state, 0, AccountOf(_day.SystemOperator), AccountOf(_day.SystemOperator), RecordCodec.Encode(record)).Next!);
        _entries = [.. _day.Messages.Select(EntryOf)];
        Rows = _entries.Sum(static entry => (long)entry.Record.RowCount);
        Console.WriteLine($"// {Prosumers} prosumers: {_entries.Count} records, {Rows} rows, {_entries.Sum(static entry => entry.Record is Telemetry ? entry.Record.RowCount : 0)} of telemetry");
    }

    [Benchmark]
    public long Settle() => SettledDay.Of(_entries, _registry, _day.Day, _day.Aggregation).Statement.PayableCents;

    private static LedgerEntry EntryOf(ScenarioMessage message, int index)
    {
        byte[] payload = RecordCodec.Encode(message.Record);
        if (!RecordCodec.TryDecode(payload, out MarketRecord? record, out RecordError? error))
            throw new InvalidOperationException(error.Message);

        var location = new RecordLocation((ulong)index, default, message.RecordedAtUnixSeconds, 0, default);
        return new LedgerEntry(record, AccountOf(message.Sender), AccountOf(message.Receiver), location) { PayloadHash = Keccak256.Hash(payload) };
    }

    private static Address AccountOf(ParticipantId participant) =>
        Address.FromBytes(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(participant.Value)).ToBytes().AsSpan(12));
}
