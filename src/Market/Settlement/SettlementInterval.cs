using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>What settlement needs to know of one five-minute interval.</summary>
/// <param name="DayAhead">Day-ahead award of its hour, or null.</param>
/// <param name="FifteenMinute">Award of its quarter hour, or null.</param>
/// <param name="Dispatch">Its dispatch, or null.</param>
/// <param name="MeteredWattSeconds">M: energy metered in the interval, watt-seconds; + injection.</param>
/// <param name="ShortW">Reserve awarded and not shown, watts ≥ 0.</param>
public sealed record SettlementInterval(
    AwardRow? DayAhead, AwardRow? FifteenMinute, DispatchRow? Dispatch, long MeteredWattSeconds, long ShortW);
