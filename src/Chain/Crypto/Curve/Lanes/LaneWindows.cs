using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The multipliers of eight lanes as odd digits. A lane has no digit 0, so that all lanes take the same steps.</summary>
/// <remarks>
/// An odd k from −2^130 to 2^130 is 2K − (2^130 − 1) with K from 0 to 2^130 − 1. With windows of w bits, w a divisor of 130, K is the sum of e_i·2^(wi), and
/// k that of (2e_i − (2^w − 1))·2^(wi): digits that are odd and below 2^w in size.
/// </remarks>
internal static class LaneWindows
{
    /// <summary>Bits of a multiplier.</summary>
    public const int Bits = 130;

    /// <summary>Words of a multiplier in all lanes.</summary>
    public const int Words = 3 * FieldElement8.Lanes;

    /// <summary>Writes K.</summary>
    /// <param name="k">An odd number, in two's complement if negative; its size is below 2^130.</param>
    /// <param name="words">Takes the words, low first, eight places apart.</param>
    public static void Write(in Words256 k, Span<ulong> words)
    {
        Scalar.Subtract(k, new Words256(1, 0, unchecked(0 - 4UL), ulong.MaxValue), out Words256 twice);
        words[0] = (twice.W0 >> 1) | (twice.W1 << 63);
        words[FieldElement8.Lanes] = (twice.W1 >> 1) | (twice.W2 << 63);
        words[2 * FieldElement8.Lanes] = twice.W2 >> 1;
    }

    /// <summary>The digits at a position.</summary>
    /// <param name="words">The words of all lanes.</param>
    /// <param name="position">A multiple of the width.</param>
    /// <param name="width">Bits of a window.</param>
    /// <param name="signs">The sign bit, where the digit is negative.</param>
    /// <returns>i, where the size of the digit is 2i + 1.</returns>
    public static Vector512<ulong> Read(ReadOnlySpan<ulong> words, int position, int width, out Vector512<ulong> signs)
    {
        int word = position >> 6, shift = position & 63;
        Vector512<ulong> window = Vector512.Create(words[(word * FieldElement8.Lanes)..]) >> shift;
        if (shift + width > 64)
            window |= Vector512.Create(words[((word + 1) * FieldElement8.Lanes)..]) << (64 - shift);

        // e is 2^(w−1) + i of a positive digit, and 2^(w−1) − 1 − i of a negative one.
        Vector512<ulong> isPositive = (window >> (width - 1)) & Vector512<ulong>.One;
        signs = (isPositive ^ Vector512<ulong>.One) << 63;
        return (window ^ (isPositive - Vector512<ulong>.One)) & Vector512.Create((1UL << (width - 1)) - 1);
    }
}
