namespace DerChain.Market.Scenario;

/// <summary>The scenario's source of random numbers: the SplitMix64 sequence of a seed. Unlike <c>System.Random</c> its sequence is a
/// contract, the same in every version and on every platform.</summary>
/// <remarks>Source: docs/spec/market.md, 5.2.</remarks>
internal sealed class SplitMix64(ulong seed)
{
    private const double UnitOfLastBit = 1.0 / (1L << 53);
    private const double SmallestUniform = 1e-300;

    private ulong _state = seed;

    /// <summary>The next 64 bits of the sequence.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniformly distributed in [0, 1): one draw.</summary>
    public double Uniform() => (NextUInt64() >> 11) * UnitOfLastBit;

    /// <summary>Uniformly distributed in [<paramref name="from"/>, <paramref name="to"/>): one draw.</summary>
    public double Uniform(double from, double to) => from + ((to - from) * Uniform());

    /// <summary>True with the given probability: one draw.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>Normally distributed by Box and Muller's method: two draws. The method's second value is not used.</summary>
    public double Normal(double mean, double standardDeviation)
    {
        var first = Math.Max(Uniform(), SmallestUniform);
        var second = Uniform();
        var radius = standardDeviation * Math.Sqrt(-2.0 * DeterministicMath.Log(first));
        return mean + (radius * DeterministicMath.Cos(2.0 * Math.PI * second));
    }
}
