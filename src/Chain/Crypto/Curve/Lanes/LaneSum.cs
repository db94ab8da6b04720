using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The sums u1·G + u2·R of eight lanes, by 125 doublings that they share.</summary>
internal static class LaneSum
{
    /// <summary>Words of the multipliers of all lanes: both halves of u1, then both of u2.</summary>
    public const int Words = 4 * LaneWindows.Words;

    /// <summary>Writes the multipliers of a lane.</summary>
    /// <param name="u1">The multiplier of the generator.</param>
    /// <param name="u2">The multiplier of the nonce point.</param>
    /// <param name="words">The <see cref="Words"/> words, from those of the lane on.</param>
    public static void WriteMultipliers(in Scalar u1, in Scalar u2, Span<ulong> words)
    {
        Endomorphism.SplitOdd(u1, out Words256 low, out Words256 high);
        LaneWindows.Write(low, words);
        LaneWindows.Write(high, words[LaneWindows.Words..]);
        Endomorphism.SplitOdd(u2, out low, out high);
        LaneWindows.Write(low, words[(2 * LaneWindows.Words)..]);
        LaneWindows.Write(high, words[(3 * LaneWindows.Words)..]);
    }

    /// <summary>The sums, on the isomorphic curve of the scale.</summary>
    /// <param name="words">The multipliers.</param>
    /// <param name="x">The x coordinates of the nonce points.</param>
    /// <param name="y">The y coordinates, of magnitude 1 or the negative of that.</param>
    /// <param name="scale">A sum (x, y) is the point (x / scale^2, y / scale^3). A Z that is a multiple of p says that the lane met a special case.</param>
    public static JacobianPoint8 Of(ReadOnlySpan<ulong> words, in FieldElement8 x, in FieldElement8 y, out FieldElement8 scale)
    {
        ReadOnlySpan<ulong> generatorLow = words, generatorHigh = words[LaneWindows.Words..],
            nonceLow = words[(2 * LaneWindows.Words)..], nonceHigh = words[(3 * LaneWindows.Words)..];
        Span<FieldElement8> table = stackalloc FieldElement8[NonceTable.Length];
        NonceTable.Fill(x, y, table, out scale);
        int position = LaneWindows.Bits - NonceTable.Width;
        JacobianPoint8 sum = First(table, nonceLow, position);
        AddNonce(ref sum, table, nonceHigh, position, isTimesLambda: true);
        while (--position >= 0)
        {
            sum.Double();
            if (position % NonceTable.Width == 0)
            {
                AddNonce(ref sum, table, nonceLow, position, isTimesLambda: false);
                AddNonce(ref sum, table, nonceHigh, position, isTimesLambda: true);
            }

            if (position % GeneratorTable.Width == 0)
            {
                AddGenerator(ref sum, generatorLow, position, isTimesLambda: false, scale);
                AddGenerator(ref sum, generatorHigh, position, isTimesLambda: true, scale);
            }
        }

        return sum;
    }

    private static JacobianPoint8 First(ReadOnlySpan<FieldElement8> table, ReadOnlySpan<ulong> words, int position)
    {
        Vector512<ulong> indices = LaneWindows.Read(words, position, NonceTable.Width, out Vector512<ulong> signs);
        NonceTable.Select(table, indices, isTimesLambda: false, out FieldElement8 x, out FieldElement8 y);

        // A negative is not of magnitude 1; a product is.
        LaneProduct.Multiply(y.NegateWhere(signs), LanePoints.One, out y);
        return new JacobianPoint8(x, y, LanePoints.One);
    }

    private static void AddNonce(ref JacobianPoint8 sum, ReadOnlySpan<FieldElement8> table, ReadOnlySpan<ulong> words, int position, bool isTimesLambda)
    {
        Vector512<ulong> indices = LaneWindows.Read(words, position, NonceTable.Width, out Vector512<ulong> signs);
        NonceTable.Select(table, indices, isTimesLambda, out FieldElement8 x, out FieldElement8 y);
        sum.Add(x, y.NegateWhere(signs), sum.Z, out _);
    }

    private static void AddGenerator(ref JacobianPoint8 sum, ReadOnlySpan<ulong> words, int position, bool isTimesLambda, in FieldElement8 scale)
    {
        Vector512<ulong> indices = LaneWindows.Read(words, position, GeneratorTable.Width, out Vector512<ulong> signs);
        GeneratorTable.Select(indices, isTimesLambda, out FieldElement8 x, out FieldElement8 y);
        LaneProduct.Multiply(sum.Z, scale, out FieldElement8 z);
        sum.Add(x, y.NegateWhere(signs), z, out _);
    }
}
