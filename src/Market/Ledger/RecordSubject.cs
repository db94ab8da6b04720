using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>What a record is about: the first and last start of its intervals, and the devices its rows name.</summary>
/// <param name="FirstStartUnixSeconds">Start of its first interval; 0 where it has none.</param>
/// <param name="LastStartUnixSeconds">Start of its last interval; 0 where it has none.</param>
/// <param name="Resources">Its devices; empty where its rows are about none.</param>
internal sealed record RecordSubject(long FirstStartUnixSeconds, long LastStartUnixSeconds, IEnumerable<ResourceId> Resources)
{
    public static RecordSubject Of(MarketRecord record) => record switch
    {
        DayAheadBid bid => Between(bid.Rows[0].Interval, bid.Rows[^1].Interval),
        RealTimeBid bid => Between(bid.Rows[0].Interval, bid.Rows[^1].Interval),
        DayAheadAward award => Between(award.Rows[0].Interval, award.Rows[^1].Interval),
        FifteenMinuteAward award => Between(award.Rows[0].Interval, award.Rows[^1].Interval),
        DispatchInstruction dispatch => Between(dispatch.Rows[0].Interval, dispatch.Rows[^1].Interval),
        ReserveActivation activation => Between(activation.Period, activation.Period),
        ControlCommand command => At(command.Validity, command.Rows.Select(static row => row.Resource)),
        Telemetry telemetry => At(telemetry.Interval, telemetry.Rows.Select(static row => row.Resource)),
        ResourceRegistration registration => new RecordSubject(0, 0, registration.Rows.Select(static row => row.Resource)),
        Correction correction => Of(correction.Record),
        TelemetryBatch batch => At(batch.Interval, []),
        Attestation attestation => At(attestation.Scope.Period, attestation.Rows.Select(static row => row.Resource).Distinct()),
        StatementIssue statement => At(statement.Subject.Period, []),
        Allocation allocation => At(allocation.Period, []),
        ParticipantRegistration or RecordCommitment or SealedRecord or QualityRuleSet or PaymentAcknowledgement => new RecordSubject(0, 0, []),
        _ => throw new ArgumentException($"The record kind {record.Kind} is not known.", nameof(record)),
    };

    private static RecordSubject Between(MarketInterval first, MarketInterval last) => new(first.StartUnixSeconds, last.StartUnixSeconds, []);

    private static RecordSubject At(MarketInterval interval, IEnumerable<ResourceId> resources) =>
        new(interval.StartUnixSeconds, interval.StartUnixSeconds, resources);
}
