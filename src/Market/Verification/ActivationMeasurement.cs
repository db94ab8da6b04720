using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>Reads the levels that an activation is assessed by from the meters: minutes where the meters reported minutes, otherwise five minutes.</summary>
internal sealed class ActivationMeasurement(DayTimeline day, MeterSeries meters, long expectedWeight, VerificationOptions options)
{
    private const int SlotsPerMinute = 60 / DayTimeline.SlotSeconds;

    /// <summary>The assessment, or null where too little was reported.</summary>
    public DeliveryAssessment? Assess(MarketInterval period, double requestedKw)
    {
        int start = (int)((period.StartUnixSeconds - day.StartUnixSeconds) / DayTimeline.SlotSeconds);
        int minutes = period.DurationSeconds / 60;
        return minutes >= 1 && IsReportedByMinute(start, minutes)
            ? ActivationDelivery.AssessMinutes(Minutes(start, minutes), minutes, requestedKw, options)
            : ActivationDelivery.AssessIntervals(Intervals(start, period.DurationSeconds / DayTimeline.SlotSeconds), requestedKw, options);
    }

    private bool IsReportedByMinute(int start, int minutes)
    {
        int slots = Math.Min(minutes * SlotsPerMinute, day.SlotCount - start);
        return meters.IsResolved(start, slots, SlotsPerMinute);
    }

    /// <summary>The minutes from the last but one before the start to the first after the end.</summary>
    private ImmutableArray<double?> Minutes(int start, int minutes) =>
        [.. Enumerable.Range(-2, minutes + 3).Select(minute => Level(start + minute * SlotsPerMinute, SlotsPerMinute))];

    /// <summary>The interval before the start, and those from the start to the end.</summary>
    private ImmutableArray<double?> Intervals(int start, int slots)
    {
        int first = start / DayTimeline.SlotsPerInterval;
        int last = (start + slots - 1) / DayTimeline.SlotsPerInterval;
        return
        [
            .. Enumerable.Range(first - 1, last - first + 2)
                .Select(index => Level(index * DayTimeline.SlotsPerInterval, DayTimeline.SlotsPerInterval)),
        ];
    }

    private double? Level(int firstSlot, int slots) =>
        firstSlot >= 0 && firstSlot + slots <= day.SlotCount
        && meters.Coverage(firstSlot, slots, expectedWeight) >= options.MinimumCoverage
            ? meters.MeanKw(firstSlot, slots)
            : null;
}
