namespace DerChain.Market.Records;

/// <summary>Kind of a record: the seven messages of the paper's Tables I to IV (docs/spec/market.md, 1.1), the activation of reserve, and the registrations
/// the role matrix rests on. The values are on the chain and never change.</summary>
public enum RecordKind : byte
{
    /// <summary>Table I, aggregator to ISO, γ = 1.</summary>
    DayAheadBid = 1,

    /// <summary>Table I, aggregator to ISO, γ = 2.</summary>
    RealTimeBid = 2,

    /// <summary>Table II, ISO to aggregator, "DAM rewards".</summary>
    DayAheadAward = 3,

    /// <summary>Table II, ISO to aggregator, "RTUC rewards".</summary>
    FifteenMinuteAward = 4,

    /// <summary>Table II, ISO to aggregator, "RTD results".</summary>
    DispatchInstruction = 5,

    /// <summary>Table III, aggregator to prosumer.</summary>
    ControlCommand = 6,

    /// <summary>Table IV, prosumer to aggregator.</summary>
    Telemetry = 7,

    /// <summary>ISO to aggregator: spinning reserve is called from an instant on (docs/spec/market.md, 1.3).</summary>
    ReserveActivation = 8,

    /// <summary>ISO to itself: who takes part, in which role.</summary>
    ParticipantRegistration = 9,

    /// <summary>ISO to itself: which devices exist and whose they are.</summary>
    ResourceRegistration = 10,

    /// <summary>ISO to itself: the parameters of the checks of data quality.</summary>
    QualityRuleSet = 15,

    /// <summary>Auditor or ISO: verdicts of the checks of data quality.</summary>
    Attestation = 16,
}
