using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>A record of telemetry, and what the checks of the record as a whole found.</summary>
/// <param name="Telemetry">The record, or what a correction puts in its place.</param>
/// <param name="Rows">Its readings with their nameplate values.</param>
/// <param name="Hash">What names it.</param>
/// <param name="BlockUnixSeconds">Time of its block.</param>
/// <param name="Alignment">Q02.</param>
/// <param name="Freshness">Q03.</param>
/// <param name="ClockSkew">Q04.</param>
/// <param name="SiteBalance">Q15.</param>
/// <param name="Previous">The sender's report before it.</param>
/// <param name="IsReplay">The sender gave the same readings for another interval.</param>
/// <param name="IsRevision">It corrects an earlier record.</param>
internal sealed record ReportFindings(
    Telemetry Telemetry,
    ImmutableArray<TelemetryRow> Rows,
    Hash256 Hash,
    long BlockUnixSeconds,
    QualityFinding Alignment,
    QualityFinding Freshness,
    QualityFinding ClockSkew,
    QualityFinding SiteBalance,
    (ulong Sequence, Hash256 Record)? Previous,
    bool IsReplay,
    bool IsRevision)
{
    public MarketInterval Interval => Telemetry.Interval;
}

/// <summary>Runs the checks of single readings, one after the other, and writes what they find into the log.</summary>
internal sealed class ReadingEvaluation(QualityRules rules, VerdictLog log)
{
    private ReportFindings _report = null!;
    private TelemetryRow _row = null!;
    private DeviceHistory _device = null!;
    private SunPosition _sun;
    private bool _isLogged;
    private QualityVerdict _worst;

    /// <summary>Judges one reading, and lets the device's history go on.</summary>
    /// <param name="report">The record it is in.</param>
    /// <param name="row">The reading, with its nameplate values.</param>
    /// <param name="device">What is known of the device.</param>
    /// <param name="context">Registered rating, the sun, and where to compare it with its peers.</param>
    public void Judge(ReportFindings report, TelemetryRow row, DeviceHistory device, in ReadingContext context)
    {
        (_report, _row, _device, _sun, _isLogged, _worst) = (report, row, device, context.Sun, context.IsLogged, QualityVerdict.NotEvaluated);
        if (_isLogged)
            log.Leaf.Resource(row.Resource);

        JudgeRecord(context);
        MarketInterval interval = report.Interval;
        bool isNext = !report.IsRevision && device.IsNext(interval);
        Reading? before = isNext ? device.Before(interval) : null;
        JudgeStuck(isNext);
        switch (row)
        {
            case SolarReading solar:
                JudgeSolar(solar, context, isNext);
                break;
            case AirConditionerReading ac:
                JudgeAirConditioner(ac, before, context);
                break;
            case BatteryReading or ChargingStationReading:
                JudgeStorage(StorageReading.Of(row)!.Value, before);
                break;
        }

        if (isNext)
            device.Advance(new Reading(row, interval, report.Hash), _worst < QualityVerdict.Fail);
    }

    private void JudgeRecord(in ReadingContext context)
    {
        Add(QualityCheck.SchemaAndRange, RecordChecks.Range(_row, context.NameplateW));
        Add(QualityCheck.IntervalAlignment, _report.Alignment);
        Add(QualityCheck.Freshness, _report.Freshness);
        Add(QualityCheck.ClockSkew, _report.ClockSkew);
        QualityFinding sequence = _report.IsRevision
            ? default
            : RecordChecks.Sequence(_report.Telemetry.Sequence, _report.Previous?.Sequence, _report.IsReplay || !context.IsFirst);
        Add(QualityCheck.Sequence, sequence, _report.Previous?.Record);
        Add(QualityCheck.SiteBalance, _report.SiteBalance);
    }

    private void JudgeStuck(bool isNext)
    {
        if (!isNext)
        {
            Add(QualityCheck.StuckValue, default);
            return;
        }

        _device.UnchangedSeconds = MeasuredValues.UnchangedSeconds(
            _device.UnchangedSeconds, _device.Last?.Row, _row, _report.Interval.DurationSeconds, _sun.IsHigh);
        Add(QualityCheck.StuckValue, MeasuredValues.Stuck(_device.UnchangedSeconds, rules), _device.Last?.Record);
    }

    private void JudgeSolar(SolarReading solar, in ReadingContext context, bool isNext)
    {
        long nameplateW = context.NameplateW;
        bool isRated = nameplateW > 0;
        Add(QualityCheck.SolarAtNight, isRated ? SolarChecks.AtNight(solar.PowerW, nameplateW, _sun, rules) : default);
        Add(QualityCheck.SolarCeiling, isRated ? SolarCeiling(solar.PowerW, nameplateW, isNext) : default);
        long? perNameplate = isRated ? (long)Int128.Min((Int128)solar.PowerW * RecordRules.OneInPpm / nameplateW, MostPpm) : null;
        Compare(context.Slot, perNameplate, default);
    }

