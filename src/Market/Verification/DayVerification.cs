using System.Collections.Immutable;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>Verifies the energy and the spinning reserve of one aggregation over one trading day, from what is read back from the chain alone
/// (docs/spec/market.md, 2).</summary>
/// <remarks>
/// One pass over the entries; records are added up as they come and not kept. An activation counts for the readings that stand after it on the chain,
/// which is where the protocol puts them: the call goes out before the minutes it is for. Readings before the first hour are not looked at: an activation
/// that starts in the first five minutes of a day has no level before it to be measured against, and one that began the day before is not known.
/// </remarks>
public static class DayVerification
{
    /// <summary>Verifies a day.</summary>
    /// <param name="entries">Records in chain order; those of other days and other aggregations are passed over.</param>
    /// <param name="registry">The registry after the last entry.</param>
    /// <param name="hours">The trading hours, each following the one before.</param>
    /// <param name="aggregation">The aggregation. An aggregator trades for all of its prosumers as one aggregation.</param>
    /// <param name="options">Parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">The hours are not a day, a parameter is out of range, or no entry is about the aggregation.</exception>
    public static DayResult Run(
        IEnumerable<LedgerEntry> entries,
        Registry registry,
        ImmutableArray<MarketInterval> hours,
        AggregationId aggregation,
        VerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(registry);
        options ??= new VerificationOptions();
        options.Validate();
        var day = new DayTimeline(hours);
        var problems = new List<VerificationProblem>();
        var position = new MarketPosition(aggregation, day, options.Awards, problems);
        var readings = new FleetReadings(registry, day, options, problems);

        VerificationCounts counts = Read(entries, position, readings);
        if (position.Aggregator is not { } aggregator)
            throw new ArgumentException($"No record is about aggregation {aggregation}.", nameof(aggregation));
        return new DayAssessment(day, position, readings, aggregator, options).Assess(aggregation, counts, problems);
    }

    private static VerificationCounts Read(IEnumerable<LedgerEntry> entries, MarketPosition position, FleetReadings readings)
    {
        (long records, long telemetryRows, long controlRows) = (0, 0, 0);
        foreach (LedgerEntry entry in entries)
        {
            records++;
            switch (entry.Record)
            {
                case Telemetry telemetry:
                    telemetryRows += telemetry.RowCount;
                    readings.Add(entry, telemetry, position.IsActive(telemetry.Interval.StartUnixSeconds));
                    break;
                case ControlCommand command:
                    controlRows += command.RowCount;
                    break;
                default:
                    position.Add(entry);
                    break;
            }
        }
        return new VerificationCounts(records, telemetryRows, controlRows, readings.Repeated);
    }
}
