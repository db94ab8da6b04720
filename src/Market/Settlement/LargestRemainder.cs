using System.Collections.Immutable;
using System.Numerics;

namespace DerChain.Market.Settlement;

/// <summary>Rounds fractions to whole numbers that add up to a given whole: each is rounded down, and what is missing goes one by one to the largest
/// remainders; of equal ones to the first.</summary>
internal static class LargestRemainder
{
    /// <summary>The whole numbers.</summary>
    /// <param name="numerators">Numerators of the fractions.</param>
    /// <param name="denominator">Their denominator, &gt; 0.</param>
    /// <param name="sum">What the numbers add up to: the sum of the fractions, rounded.</param>
    public static ImmutableArray<Int128> Round(ImmutableArray<BigInteger> numerators, BigInteger denominator, Int128 sum)
    {
        (Int128 Floor, BigInteger Remainder, int Index)[] parts = [.. numerators.Select((numerator, index) => Floor(numerator, denominator, index))];
        int missing = (int)(sum - parts.Aggregate(Int128.Zero, static (all, part) => all + part.Floor));
        HashSet<int> raised = [.. parts.OrderByDescending(static part => part.Remainder).ThenBy(static part => part.Index).Take(missing).Select(static part => part.Index)];
        return [.. parts.Select(part => part.Floor + (raised.Contains(part.Index) ? 1 : 0))];
    }

    private static (Int128 Floor, BigInteger Remainder, int Index) Floor(BigInteger numerator, BigInteger denominator, int index)
    {
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger remainder);
        return remainder.Sign < 0 ? ((Int128)(quotient - 1), remainder + denominator, index) : ((Int128)quotient, remainder, index);
    }
}
