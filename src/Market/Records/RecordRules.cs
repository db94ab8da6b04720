namespace DerChain.Market.Records;

/// <summary>Range and shape rules of every record: pure functions of the record alone.</summary>
/// <remarks>
/// Only schema and range are rules. Whether a reading is physically plausible never refuses a record; it is attested (docs/spec/market.md, 3).
/// Source of the ranges: docs/spec/record-codec.md, as the fields of the records document them.
/// </remarks>
public static class RecordRules
{
    /// <summary>Most rows of one record.</summary>
    public const int MaxRows = 65_535;

    /// <summary>Largest magnitude of a power, in watts: 100 GW, so that the energy of a hundred thousand meters over a quarter hour fits into 64 bits of
    /// watt-seconds.</summary>
    public const long MaxPowerW = 100_000_000_000;

    /// <summary>Largest energy capacity, in watt-hours.</summary>
    public const long MaxEnergyWh = 1_000_000_000_000;

    /// <summary>Largest magnitude of a cleared price, in micro-dollars: a million dollars per MWh, or per MW and hour.</summary>
    public const long MaxPriceMicroUsd = 1_000_000_000_000;

    /// <summary>One in parts per million.</summary>
    public const int OneInPpm = 1_000_000;

    /// <summary>The first rule the record breaks, or null where it breaks none.</summary>
    /// <exception cref="ArgumentNullException">No record is given.</exception>
    public static RecordError? Check(MarketRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record switch
        {
            DayAheadBid bid => TradeRules.Check(bid),
            RealTimeBid bid => TradeRules.Check(bid),
            DayAheadAward award => TradeRules.Check(award),
            FifteenMinuteAward award => TradeRules.Check(award),
            DispatchInstruction dispatch => TradeRules.Check(dispatch),
            ReserveActivation activation => TradeRules.Check(activation),
            ControlCommand command => ControlRules.Check(command),
            Telemetry telemetry => TelemetryRules.Check(telemetry),
            ParticipantRegistration registration => RegistrationRules.Check(registration),
            ResourceRegistration registration => RegistrationRules.Check(registration),
            Correction correction => CommitmentRules.Check(correction),
            TelemetryBatch batch => CommitmentRules.Check(batch),
            RecordCommitment commitment => CommitmentRules.Check(commitment),
            SealedRecord @sealed => CommitmentRules.Check(@sealed),
            QualityRuleSet rules => AttestationRules.Check(rules),
            Attestation attestation => AttestationRules.Check(attestation),
            StatementIssue statement => MoneyRules.Check(statement),
            Allocation allocation => MoneyRules.Check(allocation),
            PaymentAcknowledgement acknowledgement => MoneyRules.Check(acknowledgement),
            _ => throw new ArgumentException($"No rules for {record.GetType().Name}.", nameof(record)),
        };
    }
}
