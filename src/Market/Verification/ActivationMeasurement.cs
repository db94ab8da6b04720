using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>The parts of the day that decided what was credited to an activation: all of one length.</summary>
/// <param name="WindowSlots">Length of a window, slots.</param>
/// <param name="StartSlot">First slot of the window whose level was the start.</param>
/// <param name="Slots">First slot of each window that the response was read from, in order; those without a level are not among them.</param>
internal readonly record struct ResponseWindows(int WindowSlots, int StartSlot, ImmutableArray<int> Slots);

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
        ImmutableArray<double?> levelsByInterval = Intervals(start, slots);
        return ActivationDelivery.AssessIntervals(levelsByInterval, requestedKw, options) is { } byIntervals
            ? (byIntervals, WindowsOf(byIntervals, levelsByInterval, start))
            : null;
    }

    private ResponseWindows WindowsOf(DeliveryAssessment delivery, ImmutableArray<double?> levels, int start, int minutes)
    {
        int SlotOf(int element) => start + (element - 2) * SlotsPerMinute;
        int startElement = Enumerable.Range(0, 3).First(element => levels[element] == delivery.StartKw);
        int middle = Math.Min(minutes, RampMinutes) + 1;
        IEnumerable<int> elements = delivery.CreditedKw == delivery.TenMinuteResponseKw
            ? [Enumerable.Range(middle - 1, 3).First(element => levels[element] == delivery.ReachedKw)]
            : Sustained(levels, RampMinutes + 2, Math.Min(minutes, LastSustainedMinute) + 1);
        return new ResponseWindows(SlotsPerMinute, SlotOf(startElement), [.. elements.Select(SlotOf)]);
    }

    private ResponseWindows WindowsOf(DeliveryAssessment delivery, ImmutableArray<double?> levels, int start)
    {
        int SlotOf(int element) => (start / DayTimeline.SlotsPerInterval - 1 + element) * DayTimeline.SlotsPerInterval;
        int reached = Math.Min(RampIntervals, levels.Length - 1);
        IEnumerable<int> elements = delivery.CreditedKw == delivery.TenMinuteResponseKw ? [reached] : Sustained(levels, reached, levels.Length - 1);
        return new ResponseWindows(DayTimeline.SlotsPerInterval, SlotOf(0), [.. elements.Select(SlotOf)]);
    }

    /// <summary>The levels that the sustained response is of: those of the time that are known, or the last alone.</summary>
    private IEnumerable<int> Sustained(ImmutableArray<double?> levels, int first, int last) => options.SustainRule == SustainRule.EndLevel
        ? [last]
        : Enumerable.Range(first, last - first + 1).Where(element => levels[element].HasValue);

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
