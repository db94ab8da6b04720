using System.Collections.Immutable;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>The day as verification counts it: hours, quarter hours, five-minute intervals, and slots of five seconds, each numbered from 0.</summary>
internal sealed class DayTimeline
{
    public const int SlotSeconds = 5;
    public const int SlotsPerInterval = MarketInterval.DispatchSeconds / SlotSeconds;
    public const int IntervalsPerQuarterHour = MarketInterval.CommitmentSeconds / MarketInterval.DispatchSeconds;
    public const int IntervalsPerHour = MarketInterval.HourSeconds / MarketInterval.DispatchSeconds;

    /// <exception cref="ArgumentException">The hours are none, do not last an hour, or do not follow one another.</exception>
    public DayTimeline(ImmutableArray<MarketInterval> hours)
    {
        if (hours.IsDefaultOrEmpty) throw new ArgumentException("A day has at least one hour.", nameof(hours));
        for (int hour = 0; hour < hours.Length; hour++)
            if (hours[hour] != new MarketInterval(hours[0].StartUnixSeconds + (long)hour * MarketInterval.HourSeconds, MarketInterval.HourSeconds))
                throw new ArgumentException($"Hour {hour + 1} does not follow the hour before it.", nameof(hours));
        Hours = hours;
    }

    public ImmutableArray<MarketInterval> Hours { get; }

    public long StartUnixSeconds => Hours[0].StartUnixSeconds;

    public int IntervalCount => Hours.Length * IntervalsPerHour;

    public int QuarterHourCount => IntervalCount / IntervalsPerQuarterHour;

    public int SlotCount => IntervalCount * SlotsPerInterval;

    public MarketInterval Interval(int index) => At(index, MarketInterval.DispatchSeconds);

    public MarketInterval QuarterHour(int index) => At(index, MarketInterval.CommitmentSeconds);

    public bool Contains(MarketInterval interval) =>
        interval.StartUnixSeconds >= StartUnixSeconds && interval.StartUnixSeconds < Hours[^1].EndUnixSeconds;

    /// <summary>Number of an interval of the day among those of its own length.</summary>
    public bool TryIndex(MarketInterval interval, out int index)
    {
        long elapsed = interval.StartUnixSeconds - StartUnixSeconds;
        index = (int)(elapsed / interval.DurationSeconds);
        return elapsed % interval.DurationSeconds == 0;
    }

    /// <summary>Slots of a reading that lies in one five-minute interval and on whole slots.</summary>
    public bool TrySlots(MarketInterval interval, out int first, out int count)
    {
        long elapsed = interval.StartUnixSeconds - StartUnixSeconds;
        first = (int)(elapsed / SlotSeconds);
        count = interval.DurationSeconds / SlotSeconds;
        return elapsed % SlotSeconds == 0
            && interval.DurationSeconds % SlotSeconds == 0
            && first % SlotsPerInterval + count <= SlotsPerInterval;
    }

    private MarketInterval At(int index, int seconds) => new(StartUnixSeconds + (long)index * seconds, seconds);
}
