namespace DerChain.Market.Verification;

/// <summary>What is credited of a response from its eleventh minute on (docs/spec/market.md, 2.4).</summary>
public enum SustainRule
{
    /// <summary>The mean response, where it is not close enough to that after ten minutes.</summary>
    Mean,

    /// <summary>The stricter rule: no more than the response at the end, or at the thirtieth minute.</summary>
    EndLevel,
}
