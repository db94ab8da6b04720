using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Two hours of one prosumer with a meter and a battery, which holds 10 kW of reserve and imports 20 kW as dispatched; a test changes what it is about.</summary>
internal sealed class MiniDay
{
    public const int Intervals = 24;
    public static readonly AggregationId Aggregation = Samples.Aggregation;
    public static readonly Address Neighbour = Samples.AddressOf(5);
    public static readonly ResourceId Meter = new("M");
    public static readonly ResourceId Battery = new("B");

    /// <summary>20 kWh, 10 kW, 60 % full, idle: docs/spec/market.md, 2.3, B1.</summary>
    public static readonly BatteryReading Idle = Samples.Battery with
    {
        Resource = Battery, CapacityWh = 20_000, SocPpm = 600_000, MaxDischargeW = 10_000, MaxChargeW = 10_000, PowerW = 0, Mode = StorageMode.Idle,
    };

    private readonly List<LedgerEntry> _entries = [];

    /// <summary>Reserve awarded day-ahead in each hour, watts.</summary>
    public long AwardW { get; init; } = 10_000;

    public static ImmutableArray<MarketInterval> Hours => [new(Samples.Noon, 3_600), new(Samples.Noon + 3_600, 3_600)];

    public static MarketInterval Interval(int index) => new(Samples.Noon + index * 300, 300);

    public static MarketInterval Minute(int index) => new(Samples.Noon + index * 60, 60);

    public MiniDay Record(MarketRecord record, Address sender, Address receiver, long blockTime)
    {
        var location = new RecordLocation((ulong)_entries.Count, default, blockTime, 0, default);
        _entries.Add(new LedgerEntry(record, sender, receiver, location));
        return this;
    }

    public MiniDay FromOperator(MarketRecord record) => Record(record, Samples.SystemOperator, Samples.Aggregator, Samples.Noon - 3_600);

    public MiniDay Bid(long blockTime = Samples.Noon - 7_200) => Record(
        new DayAheadBid(Aggregation, [.. Hours.Select(hour => new BidBlock(hour, 1, 50_000_000, -20_000, 5_000_000, AwardW, null, null))]),
        Samples.Aggregator, Samples.SystemOperator, blockTime);

    public MiniDay Awards() => Bid().AwardsWithoutBid();

    public MiniDay AwardsWithoutBid() => FromOperator(new DayAheadAward(
        Aggregation, [.. Hours.Select(hour => new AwardRow(hour, 50_000_000, -20_000, 5_000_000, AwardW))]));

    public MiniDay Dispatches()
    {
        for (int index = 0; index < Intervals; index++)
            FromOperator(new DispatchInstruction(Aggregation, [new DispatchRow(Interval(index), 50_000_000, -20_000, 0, 0)]));
        return this;
    }

    public MiniDay Activation(string id, int minute, int minutes, long requestedW) =>
        FromOperator(new ReserveActivation(Aggregation, new(id), new(Samples.Noon + minute * 60, minutes * 60), requestedW));

    public MiniDay Report(MarketInterval interval, params TelemetryRow[] rows) => ReportAt(interval, interval.EndUnixSeconds + 10, rows);

    public MiniDay ReportAt(MarketInterval interval, long blockTime, params TelemetryRow[] rows) =>
        Record(new Telemetry(interval, 0, 0, TelemetryQuality.Good, [.. rows]), Samples.Prosumer, Samples.Aggregator, blockTime);

    /// <summary>Reports the meter at −20 kW and the battery as given, for some intervals.</summary>
    public MiniDay Report(int first, int count, BatteryReading battery)
    {
        for (int index = first; index < first + count; index++)
            Report(Interval(index), new MeterReading(Meter, -20_000 + battery.PowerW), battery);
        return this;
    }

    public DayResult Verify(VerificationOptions? options = null) => DayVerification.Run(_entries, Registry(), Hours, Aggregation, options);

    /// <summary>Verifies what a reader sees.</summary>
    public DayResult Verify(LedgerDisclosure disclosure) => DayVerification.Run(disclosure.Apply(_entries), Registry(), Hours, Aggregation);

    /// <summary>Hash of the record that was recorded last.</summary>
    public Hash256 LastHash => _entries[^1].RecordHash;

    /// <summary>Registrations after the first ones, at time 0.</summary>
    public ImmutableArray<MarketRecord> Registrations { get; init; } = [];

    private Registry Registry()
    {
        var rule = new MarketRule(Samples.SystemOperator);
        MarketRecord[] registrations =
        [
            new ParticipantRegistration(
            [
                new(Samples.Aggregator, new("AGG"), ParticipantRole.Aggregator, null),
                new(Samples.Prosumer, new("R001"), ParticipantRole.Prosumer, Samples.Aggregator),
                new(Neighbour, new("R002"), ParticipantRole.Prosumer, Samples.Aggregator),
            ]),
            new ResourceRegistration(
            [
                new(Battery, ResourceKind.Battery, Samples.Prosumer, 10_000),
                new(Meter, ResourceKind.Meter, Samples.Prosumer, 0),
            ]),
        ];
        return (Registry)registrations.Concat(Registrations).Aggregate(rule.InitialState, (TransactionRuleState state, MarketRecord record) =>
            rule.Apply(state, 0, Samples.SystemOperator, Samples.SystemOperator, RecordCodec.Encode(record)).Next!);
    }
}
