using System.Runtime.Intrinsics;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Recovery of eight keys side by side: the steps of <see cref="Ecdsa.TryRecover"/>.</summary>
internal static class LaneRecovery
{
    private const int Lanes = FieldElement8.Lanes;

    private static readonly FieldElement8 Seven = FieldElement8.Fill(new FieldElement(7, 0, 0, 0, 0));

    /// <summary>The points of x coordinates and the parity of y.</summary>
    /// <param name="x">The x coordinates.</param>
    /// <param name="areOdd">The parity of y, for each lane.</param>
    /// <param name="exist">Whether there is a point, for each lane; where there is none, y is anything.</param>
    /// <param name="y">The y coordinates, of magnitude 1 or the negative of that.</param>
    public static void Decompress(in FieldElement8 x, ReadOnlySpan<bool> areOdd, Span<bool> exist, out FieldElement8 y)
    {
        LaneProduct.Square(x, out FieldElement8 square);
        LaneProduct.MultiplyAdd(square, x, Seven, out square);
        FieldElement8 root = Power(square);
        LaneProduct.SquareAdd(root, -1 * square, out FieldElement8 difference);
        Span<ulong> limbs = stackalloc ulong[FieldElement8.Limbs];
        difference.Store(limbs);
        for (int lane = 0; lane < Lanes; lane++)
            exist[lane] &= Lane(limbs, lane).IsZero();

        root.Store(limbs);
        Span<ulong> signs = stackalloc ulong[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
            signs[lane] = Lane(limbs, lane).Normalize().IsOddNormalized == areOdd[lane] ? 0 : 1UL << 63;

        y = root.NegateWhere(Vector512.Create<ulong>(signs));
    }

    /// <summary>u1·G + u2·point in every lane, on the isomorphic curve of the scale.</summary>
    public static JacobianPoint8 AddMultiples(ReadOnlySpan<ulong> words, in FieldElement8 x, in FieldElement8 y, out FieldElement8 scale)
    {
        ReadOnlySpan<ulong> lowG = words[..LaneWindows.Words], highG = words.Slice(LaneWindows.Words, LaneWindows.Words),
            low = words.Slice(2 * LaneWindows.Words, LaneWindows.Words), high = words.Slice(3 * LaneWindows.Words, LaneWindows.Words);
        Span<FieldElement8> table = stackalloc FieldElement8[LaneTables.NonceEntries * LaneTables.NonceElements];
        LaneTables.Fill(x, y, table, out scale);
        int position = LaneWindows.Bits - LaneTables.NonceWidth;
        LaneTables.SelectNonce(table, LaneWindows.Read(low, position, LaneTables.NonceWidth, out Vector512<ulong> signs), isTimesLambda: false,
            out FieldElement8 otherX, out FieldElement8 otherY);
        // Times one: a coordinate that is added to must be of magnitude 1, which a negative is not.
        LaneProduct.Multiply(otherY.NegateWhere(signs), LaneTables.One, out otherY);
        var sum = new JacobianPoint8(otherX, otherY, LaneTables.One);
        AddNonce(ref sum, table, high, position, isTimesLambda: true);
        while (--position >= 0)
        {
            sum.Double();
            if (position % LaneTables.NonceWidth == 0)
            {
                AddNonce(ref sum, table, low, position, isTimesLambda: false);
                AddNonce(ref sum, table, high, position, isTimesLambda: true);
            }

            if (position % LaneTables.GeneratorWidth == 0)
            {
                AddGenerator(ref sum, lowG, position, isTimesLambda: false, scale);
                AddGenerator(ref sum, highG, position, isTimesLambda: true, scale);
            }
        }

        return sum;
    }

    public static FieldElement Lane(ReadOnlySpan<ulong> limbs, int lane) =>
        new(limbs[lane], limbs[lane + Lanes], limbs[lane + 2 * Lanes], limbs[lane + 3 * Lanes], limbs[lane + 4 * Lanes]);

    private static void AddNonce(ref JacobianPoint8 sum, ReadOnlySpan<FieldElement8> table, ReadOnlySpan<ulong> words, int position, bool isTimesLambda)
    {
        Vector512<ulong> indices = LaneWindows.Read(words, position, LaneTables.NonceWidth, out Vector512<ulong> signs);
        LaneTables.SelectNonce(table, indices, isTimesLambda, out FieldElement8 x, out FieldElement8 y);
        sum.Add(x, y.NegateWhere(signs), sum.Z, out _);
    }

    private static void AddGenerator(ref JacobianPoint8 sum, ReadOnlySpan<ulong> words, int position, bool isTimesLambda, in FieldElement8 scale)
    {
        Vector512<ulong> indices = LaneWindows.Read(words, position, LaneTables.GeneratorWidth, out Vector512<ulong> signs);
        LaneTables.SelectGenerator(indices, isTimesLambda, out FieldElement8 x, out FieldElement8 y);
        LaneProduct.Multiply(sum.Z, scale, out FieldElement8 z);
        sum.Add(x, y.NegateWhere(signs), z, out _);
    }

    // The power of (p + 1) / 4, as in FieldElement.TrySqrt.
    private static FieldElement8 Power(in FieldElement8 a)
    {
        LaneProduct.Square(a, out FieldElement8 ones2);
        LaneProduct.Multiply(ones2, a, out ones2);
        LaneProduct.Square(ones2, out FieldElement8 ones3);
        LaneProduct.Multiply(ones3, a, out ones3);
        FieldElement8 ones6 = Join(ones3, 3, ones3);
        FieldElement8 ones9 = Join(ones6, 3, ones3);
        FieldElement8 ones11 = Join(ones9, 2, ones2);
        FieldElement8 ones22 = Join(ones11, 11, ones11);
        FieldElement8 ones44 = Join(ones22, 22, ones22);
        FieldElement8 ones88 = Join(ones44, 44, ones44);
        FieldElement8 ones176 = Join(ones88, 88, ones88);
        FieldElement8 ones220 = Join(ones176, 44, ones44);
        FieldElement8 ones223 = Join(ones220, 3, ones3);
        return LaneProduct.SquareTimes(Join(Join(ones223, 23, ones22), 6, ones2), 2);
    }

    private static FieldElement8 Join(in FieldElement8 power, int count, in FieldElement8 ones)
    {
        LaneProduct.Multiply(LaneProduct.SquareTimes(power, count), ones, out FieldElement8 product);
        return product;
    }
}
