using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>Judges the data quality of a period's readings by the checks Q01 to Q19, from what is read back from the chain alone
/// (docs/spec/market.md, 3).</summary>
/// <remarks>
/// One pass over the entries. Of each device only the last reading and the latest commands are kept, of each sender the last report, and hashes of what was
/// reported within <see cref="QualityParameter.LookbackSeconds"/>. A first reading of a device and interval counts; a later one for the same is judged,
/// and fails Q05, but is no ground to judge others by. A correction is judged by what it says itself: the checks against the reading before, the peers and
/// the clock are for what was reported at the time.
/// </remarks>
public sealed class QualityEvaluation
{
    private readonly Registry _registry;
    private readonly QualityRules _rules;
    private readonly MarketInterval _period;
    private readonly VerdictLog _log = new();
    private readonly FleetSlots _slots;
    private readonly ReportMemory _reports;
    private readonly ReadingEvaluation _readings;
    private readonly Dictionary<ResourceId, DeviceHistory> _devices = [];
    private (MarketInterval Interval, SunPosition Position) _sun;
    private ulong _lastBlock;
    private int _evaluated;
    private long _repeated;

    private QualityEvaluation(Registry registry, MarketInterval period, QualityRules rules, ImmutableArray<AggregateReading> aggregates)
    {
        (_registry, _period, _rules) = (registry, period, rules);
        _slots = new FleetSlots(rules, _log, new AggregateSeries(aggregates, registry));
        _reports = new ReportMemory(rules);
        _readings = new ReadingEvaluation(rules, _log);
    }

    /// <summary>Judges a period.</summary>
    /// <param name="entries">Records in chain order, from <see cref="QualityParameter.LookbackSeconds"/> before the period on or earlier: what is earlier
    /// is passed over, so that it makes no difference.</param>
    /// <param name="registry">The registry after the last entry.</param>
    /// <param name="period">The readings whose intervals start in it are judged.</param>
    /// <param name="rules">The rules; null for the defaults.</param>
    /// <param name="aggregates">What others say that the meters add up to (Q18), or nothing.</param>
    /// <exception cref="ArgumentException">The period is out of range, or two statements about aggregates have the same name and source.</exception>
    public static QualityResult Run(
        IEnumerable<LedgerEntry> entries,
        Registry registry,
        MarketInterval period,
        QualityRules? rules = null,
        ImmutableArray<AggregateReading> aggregates = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(registry);
        if (!period.IsInRange)
            throw new ArgumentException("The period is out of range.", nameof(period));

        var evaluation = new QualityEvaluation(registry, period, rules ?? QualityRules.Default, aggregates.IsDefault ? [] : aggregates);
        foreach (LedgerEntry entry in entries)
            evaluation.Add(entry);

        return evaluation.Finish();
    }

    private void Add(LedgerEntry entry)
    {
        _lastBlock = entry.Location.BlockNumber;
        _slots.Close(entry.Location.BlockUnixSeconds);
        switch (entry.Record)
        {
            case Telemetry telemetry when Matters(telemetry.Interval):
                Add(entry, telemetry, isRevision: false);
                break;
            case Correction { Record: Telemetry telemetry } when Matters(telemetry.Interval):
                Add(entry, telemetry, isRevision: true);
                break;
            case ControlCommand command when Matters(command.Validity):
                Add(entry, command);
                break;
        }
    }

    private QualityResult Finish()
    {
        _slots.Close(long.MaxValue);
        var scope = new AttestationScope(_rules.Version, _lastBlock, _period, _evaluated, _log.Root());
        return new QualityResult(scope, _repeated, _log.Counts(), _log.Rows());
    }

    private bool Matters(MarketInterval interval) =>
        interval.StartUnixSeconds >= _period.StartUnixSeconds - _rules[QualityParameter.LookbackSeconds]
        && interval.StartUnixSeconds < _period.EndUnixSeconds;

    private void Add(LedgerEntry entry, ControlCommand command)
    {
        long keepSeconds = ((_rules[QualityParameter.CommandSettleIntervals] + 1) * _rules[QualityParameter.IntervalSeconds])
            + _rules[QualityParameter.FreshnessWarnSeconds];
        foreach (ControlRow row in command.Rows)
            if (PowerOf(row) is { } powerW)
                HistoryOf(row.Resource).Commands.Add(new PowerCommand(command.Validity, powerW, entry), keepSeconds);
    }

