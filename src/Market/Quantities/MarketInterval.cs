namespace DerChain.Market.Quantities;

/// <summary>A span of market time: [start, start + duration). The interval's start in UTC is its identity on the chain; trading date, hour
/// (h), quarter hour (f) and five-minute interval (t) of the paper are labels that <c>TradingDay</c> derives.</summary>
/// <param name="StartUnixSeconds">Start, in seconds since 1970-01-01T00:00:00Z; 0 to 253402300799 (the year 9999).</param>
/// <param name="DurationSeconds">Length in seconds; 1 to 90000, the longest trading day.</param>
/// <remarks>Source: docs/spec/market.md, 2.1.</remarks>
public readonly record struct MarketInterval(long StartUnixSeconds, int DurationSeconds)
{
    /// <summary>Five minutes, in seconds: the interval of dispatch, control and telemetry.</summary>
    public const int DispatchSeconds = 300;

    /// <summary>Fifteen minutes, in seconds: the interval of the real-time unit commitment.</summary>
    public const int CommitmentSeconds = 900;

    /// <summary>One hour, in seconds: the interval of the day-ahead market.</summary>
    public const int HourSeconds = 3600;

    /// <summary>A day of 25 hours, in seconds: the longest interval.</summary>
    public const int LongestDaySeconds = 90_000;

    /// <summary>The latest instant an interval may name: the last second of the year 9999.</summary>
    public const long LatestUnixSeconds = 253402300799;

    /// <summary>First instant after the interval, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long EndUnixSeconds => StartUnixSeconds + DurationSeconds;

    /// <summary>Start in UTC.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds(StartUnixSeconds);

    /// <summary>True where start and duration are inside their ranges.</summary>
    public bool IsInRange => StartUnixSeconds is >= 0 and <= LatestUnixSeconds && DurationSeconds is >= 1 and <= LongestDaySeconds;

    /// <summary>True where <paramref name="unixSeconds"/> lies in [start, end).</summary>
    public bool Contains(long unixSeconds) => unixSeconds >= StartUnixSeconds && unixSeconds < EndUnixSeconds;

    /// <summary>Seconds that two intervals share, ≥ 0.</summary>
    public long OverlapSeconds(MarketInterval other) =>
        Math.Max(0, Math.Min(EndUnixSeconds, other.EndUnixSeconds) - Math.Max(StartUnixSeconds, other.StartUnixSeconds));
}
