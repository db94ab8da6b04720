using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>The charge of an interval for reserve that was awarded and not there: C where it was not shown, E1 where it was called and not delivered.</summary>
/// <remarks>Both speak of the same reserve, so the larger charge stands and the other does not; none exceeds what the interval's reserve was paid.</remarks>
internal static class ReserveCharge
{
    /// <summary>The charge, or null where there is nothing to take back.</summary>
    public static StatementLine? Of(SettlementInterval interval, SettlementOptions options)
    {
        int seconds = interval.Interval.DurationSeconds;
        SpinAwards awards = SpinAwards.Of(interval.DayAhead, interval.FifteenMinute, options.Awards);
        long obligationWs = awards.ObligationW * seconds;
        SettlementAmount payment = Payment(interval, options);
        if (obligationWs <= 0 || payment.Units <= 0) return null;

        long unavailableWs = Math.Clamp(interval.ShortW, 0, obligationWs / seconds) * seconds;
        long undeliveredWs = Math.Clamp(interval.UndeliveredWattSeconds, 0, obligationWs);
        SettlementAmount noPay = payment.Share(unavailableWs, obligationWs);
        SettlementAmount penalty = payment.Share(undeliveredWs * (Int128)options.PenaltyFactorPpm, obligationWs * (Int128)SettlementOptions.Whole);
        SettlementAmount eventCharge = penalty.CompareTo(payment) > 0 ? payment : penalty;
        if (eventCharge.CompareTo(noPay) > 0)
            return StatementLine.Charge(
                SettlementLine.EventCharge, interval.Interval, undeliveredWs, eventCharge,
                [.. interval.Evidence.Awards, .. SettlementEvidence.Known(interval.Evidence.Activation)]);
        return unavailableWs == 0 ? null : StatementLine.Charge(SettlementLine.NoPay, interval.Interval, unavailableWs, noPay, interval.Evidence.Awards);
    }

    /// <summary>What the reserve of an interval is paid: B1 and B2.</summary>
    public static SettlementAmount Payment(SettlementInterval interval, SettlementOptions options) =>
        SettlementAmount.Sum(SettlementLines.Spin(interval, options).Select(static line => line.Amount));
}