    private static long? PowerOf(ControlRow row) => row switch
    {
        BatterySetpoint battery => battery.PowerSetpointW,
        ChargingStationSetpoint station => station.PowerSetpointW,
        _ => null,
    };

    private void Add(LedgerEntry entry, Telemetry telemetry, bool isRevision)
    {
        Hash256 hash = entry.RecordHash;
        bool isLogged = _period.Contains(telemetry.Interval.StartUnixSeconds);
        if (!_reports.IsNew(hash, entry.Location.BlockUnixSeconds))
        {
            _repeated += isLogged ? 1 : 0;
            return;
        }

        if (isLogged)
            _log.Leaf.Record(hash);

        Judge(FindingsOf(entry, telemetry, hash, isRevision), isLogged);
        if (!isLogged)
            return;

        _evaluated++;
        _log.CloseRecord();
    }

    private ReportFindings FindingsOf(LedgerEntry entry, Telemetry telemetry, Hash256 hash, bool isRevision)
    {
        long blockTime = entry.Location.BlockUnixSeconds;
        ImmutableArray<TelemetryRow> rows =
            [.. telemetry.Rows.Select(row => _registry.TryResolve(row, out TelemetryRow? resolved) ? resolved : row)];
        return new ReportFindings(
            telemetry,
            rows,
            hash,
            blockTime,
            RecordChecks.Alignment(telemetry.Interval, _rules),
            RecordChecks.Freshness(telemetry.Interval, blockTime, _rules),
            isRevision ? default : RecordChecks.ClockSkew(telemetry.DeviceTimeUnixSeconds, blockTime, _rules),
            IsWhole(rows, telemetry.Interval) ? FleetChecks.SiteBalance(rows, _rules) : default,
            isRevision ? null : _reports.Replace(entry.Sender, telemetry.Sequence, hash),
            !isRevision && _reports.IsReplay(entry.Sender, telemetry.Interval, rows, blockTime),
            isRevision);
    }

    /// <summary>True where a record has a reading of every device of its site, each with its nameplate values.</summary>
    private bool IsWhole(ImmutableArray<TelemetryRow> rows, MarketInterval interval)
    {
        long at = interval.StartUnixSeconds;
        return rows.OfType<MeterReading>().FirstOrDefault() is { } meter
            && _registry.ResourceAt(meter.Resource, at) is { } site
            && rows.All(static row => row is not CompactReading)
            && rows.Length == _registry.ResourcesAt(site.Owner, at).Count();
    }

    private void Judge(ReportFindings report, bool isLogged)
    {
        bool isCompared = isLogged && !report.IsRevision;
        FleetSlot? slot = isCompared ? _slots.OpenAt(report.Interval.StartUnixSeconds, report.BlockUnixSeconds) : null;
        foreach (TelemetryRow row in report.Rows)
            Judge(report, row, slot, isLogged);
    }

    private void Judge(ReportFindings report, TelemetryRow row, FleetSlot? slot, bool isLogged)
    {
        MarketInterval interval = report.Interval;
        DeviceHistory device = HistoryOf(row.Resource);
        ResourceRow? resource = _registry.ResourceAt(row.Resource, interval.StartUnixSeconds);
        bool isFirst = !report.IsRevision && _reports.IsFirst(device, interval.StartUnixSeconds, report.BlockUnixSeconds);
        if (isFirst && row is MeterReading meter && resource is not null
            && _registry.AggregatorAt(resource.Owner, interval.StartUnixSeconds) is { } aggregator)
            slot?.AddMeter(aggregator, meter.NetPowerW, interval.DurationSeconds);

        _readings.Judge(
            report, row, device, new ReadingContext(resource?.NameplateW ?? 0, SunOver(interval), isFirst, isLogged, isFirst ? slot : null));
    }

    private SunPosition SunOver(MarketInterval interval)
    {
        if (_sun.Interval != interval)
            _sun = (interval, _rules.Sun.Over(interval));

        return _sun.Position;
    }

    private DeviceHistory HistoryOf(ResourceId resource)
    {
        if (!_devices.TryGetValue(resource, out DeviceHistory? history))
            _devices[resource] = history = new DeviceHistory(_devices.Count);

        return history;
    }
}
