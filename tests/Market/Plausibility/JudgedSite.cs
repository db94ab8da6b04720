using DerChain.Chain.Validation;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Plausibility;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;

namespace DerChain.Market.Tests.Plausibility;

/// <summary>A site with a meter and a battery that reports what its battery does, five minutes at a time; a test changes what it is about.</summary>
internal sealed class JudgedSite
{
    public static readonly ResourceId Meter = new("M");
    public static readonly ResourceId Battery = new("B");

    private readonly List<LedgerEntry> _entries = [];

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    public static Registry Registry { get; } = Register();

    public static MarketInterval Interval(int index) => new(Samples.Noon + (300 * index), 300);

    /// <summary>State of charge of the battery, 20 kWh at η .95, that starts at .6 and gives 2.4 kW from the first interval on.</summary>
    public static BatteryReading Giving(int index) => Samples.Battery with
    {
        Resource = Battery,
        CapacityWh = 20_000,
        SocPpm = 600_000 - (index * 200_000 / 19),
        PowerW = 2_400,
        Mode = StorageMode.Discharge,
    };

    public static Telemetry Report(int index, BatteryReading battery) => Report(Interval(index), (ulong)index + 1, battery);

    public static Telemetry Report(MarketInterval interval, ulong sequence, BatteryReading battery) => new(
        interval, sequence, interval.EndUnixSeconds, TelemetryQuality.Good, [new MeterReading(Meter, battery.PowerW - 1_000), battery]);

    public JudgedSite Record(MarketRecord record, long blockTime)
    {
        bool isReport = record is Telemetry or Correction;
        _entries.Add(new LedgerEntry(
            record,
            isReport ? Samples.Prosumer : Samples.Aggregator,
            isReport ? Samples.Aggregator : Samples.Prosumer,
            new RecordLocation((ulong)_entries.Count + 1, default, blockTime, 0, default)));
        return this;
    }

    public JudgedSite Record(Telemetry report) => Record(report, report.Interval.EndUnixSeconds + 5);

    public JudgedSite Reports(int first, int count)
    {
        for (int index = first; index < first + count; index++)
            Record(Report(index, Giving(index)));

        return this;
    }

    public QualityResult Judge(MarketInterval? period = null, QualityRules? rules = null, params AggregateReading[] aggregates) =>
        QualityEvaluation.Run(_entries, Registry, period ?? new MarketInterval(Samples.Noon, 86_400), rules, [.. aggregates]);

    private static Registry Register()
    {
        var rule = new MarketRule(Samples.SystemOperator);
        MarketRecord[] registrations =
        [
            new ParticipantRegistration(
            [
                new(Samples.Aggregator, new("AGG"), ParticipantRole.Aggregator, null),
                new(Samples.Prosumer, new("R001"), ParticipantRole.Prosumer, Samples.Aggregator),
            ]),
            new ResourceRegistration(
            [
                new(Battery, ResourceKind.Battery, Samples.Prosumer, 5_000, Parameters: new BatteryParameters(20_000, 950_000, 100_000, 950_000, 5_000, 5_000)),
                new(Meter, ResourceKind.Meter, Samples.Prosumer, 0),
            ]),
        ];
        return (Registry)registrations.Aggregate(rule.InitialState, (TransactionRuleState state, MarketRecord record) =>
            rule.Apply(state, 0, Samples.SystemOperator, Samples.SystemOperator, RecordCodec.Encode(record)).Next!);
    }
}
