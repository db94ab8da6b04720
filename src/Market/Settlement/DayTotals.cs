using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>Settlement of one aggregation over a day, in dollars; a positive amount is paid to the aggregator. Not rounded: that is done on the statement.</summary>
/// <param name="DayAheadEnergy">A1: λe_dam · E_dam.</param>
/// <param name="FifteenMinuteEnergy">A2: λe_rtuc · (E_rtuc − E_dam).</param>
/// <param name="DispatchedEnergy">A3: λe_rtd · (E_rtd − E_rtuc).</param>
/// <param name="UninstructedEnergy">A4: λe_rtd · (M − E_rtd − PS).</param>
/// <param name="DayAheadSpin">B1: λsr_dam · SR_dam.</param>
/// <param name="FifteenMinuteSpin">B2: λsr_rtuc · SR_rtuc.</param>
/// <param name="NoPay">C: reserve that was not shown, at the quantity-weighted award price; ≤ 0.</param>
/// <param name="Deployment">D: λps · PS.</param>
/// <remarks>Source: docs/spec/market.md, 2.6. A market that cleared nothing for an interval leaves the schedule of the market before it as it was.</remarks>
public sealed record DayTotals(
    decimal DayAheadEnergy,
    decimal FifteenMinuteEnergy,
    decimal DispatchedEnergy,
    decimal UninstructedEnergy,
    decimal DayAheadSpin,
    decimal FifteenMinuteSpin,
    decimal NoPay,
    decimal Deployment)
{
    private const long Seconds = MarketInterval.DispatchSeconds;

    /// <summary>Micro-dollars per MWh times watt-seconds in one dollar.</summary>
    private const decimal UnitsPerDollar = 3600m * 1_000_000 * 1_000_000;

    /// <summary>The sum of all lines, dollars.</summary>
    public decimal Total =>
        DayAheadEnergy + FifteenMinuteEnergy + DispatchedEnergy + UninstructedEnergy + DayAheadSpin + FifteenMinuteSpin + NoPay + Deployment;

    /// <summary>The totals of some intervals.</summary>
    /// <exception cref="OverflowException">An amount leaves the range of decimal: tens of thousands of meters at 100 GW each, at a million dollars per MWh.</exception>
    public static DayTotals Of(IEnumerable<SettlementInterval> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        var sum = new DayTotals(0, 0, 0, 0, 0, 0, 0, 0);
        foreach (SettlementInterval interval in intervals) sum = sum.Plus(InUnits(interval));
        return new DayTotals(
            sum.DayAheadEnergy / UnitsPerDollar,
            sum.FifteenMinuteEnergy / UnitsPerDollar,
            sum.DispatchedEnergy / UnitsPerDollar,
            sum.UninstructedEnergy / UnitsPerDollar,
            sum.DayAheadSpin / UnitsPerDollar,
            sum.FifteenMinuteSpin / UnitsPerDollar,
            sum.NoPay / UnitsPerDollar,
            sum.Deployment / UnitsPerDollar);
    }

    /// <summary>The lines of one interval in micro-dollars per MWh times watt-seconds: products of integers, so sums of them are exact.</summary>
    private static DayTotals InUnits(SettlementInterval interval)
    {
        (AwardRow? dayAhead, AwardRow? fifteenMinute, DispatchRow? dispatch, long meteredWs, _) = interval;
        decimal dayAheadW = dayAhead?.EnergyW ?? 0;
        decimal fifteenMinuteW = fifteenMinute?.EnergyW ?? dayAheadW;
        decimal dispatchedW = dispatch?.EnergyW ?? fifteenMinuteW;
        decimal deployedW = dispatch?.SpinDeployedW ?? 0;
        decimal dispatchPrice = dispatch?.EnergyPriceMicroUsdPerMWh ?? 0;
        return new DayTotals(
            DayAheadEnergy: (dayAhead?.EnergyPriceMicroUsdPerMWh ?? 0) * dayAheadW * Seconds,
            FifteenMinuteEnergy: (fifteenMinute?.EnergyPriceMicroUsdPerMWh ?? 0) * (fifteenMinuteW - dayAheadW) * Seconds,
            DispatchedEnergy: dispatchPrice * (dispatchedW - fifteenMinuteW) * Seconds,
            UninstructedEnergy: dispatchPrice * (meteredWs - (dispatchedW + deployedW) * Seconds),
            DayAheadSpin: SpinPayment(dayAhead) * Seconds,
            FifteenMinuteSpin: SpinPayment(fifteenMinute) * Seconds,
            NoPay: -interval.ShortW * SpinPrice(dayAhead, fifteenMinute) * Seconds,
            Deployment: (dispatch?.SpinDeploymentPriceMicroUsdPerMWh ?? 0) * deployedW * Seconds);
    }

    private static decimal SpinPayment(AwardRow? award) => award is null ? 0 : (decimal)award.SpinPriceMicroUsdPerMWh * award.SpinAwardW;

    /// <summary>λ̄sr: award price weighted by quantity; 0 where nothing was awarded.</summary>
    private static decimal SpinPrice(AwardRow? dayAhead, AwardRow? fifteenMinute)
    {
        decimal quantityW = (dayAhead?.SpinAwardW ?? 0) + (fifteenMinute?.SpinAwardW ?? 0);
        return quantityW == 0 ? 0 : (SpinPayment(dayAhead) + SpinPayment(fifteenMinute)) / quantityW;
    }

    private DayTotals Plus(DayTotals other) => new(
        DayAheadEnergy + other.DayAheadEnergy,
        FifteenMinuteEnergy + other.FifteenMinuteEnergy,
        DispatchedEnergy + other.DispatchedEnergy,
        UninstructedEnergy + other.UninstructedEnergy,
        DayAheadSpin + other.DayAheadSpin,
        FifteenMinuteSpin + other.FifteenMinuteSpin,
        NoPay + other.NoPay,
        Deployment + other.Deployment);
}
