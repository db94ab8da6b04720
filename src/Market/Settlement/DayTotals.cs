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
/// <param name="EventCharge">E1: reserve that was called and not delivered; ≤ 0.</param>
/// <param name="RetroactiveCharge">E2: what it forfeits of earlier intervals; ≤ 0.</param>
/// <remarks>Source: docs/spec/market.md, 2.6.</remarks>
public sealed record DayTotals(
    decimal DayAheadEnergy,
    decimal FifteenMinuteEnergy,
    decimal DispatchedEnergy,
    decimal UninstructedEnergy,
    decimal DayAheadSpin,
    decimal FifteenMinuteSpin,
    decimal NoPay,
    decimal Deployment,
    decimal EventCharge,
    decimal RetroactiveCharge)
{
    /// <summary>The sum of all lines, dollars.</summary>
    public decimal Total =>
        DayAheadEnergy + FifteenMinuteEnergy + DispatchedEnergy + UninstructedEnergy + DayAheadSpin + FifteenMinuteSpin + NoPay + Deployment
        + EventCharge + RetroactiveCharge;

    /// <summary>The totals of some intervals. Without their past there is no retroactive charge.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <exception cref="OverflowException">An amount leaves its range (<see cref="SettlementAmount"/>).</exception>
    public static DayTotals Of(IEnumerable<SettlementInterval> intervals, SettlementOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        options ??= new SettlementOptions();
        return Of(intervals.SelectMany(interval => SettlementLines.Of(interval, options)));
    }

    /// <summary>The totals of some lines.</summary>
    /// <exception cref="OverflowException">An amount leaves its range (<see cref="SettlementAmount"/>).</exception>
    public static DayTotals Of(IEnumerable<StatementLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ILookup<SettlementLine, SettlementAmount> amounts = lines.ToLookup(static line => line.Line, static line => line.Amount);
        return new DayTotals(
            Sum(SettlementLine.DayAheadEnergy),
            Sum(SettlementLine.FifteenMinuteEnergy),
            Sum(SettlementLine.DispatchedEnergy),
            Sum(SettlementLine.UninstructedEnergy),
            Sum(SettlementLine.DayAheadSpin),
            Sum(SettlementLine.FifteenMinuteSpin),
            Sum(SettlementLine.NoPay),
            Sum(SettlementLine.Deployment),
            Sum(SettlementLine.EventCharge),
            Sum(SettlementLine.RetroactiveCharge));

        decimal Sum(SettlementLine line) => SettlementAmount.Sum(amounts[line]).Usd;
    }
}
