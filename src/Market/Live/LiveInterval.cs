using DerChain.Market.Verification;

namespace DerChain.Market.Live;

/// <summary>The verdicts on one five-minute interval as far as the chain has come.</summary>
/// <param name="Number">t: number of the interval in its day, from 1.</param>
/// <param name="Result">Energy and reserve.</param>
/// <param name="IsFinal">True once the observation time has passed: later records change what is settled, not what was observed.</param>
public sealed record LiveInterval(int Number, IntervalResult Result, bool IsFinal);
