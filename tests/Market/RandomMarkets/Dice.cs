using DerChain.Market.Scenario;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Draws the details of a market from a seed.</summary>
internal sealed class Dice(ulong seed)
{
    private readonly SplitMix64 _bits = new(seed);

    /// <summary>A number from the first to the second, both included.</summary>
    public long Between(long first, long last) => first + (long)(_bits.NextUInt64() % (ulong)(last - first + 1));

    public int Between(int first, int last) => (int)Between((long)first, last);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int chances) => Between(0, 99) < chances;

    public T OneOf<T>(params ReadOnlySpan<T> values) => values[Between(0, values.Length - 1)];

    public T[] Shuffled<T>(IEnumerable<T> values)
    {
        T[] shuffled = [.. values];
        for (int index = shuffled.Length - 1; index > 0; index--)
        {
            int other = Between(0, index);
            (shuffled[index], shuffled[other]) = (shuffled[other], shuffled[index]);
        }
        return shuffled;
    }
}
