namespace DerChain.Market.Records;

/// <summary>A line of a settlement (docs/spec/market.md, 2.6). The number is the line's on the chain.</summary>
public enum SettlementLine
{
    /// <summary>A1: energy at the day-ahead price.</summary>
    DayAheadEnergy = 1,

    /// <summary>A2: change of the energy schedule in the fifteen-minute market.</summary>
    FifteenMinuteEnergy = 2,

    /// <summary>A3: change of the energy schedule by dispatch.</summary>
    DispatchedEnergy = 3,

    /// <summary>A4: energy metered and not instructed.</summary>
    UninstructedEnergy = 4,

    /// <summary>B1: spinning reserve awarded day-ahead.</summary>
    DayAheadSpin = 5,

    /// <summary>B2: spinning reserve awarded in the fifteen-minute market.</summary>
    FifteenMinuteSpin = 6,

    /// <summary>C: payment taken back for reserve that was not shown.</summary>
    NoPay = 7,

    /// <summary>D: spinning reserve deployed.</summary>
    Deployment = 8,

    /// <summary>E1: payment taken back for reserve that was called and not delivered.</summary>
    EventCharge = 9,

    /// <summary>E2: payment of earlier intervals taken back for reserve that was called and not delivered.</summary>
    RetroactiveCharge = 10,
}
