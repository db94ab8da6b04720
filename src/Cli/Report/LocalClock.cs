using DerChain.Market.Quantities;

namespace DerChain.Cli.Report;

/// <summary>What clocks of the market show.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class LocalClock
{
    private readonly TimeZoneInfo _zone;

    /// <summary>The clock of a trading day's time zone.</summary>
    public LocalClock(TradingDay day) => _zone = TimeZoneInfo.FindSystemTimeZoneById(day.TimeZone);

    /// <summary>Hour and minute, as in 17:25.</summary>
    /// <param name="unixSeconds">Seconds since 1970-01-01T00:00:00Z.</param>
    public string TimeAt(long unixSeconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(unixSeconds), _zone).ToString("HH:mm", Numbers.Culture);

    /// <summary>From start to end, as in 17:25–18:00.</summary>
    public string Span(MarketInterval interval) => $"{TimeAt(interval.StartUnixSeconds)}–{TimeAt(interval.EndUnixSeconds)}";
}
