using System.Collections.Immutable;

namespace DerChain.Market.Quantities;

/// <summary>What the market calls an instant within its trading day.</summary>
/// <param name="HourEnding">h: the trading hour, from 1; hour 1 is the first of the local day. A running number, so that no two hours of
/// an autumn day share one.</param>
/// <param name="QuarterHour">f: the fifteen-minute interval, from 1.</param>
/// <param name="DispatchInterval">t: the five-minute interval, from 1.</param>
public readonly record struct IntervalLabel(int HourEnding, int QuarterHour, int DispatchInterval);

/// <summary>One day of the market: a calendar date in the system operator's time zone. It has 24 hours, 23 in spring and 25 in autumn
/// where clocks change, and 4 quarter hours and 12 five-minute intervals in each.</summary>
/// <remarks>Intervals are known by their start in UTC; the labels are derived here and nowhere else. Source: docs/spec/market.md, 2.1
/// and 2.7.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class TradingDay
{
    private readonly TimeZoneInfo _zone;

    /// <summary>The trading day of a date in a zone.</summary>
    /// <param name="date">The local date; 1970-01-02 to 9999-12-30.</param>
    /// <param name="timeZone">IANA name of the zone, such as <c>America/Los_Angeles</c>.</param>
    /// <exception cref="ArgumentException">The zone is unknown here, the date out of range, or the day not a whole number of
    /// hours.</exception>
    public TradingDay(DateOnly date, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        if (date < new DateOnly(1970, 1, 2) || date > new DateOnly(9999, 12, 30))
        {
            throw new ArgumentException($"Trading date {date:yyyy-MM-dd} is not in 1970-01-02 to 9999-12-30.", nameof(date));
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            throw new ArgumentException($"Time zone '{timeZone}' is not an IANA zone known to this system.", nameof(timeZone));
        }

        _zone = zone;
        Date = date;
        TimeZone = timeZone;
        StartUnixSeconds = InstantAt(date, TimeOnly.MinValue);
        EndUnixSeconds = InstantAt(date.AddDays(1), TimeOnly.MinValue);
        if ((EndUnixSeconds - StartUnixSeconds) % MarketInterval.HourSeconds != 0)
        {
            throw new ArgumentException($"{date:yyyy-MM-dd} in {timeZone} is not a whole number of hours long.", nameof(date));
        }

        Hours = Intervals(MarketInterval.HourSeconds);
        QuarterHours = Intervals(MarketInterval.CommitmentSeconds);
        DispatchIntervals = Intervals(MarketInterval.DispatchSeconds);
    }

    /// <summary>The local date.</summary>
    public DateOnly Date { get; }

    /// <summary>IANA name of the zone.</summary>
    public string TimeZone { get; }

    /// <summary>First instant of the day, seconds since 1970-01-01T00:00:00Z.</summary>
    public long StartUnixSeconds { get; }

    /// <summary>First instant after the day, seconds since 1970-01-01T00:00:00Z.</summary>
    public long EndUnixSeconds { get; }

    /// <summary>The trading hours: h − 1 is the index; 23, 24 or 25 of them.</summary>
    public ImmutableArray<MarketInterval> Hours { get; }

    /// <summary>The fifteen-minute intervals: f − 1 is the index; 92, 96 or 100 of them.</summary>
    public ImmutableArray<MarketInterval> QuarterHours { get; }

    /// <summary>The five-minute intervals: t − 1 is the index; 276, 288 or 300 of them.</summary>
    public ImmutableArray<MarketInterval> DispatchIntervals { get; }

    /// <summary>True where the instant lies in the day.</summary>
    public bool Contains(long unixSeconds) => unixSeconds >= StartUnixSeconds && unixSeconds < EndUnixSeconds;

    /// <summary>Hour, quarter hour and five-minute interval of an instant.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z; an instant on a boundary belongs to the interval it starts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant is not in the day.</exception>
    public IntervalLabel LabelOf(long unixSeconds)
    {
        if (!Contains(unixSeconds))
        {
            throw new ArgumentOutOfRangeException(
                nameof(unixSeconds), unixSeconds, $"Not in the trading day {Date:yyyy-MM-dd} of {TimeZone}.");
        }

        var elapsed = (int)(unixSeconds - StartUnixSeconds);
        return new IntervalLabel(
            1 + (elapsed / MarketInterval.HourSeconds),
            1 + (elapsed / MarketInterval.CommitmentSeconds),
            1 + (elapsed / MarketInterval.DispatchSeconds));
    }

    /// <summary>The instant at which clocks in the zone show a time on a date.</summary>
    /// <param name="date">The local date, also another than the trading date.</param>
    /// <param name="time">The local time. One that clocks skip stands for the instant they jump; of one they show twice, the first is
    /// meant.</param>
    /// <returns>Seconds since 1970-01-01T00:00:00Z.</returns>
    public long InstantAt(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUnixTimeSeconds();
    }

    private ImmutableArray<MarketInterval> Intervals(int seconds)
    {
        var intervals = ImmutableArray.CreateBuilder<MarketInterval>();
        for (var start = StartUnixSeconds; start < EndUnixSeconds; start += seconds)
        {
            intervals.Add(new MarketInterval(start, seconds));
        }

        return intervals.ToImmutable();
    }
}
