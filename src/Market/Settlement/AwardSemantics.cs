using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>What a fifteen-minute award of reserve says.</summary>
public enum AwardSemantics
{
    /// <summary>Reserve on top of the day-ahead award.</summary>
    Incremental,

    /// <summary>All reserve of the quarter hour, the day-ahead award included.</summary>
    Total,
}

/// <summary>Reserve awarded in an interval, watts.</summary>
/// <param name="DayAheadW">SR_dam: awarded day-ahead.</param>
/// <param name="ChangeW">SR_rtuc: what the fifteen-minute market changed of it; negative only where awards are totals.</param>
internal readonly record struct SpinAwards(long DayAheadW, long ChangeW)
{
    /// <summary>SRobl: reserve to be held, watts.</summary>
    public long ObligationW => DayAheadW + ChangeW;

    /// <summary>The reserve that two awards come to. A market that awarded nothing for the interval changes nothing.</summary>
    public static SpinAwards Of(AwardRow? dayAhead, AwardRow? fifteenMinute, AwardSemantics semantics)
    {
        long dayAheadW = dayAhead?.SpinAwardW ?? 0;
        if (fifteenMinute is null) return new SpinAwards(dayAheadW, 0);
        return new SpinAwards(dayAheadW, semantics == AwardSemantics.Total ? fifteenMinute.SpinAwardW - dayAheadW : fifteenMinute.SpinAwardW);
    }
}