    // Beyond this a ratio says nothing; within it multiples of a deviation stay inside 64 bits.
    private const long MostPpm = 1_000_000_000_000;

    private QualityFinding SolarCeiling(long powerW, long nameplateW, bool isNext)
    {
        QualityFinding ceiling = SolarChecks.Ceiling(powerW, nameplateW, _sun, rules);
        (long MeanW, long ClearSkyW)? mean = isNext
            ? _device.Solar.Add(
                _report.Interval, powerW, SolarChecks.ClearSky(nameplateW, _sun), rules[QualityParameter.SolarMeanSeconds])
            : null;
        return mean is var (meanW, clearSkyW)
            ? QualityFinding.Worse(ceiling, SolarChecks.MeanCeiling(meanW, clearSkyW, nameplateW, rules))
            : ceiling;
    }

    private void JudgeAirConditioner(AirConditionerReading ac, Reading? before, in ReadingContext context)
    {
        QualityFinding thermal = default;
        if (before is { Row: AirConditionerReading last } reading)
        {
            long residual = AirConditionerChecks.ResidualMicroC(last, reading.Interval.DurationSeconds, ac, rules);
            long mean = AirConditionerChecks.MovingMean(_device.MeanResidualMicroC, residual, rules);
            thermal = AirConditionerChecks.ThermalModel(residual, mean, rules);
            if (thermal.Verdict < QualityVerdict.Fail)
                _device.MeanResidualMicroC = mean;
        }

        Add(QualityCheck.ThermalModel, thermal, before?.Record);
        QualityFinding power = AirConditionerChecks.Power(ac, rules);
        if (power.Verdict > _worst)
            _worst = power.Verdict;

        Compare(context.Slot, ac.AmbientMilliC, power);
    }

    private void JudgeStorage(in StorageReading storage, Reading? before)
    {
        Add(QualityCheck.PowerLimits, StorageChecks.PowerLimits(storage, rules));
        Add(QualityCheck.ModeConsistency, StorageChecks.ModeConsistency(storage, rules));
        Add(QualityCheck.StateOfChargeBounds, storage.Energy is { } energy ? StorageChecks.StateOfChargeBounds(energy, rules) : default);
        (QualityFinding charge, QualityFinding ramp) = (default, default);
        MarketInterval interval = _report.Interval;
        if (before is { } reading && StorageReading.Of(reading.Row) is { } last)
        {
            int seconds = reading.Interval.DurationSeconds;
            charge = StorageChecks.StateOfChargeContinuity(last, seconds, storage, rules);
            ramp = StorageChecks.Ramp(last, storage, (seconds + interval.DurationSeconds) / 2, rules);
        }

        Add(QualityCheck.StateOfChargeContinuity, charge, before?.Record);
        Add(QualityCheck.Ramp, ramp, before?.Record);
        long settleSeconds = rules[QualityParameter.CommandSettleIntervals] * rules[QualityParameter.IntervalSeconds];
        PowerCommand? command = storage.Energy is null ? null : _device.Commands.Nearest(interval, storage.PowerW, settleSeconds);
        QualityFinding following = command is { } given ? StorageChecks.CommandFollowing(storage, given.PowerW, rules) : default;
        Add(QualityCheck.CommandFollowing, following, following.Verdict >= QualityVerdict.Warn ? command?.Entry.RecordHash : null);
    }

    // What comes too late for its interval is judged by what is known without its peers.
    private void Compare(FleetSlot? slot, long? value, QualityFinding power)
    {
        if (slot is not null)
        {
            slot.Peers.Add(new PeerReading(new Reading(_row, _report.Interval, _report.Hash), value, power));
            return;
        }

        if (_row is AirConditionerReading)
            Add(QualityCheck.AirConditionerPower, power);

        Add(QualityCheck.PeerOutlier, default);
    }

    private void Add(QualityCheck check, QualityFinding finding, Hash256? input = null)
    {
        if (finding.Verdict > _worst)
            _worst = finding.Verdict;

        if (_isLogged)
            log.Add(_report.Hash, _row.Resource, check, finding, input);
    }
}

/// <summary>What a reading is judged by beside itself.</summary>
/// <param name="NameplateW">Registered rating, watts; 0 where none is.</param>
/// <param name="Sun">Where the sun stands.</param>
/// <param name="IsFirst">No reading of the device starts at the same instant.</param>
/// <param name="IsLogged">It belongs to the period, and is no mere predecessor.</param>
/// <param name="Slot">Where it is compared with its peers, or null where that is over or not wanted.</param>
internal readonly record struct ReadingContext(long NameplateW, SunPosition Sun, bool IsFirst, bool IsLogged, FleetSlot? Slot);
