namespace DerChain.Market.Records;

/// <summary>Kind of a record: the seven messages of the paper's Tables I to IV (docs/spec/market.md, 1.1), the activation of reserve, the registrations
/// the role matrix rests on, other forms of carrying a record, and what comes after: attestations and money. The values are on the chain and never change.</summary>
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

    /// <summary>A record that takes the place of an earlier one of the same sender (docs/spec/market.md, 1.6).</summary>
    Correction = 11,

    /// <summary>Aggregator to ISO: the root of the readings of many prosumers, each signed by its prosumer and kept beside the chain (docs/spec/market.md, 1.7).</summary>
    TelemetryBatch = 12,

    /// <summary>The root of rows that are kept beside the chain, each under a salt of its own (docs/spec/evidence.md).</summary>
    RecordCommitment = 13,

    /// <summary>A record that only its named readers can read (docs/spec/evidence.md).</summary>
    SealedRecord = 14,

    /// <summary>ISO to itself: the parameters that data quality is judged by (docs/spec/market.md, 3).</summary>
    QualityRuleSet = 15,

    /// <summary>Auditor or ISO: what was found against the readings of a period (docs/spec/market.md, 3).</summary>
    Attestation = 16,

    /// <summary>ISO to aggregator: root and totals of one version of a statement (docs/spec/market.md, 2.6).</summary>
    StatementIssue = 17,

    /// <summary>Aggregator to prosumer: its part of a statement (docs/spec/market.md, 2.6).</summary>
    Allocation = 18,

    /// <summary>Prosumer to aggregator, or aggregator to ISO: what was allocated or stated has been paid (docs/spec/market.md, 2.6).</summary>
    PaymentAcknowledgement = 19,
}
