using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>The lines of an interval (docs/spec/market.md, 2.6).</summary>
/// <remarks>A market that cleared nothing for an interval leaves the schedule of the market before it as it was. Without a dispatch there is no price for what was
/// metered. A line of no quantity is left out.</remarks>
public static class SettlementLines
{
    /// <summary>Energy, reserve, deployment, and the charge for reserve that was not there; at most one of each line.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="options">Parameters.</param>
    /// <exception cref="OverflowException">A quantity leaves 64 bits, or an amount 128.</exception>
    public static IEnumerable<StatementLine> Of(SettlementInterval interval, SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentNullException.ThrowIfNull(options);
        IEnumerable<StatementLine> lines = [.. Energy(interval, options), .. Spin(interval, options)];
        if (ReserveCharge.Of(interval, options) is { } charge) lines = lines.Append(charge);
        return lines.Where(static line => line.QuantityWattSeconds != 0);
    }

    /// <summary>B1 and B2, also where they are of no quantity.</summary>
    internal static IEnumerable<StatementLine> Spin(SettlementInterval interval, SettlementOptions options)
    {
        int seconds = interval.Interval.DurationSeconds;
        SpinAwards awards = SpinAwards.Of(interval.DayAhead, interval.FifteenMinute, options.Awards);
        if (interval.DayAhead is { } dayAhead)
            yield return StatementLine.Of(
                SettlementLine.DayAheadSpin, interval.Interval, awards.DayAheadW * seconds, dayAhead.SpinPriceMicroUsdPerMWh,
                SettlementEvidence.Known(interval.Evidence.DayAhead));
        if (interval.FifteenMinute is { } fifteenMinute)
            yield return StatementLine.Of(
                SettlementLine.FifteenMinuteSpin, interval.Interval, awards.ChangeW * seconds, fifteenMinute.SpinPriceMicroUsdPerMWh,
                options.Awards == AwardSemantics.Total ? interval.Evidence.Awards : SettlementEvidence.Known(interval.Evidence.FifteenMinute));
    }

    private static IEnumerable<StatementLine> Energy(SettlementInterval interval, SettlementOptions options)
    {
        (SettlementEvidence evidence, int seconds) = (interval.Evidence, interval.Interval.DurationSeconds);
        long dayAheadW = interval.DayAhead?.EnergyW ?? 0;
        long fifteenMinuteW = interval.FifteenMinute?.EnergyW ?? dayAheadW;
        if (interval.DayAhead is { } dayAhead)
            yield return StatementLine.Of(
                SettlementLine.DayAheadEnergy, interval.Interval, dayAheadW * seconds, dayAhead.EnergyPriceMicroUsdPerMWh,
                SettlementEvidence.Known(evidence.DayAhead));
        if (interval.FifteenMinute is { } fifteenMinute)
            yield return StatementLine.Of(
                SettlementLine.FifteenMinuteEnergy, interval.Interval, (fifteenMinuteW - dayAheadW) * seconds, fifteenMinute.EnergyPriceMicroUsdPerMWh,
                evidence.Awards);
        if (interval.Dispatch is not { } dispatch) yield break;

        long deployedW = options.Deployment == DeploymentSemantics.OnTopOfEnergy ? dispatch.SpinDeployedW : 0;
        yield return StatementLine.Of(
            SettlementLine.DispatchedEnergy, interval.Interval, (dispatch.EnergyW - fifteenMinuteW) * seconds, dispatch.EnergyPriceMicroUsdPerMWh,
            SettlementEvidence.Known(evidence.FifteenMinute ?? evidence.DayAhead, evidence.Dispatch));
        yield return StatementLine.Of(
            SettlementLine.UninstructedEnergy, interval.Interval, interval.MeteredWattSeconds - (dispatch.EnergyW + deployedW) * seconds,
            dispatch.EnergyPriceMicroUsdPerMWh, SettlementEvidence.Known(evidence.Dispatch));
        yield return StatementLine.Of(
            SettlementLine.Deployment, interval.Interval, deployedW * seconds, dispatch.SpinDeploymentPriceMicroUsdPerMWh,
            SettlementEvidence.Known(evidence.Dispatch));
    }
}
