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

    /// <summary>A compact reading refers to a version that is not the one in force at the start of its interval.</summary>
    WrongVersion = 10,

    /// <summary>A reading of a device that is not registered, or revoked, or whose owner is not of the aggregation, at the start of its interval.</summary>
    NotOfTheAggregation = 11,

    /// <summary>A correction names a record that is not on the chain before it, or that is none of its kind and interval.</summary>
    UnknownCorrected = 12,

    /// <summary>A correction is signed by another than the record it corrects.</summary>
    ForeignCorrection = 13,

    /// <summary>The block of a correction is after the deadline; the correction does not count (docs/spec/market.md, 2.7).</summary>
    LateCorrection = 14,

    /// <summary>A bid came after its gate closed; it does not count (docs/spec/market.md, 1.2).</summary>
    LateBid = 15,

    /// <summary>A day-ahead bid does not name every hour of the day.</summary>
    IncompleteBid = 16,

    /// <summary>Prices of the blocks of a bid do not ascend for supply, or do not descend for demand.</summary>
    BidPricesNotMonotone = 17,

    /// <summary>An award stands in an hour for which nothing was bid.</summary>
    AwardWithoutBid = 18,

    /// <summary>A day-ahead bid was answered by no award.</summary>
    BidWithoutAward = 19,

    /// <summary>More was awarded than was bid.</summary>
    InconsistentAward = 20,

    /// <summary>The leaves of a batch are not at hand, or are not those of its root; they count as missing telemetry (docs/spec/market.md, 1.7).</summary>
    MissingBatch = 21,
}

/// <summary>Something on the chain that verification did not use, or did not find.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Message">One sentence with the offending values.</param>
/// <param name="Location">Where the record stands, or null where a record is missing.</param>
public sealed record VerificationProblem(VerificationRule Rule, string Message, RecordLocation? Location);
