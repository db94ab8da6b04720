using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>The lines that a verified day settles to (docs/spec/market.md, 2.6).</summary>
public static class DaySettlement
{
    /// <summary>The lines of every interval, and a retroactive charge for every activation that was not delivered.</summary>
    /// <param name="day">The day.</param>
    /// <param name="before">What was paid for reserve in the days before, as far as the look-back goes, and taken back of it already; in any order.</param>
    /// <param name="previousEventEndUnixSeconds">End of the last activation before the day, seconds since 1970-01-01T00:00:00Z, or null where none is known.</param>
    /// <param name="options">Parameters.</param>
    /// <exception cref="ArgumentException">An interval is given twice or lies in the day, or a parameter is out of range.</exception>
    public static IEnumerable<StatementLine> LinesOf(
        DayResult day, IEnumerable<EarlierInterval> before, long? previousEventEndUnixSeconds, SettlementOptions options)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        EarlierInterval[] paid = [.. before, .. day.SettlementIntervals.Select(interval => EarlierInterval.Of(interval, options))];
        List<StatementLine> lines = [.. day.SettlementIntervals.SelectMany(interval => SettlementLines.Of(interval, options))];
        long? previousEnd = previousEventEndUnixSeconds;
        foreach (ActivationResult activation in day.Activations.OrderBy(static activation => activation.Period.StartUnixSeconds))
        {
            var shortfall = new EventShortfall(activation.Period, activation.Delivery?.ShortfallW ?? 0, previousEnd, activation.Record);
            if (RetroactiveCharge.Of(shortfall, paid, options) is { } charge) lines.Add(charge);
            previousEnd = activation.Period.EndUnixSeconds;
        }

        return lines;
    }
}
