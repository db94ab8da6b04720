namespace DerChain.Testing.Simulation;

/// <summary>The random numbers of a simulation: the SplitMix64 sequence of its seed, the same in every version and on every platform.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SimulationRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 to <paramref name="count"/> − 1.</summary>
    public ulong Below(ulong count) => (ulong)(((UInt128)Next() * count) >> 64);

    /// <summary>An index of a list.</summary>
    public int Index(int count) => (int)Below((ulong)count);

    /// <summary>A number between two, both included.</summary>
    public ulong Between(ulong least, ulong most) => least + Below(most - least + 1);

    /// <summary>True so many times of a thousand.</summary>
    public bool PerMille(int chance) => Below(1000) < (ulong)chance;

    /// <summary>One of these.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Index(choices.Length)];

    /// <summary>A wait whose mean is <paramref name="mean"/>, at least 1.</summary>
    public ulong Around(ulong mean) => Between(1, Math.Max(1, 2 * mean - 1));

    /// <summary>A generator of its own for a part of the simulation, so that one part's draws do not shift another's.</summary>
    public SimulationRandom Split() => new(Next());
}
