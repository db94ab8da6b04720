using DerChain.Market.Ledger;

namespace DerChain.Market.Verification;

/// <summary>What verification cannot use, and why.</summary>
public enum VerificationRule
{
    /// <summary>A reading names a device that is not registered.</summary>
    UnknownResource = 1,

    /// <summary>A reading names a device of another participant than the sender.</summary>
    ForeignResource = 2,

    /// <summary>A reading is of another type than its device is registered as.</summary>
    WrongResourceKind = 3,

    /// <summary>Two records say different things about the same interval; the first on the chain counts (docs/spec/market.md, 2.7).</summary>
    Conflict = 4,

    /// <summary>The block of a reading is later than the observation time after the interval's end; the reading does not count (docs/spec/market.md, 2.7).</summary>
    LateTelemetry = 5,

    /// <summary>An interval does not lie on the day's grid: a reading must lie in one five-minute interval and begin and end on a multiple of five
    /// seconds, an award or dispatch must be one of the day's intervals.</summary>
    MisalignedInterval = 6,

    /// <summary>An activation overlaps an earlier one and does not count (docs/spec/market.md, 2.7).</summary>
    OverlappingActivation = 7,

    /// <summary>A record about the aggregation is between other participants than the first one was.</summary>
    ForeignAggregation = 8,

    /// <summary>An hour has no day-ahead award; it counts as nothing traded and nothing awarded.</summary>
    MissingDayAheadAward = 9,
}

/// <summary>Something on the chain that verification did not use, or did not find.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Message">One sentence with the offending values.</param>
/// <param name="Location">Where the record stands, or null where a record is missing.</param>
public sealed record VerificationProblem(VerificationRule Rule, string Message, RecordLocation? Location);
