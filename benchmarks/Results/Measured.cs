namespace DerChain.Benchmarks.Results;

/// <summary>What a way took, for one operation.</summary>
/// <param name="Name">The way.</param>
/// <param name="Seconds">Median over the rounds.</param>
/// <param name="Ratio">Median over the rounds of its time by that of the first way in the same round.</param>
/// <param name="Bytes">Allocated on all threads, least over the rounds.</param>
internal sealed record Measured(string Name, double Seconds, double Ratio, double Bytes);
