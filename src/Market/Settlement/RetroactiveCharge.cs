using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>Reserve that an activation called and did not get.</summary>
/// <param name="Period">From the start of the activation to its end.</param>
/// <param name="UndeliveredW">Shortfall, watts ≥ 0.</param>
/// <param name="PreviousEventEndUnixSeconds">End of the activation before it, seconds since 1970-01-01T00:00:00Z, or null where none is known.</param>
/// <param name="Record">Hash of the activation's record, or null.</param>
public sealed record EventShortfall(MarketInterval Period, long UndeliveredW, long? PreviousEventEndUnixSeconds, Hash256? Record);

/// <summary>What an interval before an event was paid for reserve.</summary>
/// <param name="Interval">The interval.</param>
/// <param name="ObligationW">SRobl: reserve awarded, watts ≥ 0.</param>
/// <param name="Payment">What it was paid.</param>
/// <param name="TakenBack">What of it was taken back already, ≥ 0: the magnitude of No-Pay, event charge and earlier retroactive charges.</param>
public sealed record EarlierInterval(MarketInterval Interval, long ObligationW, SettlementAmount Payment, SettlementAmount TakenBack)
{
    /// <summary>An interval by its obligation and the price of it, of which nothing was taken back.</summary>
    /// <param name="interval">The interval.</param>
    /// <param name="obligationW">SRobl: reserve awarded, watts ≥ 0.</param>
    /// <param name="spinPriceMicroUsdPerMWh">Price, micro-dollars per MW and hour.</param>
    public static EarlierInterval At(MarketInterval interval, long obligationW, long spinPriceMicroUsdPerMWh) => new(
        interval, obligationW, SettlementAmount.Of(obligationW * interval.DurationSeconds, spinPriceMicroUsdPerMWh), SettlementAmount.Zero);

    /// <summary>An interval by what it settles to.</summary>
    public static EarlierInterval Of(SettlementInterval interval, SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentNullException.ThrowIfNull(options);
        SpinAwards awards = SpinAwards.Of(interval.DayAhead, interval.FifteenMinute, options.Awards);
        return new EarlierInterval(
            interval.Interval,
            awards.ObligationW,
            ReserveCharge.Payment(interval, options),
            ReserveCharge.Of(interval, options) is { } charge ? -charge.Amount : SettlementAmount.Zero);
    }
}

/// <summary>E2: who does not deliver when called is taken not to have held that reserve since the event before (docs/spec/market.md, 2.6).</summary>
public static class RetroactiveCharge
{
    /// <summary>Shortest event that is charged for the time before it, seconds.</summary>
    public const int ShortestEventSeconds = 600;

    private const int SecondsPerDay = 86_400;

    /// <summary>The charge of one event, or null where it forfeits nothing.</summary>
    /// <param name="shortfall">The event.</param>
    /// <param name="earlier">Intervals before it, in any order; those outside the look-back are passed over.</param>
    /// <param name="options">Parameters.</param>
    /// <exception cref="ArgumentException">Two intervals overlap: their payment would be taken back twice.</exception>
    public static StatementLine? Of(EventShortfall shortfall, IEnumerable<EarlierInterval> earlier, SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(shortfall);
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(options);
        ImmutableArray<EarlierInterval> intervals = [.. earlier.OrderBy(static interval => interval.Interval.StartUnixSeconds)];
        RequireNoOverlap(intervals);
        if (shortfall.Period.DurationSeconds < ShortestEventSeconds || shortfall.UndeliveredW <= 0) return null;

        long end = shortfall.Period.StartUnixSeconds;
        long start = Math.Max(end - (long)options.LookBackDays * SecondsPerDay, shortfall.PreviousEventEndUnixSeconds ?? long.MinValue);
        (long forfeitedWs, SettlementAmount charge) = (0, SettlementAmount.Zero);
        foreach (EarlierInterval interval in intervals.Where(known => known.Interval.StartUnixSeconds >= start && known.Interval.EndUnixSeconds <= end))
        {
            (long watts, SettlementAmount amount) = Forfeited(interval, shortfall.UndeliveredW);
            forfeitedWs += watts * interval.Interval.DurationSeconds;
            charge += amount;
        }

        return forfeitedWs == 0
            ? null
            : StatementLine.Charge(SettlementLine.RetroactiveCharge, shortfall.Period, forfeitedWs, charge, SettlementEvidence.Known(shortfall.Record));
    }

    // What was taken back already was for the same reserve: only what exceeds it is.
    private static (long Watts, SettlementAmount Amount) Forfeited(EarlierInterval interval, long undeliveredW)
    {
        if (interval.ObligationW <= 0 || interval.Payment.Units <= 0) return default;
        long watts = Math.Min(undeliveredW, interval.ObligationW);
        SettlementAmount amount = interval.Payment.Share(watts, interval.ObligationW) - interval.TakenBack;
        return amount.Units <= 0 ? default : (watts, amount);
    }

    private static void RequireNoOverlap(ImmutableArray<EarlierInterval> intervals)
    {
        for (int index = 1; index < intervals.Length; index++)
            if (intervals[index].Interval.StartUnixSeconds < intervals[index - 1].Interval.EndUnixSeconds)
                throw new ArgumentException($"Two intervals overlap at {intervals[index].Interval.StartUnixSeconds}.", nameof(intervals));
    }
}
