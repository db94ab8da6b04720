namespace DerChain.Market.Plausibility;

/// <summary>What is wrong with the rows of a rule set.</summary>
public enum QualityRulesErrorCode
{
    /// <summary>The version is below 1.</summary>
    VersionOutOfRange,

    /// <summary>There is no parameter of that number.</summary>
    ParameterUnknown,

    /// <summary>A parameter is given twice.</summary>
    ParameterRepeated,

    /// <summary>A value is outside its parameter's range.</summary>
    ValueOutOfRange,

    /// <summary>A limit of warning is above its limit of failure, or a lowest value above the highest.</summary>
    LimitsInverted,
}

/// <summary>Why a rule set gives no rules.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Sentence">The same with the values, for people.</param>
public sealed record QualityRulesError(QualityRulesErrorCode Code, string Sentence);
