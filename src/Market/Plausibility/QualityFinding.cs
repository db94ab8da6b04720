using DerChain.Market.Records;

namespace DerChain.Market.Plausibility;

/// <summary>What one check found in one reading. The default is a check that had not what it needs.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Residual">By how much the reading is off.</param>
/// <param name="Threshold">What that was compared with: the limit that was passed, or the first where none was.</param>
/// <param name="Unit">Unit of both.</param>
internal readonly record struct QualityFinding(QualityVerdict Verdict, long Residual, long Threshold, QualityUnit Unit)
{
    /// <summary>A residual against two limits, which it may reach but not pass.</summary>
    public static QualityFinding Above(long residual, long warn, long fail, QualityUnit unit) =>
        residual > fail ? new(QualityVerdict.Fail, residual, fail, unit) : AboveWarns(residual, warn, unit);

    /// <summary>A residual against a limit that it is a warning to pass.</summary>
    public static QualityFinding AboveWarns(long residual, long warn, QualityUnit unit) =>
        new(residual > warn ? QualityVerdict.Warn : QualityVerdict.Pass, residual, warn, unit);

    /// <summary>A residual against a limit that it is a failure to pass.</summary>
    public static QualityFinding AboveFails(long residual, long fail, QualityUnit unit) =>
        new(residual > fail ? QualityVerdict.Fail : QualityVerdict.Pass, residual, fail, unit);

    /// <summary>The worse of two findings; the first of equals.</summary>
    public static QualityFinding Worse(QualityFinding first, QualityFinding second) => second.Verdict > first.Verdict ? second : first;
}
