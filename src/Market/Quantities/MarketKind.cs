namespace DerChain.Market.Quantities;

/// <summary>The market a bid, award or dispatch belongs to: the paper's γ (section IV).</summary>
public enum MarketKind : byte
{
    /// <summary>Day-ahead market (γ = 1).</summary>
    DayAhead = 1,

    /// <summary>Real-time market: hourly bids and the fifteen-minute unit commitment (γ = 2).</summary>
    RealTime = 2,

    /// <summary>Real-time dispatch, every five minutes (γ = 3).</summary>
    Dispatch = 3,
}
