using DerChain.Chain.Primitives;

namespace DerChain.Market.Records;

/// <summary>Why a record was corrected.</summary>
public enum CorrectionReason : byte
{
    /// <summary>A revised bid.</summary>
    Revision = 0,

    /// <summary>The meter or sensor was wrong.</summary>
    MeasurementFault = 1,

    /// <summary>The clock was wrong.</summary>
    ClockFault = 2,

    /// <summary>What was estimated has been measured.</summary>
    EstimateReplaced = 3,

    /// <summary>Another error of recording.</summary>
    ClericalError = 4,
}

/// <summary>A record in the place of an earlier one of the same sender, receiver and kind. Both stay on the chain; the highest revision in time counts
/// (docs/spec/market.md, 2.7).</summary>
/// <param name="corrects">Hash of the first record, also where it has been corrected before: Keccak-256 of its payload.</param>
/// <param name="revision">Number of the correction, ≥ 1.</param>
/// <param name="reason">Why.</param>
/// <param name="record">The record in its place: a bid, an award, a dispatch, a command or telemetry.</param>
public sealed class Correction(Hash256 corrects, int revision, CorrectionReason reason, MarketRecord record) : MarketRecord(RecordKind.Correction)
{
    /// <summary>Hash of the first record.</summary>
    public Hash256 Corrects { get; } = corrects;

    /// <summary>Number of the correction, from 1.</summary>
    public int Revision { get; } = revision;

    /// <summary>Why.</summary>
    public CorrectionReason Reason { get; } = reason;

    /// <summary>The record in its place.</summary>
    public MarketRecord Record { get; } = record;

    /// <inheritdoc/>
    public override int RowCount => Record.RowCount;

    /// <summary>True for the kinds that a correction may carry.</summary>
    public static bool IsCorrectable(RecordKind kind) => kind is >= RecordKind.DayAheadBid and <= RecordKind.Telemetry;
}
