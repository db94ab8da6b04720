using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>The parts of the day that decided what was credited to an activation: all of one length.</summary>
/// <param name="WindowSlots">Length of a window, slots.</param>
/// <param name="StartSlot">First slot of the window whose level was the start.</param>
/// <param name="FirstSlot">First slot of the windows that the response was read from.</param>
/// <param name="Count">Number of these windows, one after the other.</param>
internal readonly record struct ResponseWindows(int WindowSlots, int StartSlot, int FirstSlot, int Count);

/// <summary>Reads the levels that an activation is assessed by from the meters: minutes where the meters reported minutes, otherwise five minutes.</summary>
internal sealed class ActivationMeasurement(DayTimeline day, MeterSeries meters, long expectedWeight, VerificationOptions options)
{
    private const int SlotsPerMinute = 60 / DayTimeline.SlotSeconds;

    private const int RampMinutes = 10;
    private const int RampIntervals = 2;
    private const int LastSustainedMinute = 30;

    /// <summary>The assessment and where it was read from; null where too little was reported.</summary>
    public (DeliveryAssessment Delivery, ResponseWindows Windows)? Assess(MarketInterval period, double requestedKw)
    {
        int start = (int)((period.StartUnixSeconds - day.StartUnixSeconds) / DayTimeline.SlotSeconds);
        int minutes = period.DurationSeconds / 60;
        if (minutes >= 1 && IsReportedByMinute(start, minutes))
        {
            ImmutableArray<double?> levels = Minutes(start, minutes);
            return ActivationDelivery.AssessMinutes(levels, minutes, requestedKw, options) is { } byMinutes
                ? (byMinutes, WindowsOf(byMinutes, levels, start, minutes))
                : null;
        }
        int slots = period.DurationSeconds / DayTimeline.SlotSeconds;
        return ActivationDelivery.AssessIntervals(Intervals(start, slots), requestedKw, options) is { } byIntervals
            ? (byIntervals, WindowsOf(byIntervals, start, slots))
            : null;
    }

    private static ResponseWindows WindowsOf(DeliveryAssessment delivery, ImmutableArray<double?> levels, int start, int minutes)
    {
        int SlotOf(int element) => start + (element - 2) * SlotsPerMinute;
        int startElement = Enumerable.Range(0, 3).First(element => levels[element] == delivery.StartKw);
        int middle = Math.Min(minutes, RampMinutes) + 1;
        if (delivery.CreditedKw == delivery.TenMinuteResponseKw)
        {
            int reached = Enumerable.Range(middle - 1, 3).First(element => levels[element] == delivery.ReachedKw);
            return new ResponseWindows(SlotsPerMinute, SlotOf(startElement), SlotOf(reached), 1);
        }
        return new ResponseWindows(
            SlotsPerMinute, SlotOf(startElement), SlotOf(RampMinutes + 2), Math.Min(minutes, LastSustainedMinute) - RampMinutes);
    }

    private static ResponseWindows WindowsOf(DeliveryAssessment delivery, int start, int slots)
    {
        int first = start / DayTimeline.SlotsPerInterval;
        int last = (start + slots - 1) / DayTimeline.SlotsPerInterval;
        int reached = Math.Min(first + RampIntervals - 1, last);
        int count = delivery.CreditedKw == delivery.TenMinuteResponseKw ? 1 : last - reached + 1;
        return new ResponseWindows(
            DayTimeline.SlotsPerInterval, (first - 1) * DayTimeline.SlotsPerInterval, reached * DayTimeline.SlotsPerInterval, count);
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
