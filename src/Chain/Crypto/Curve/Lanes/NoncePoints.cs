using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The points of y^2 = x^3 + 7 at eight x coordinates.</summary>
internal static class NoncePoints
{
    private static readonly FieldElement8 Seven = FieldElement8.Fill(new FieldElement(7, 0, 0, 0, 0));

    /// <summary>Finds the y of each x and parity.</summary>
    /// <param name="x">The x coordinates, of magnitude 1.</param>
    /// <param name="areOdd">The parity of y in each lane.</param>
    /// <param name="exist">Becomes false in lanes where there is no such point; y is anything there.</param>
    /// <param name="y">The y coordinates, of magnitude 1 or the negative of that.</param>
    public static void Decompress(in FieldElement8 x, ReadOnlySpan<bool> areOdd, Span<bool> exist, out FieldElement8 y)
    {
        LaneProduct.Square(x, out FieldElement8 square);
        LaneProduct.MultiplyAdd(square, x, Seven, out square);
        FieldElement8 root = Power(square);
        LaneProduct.SquareAdd(root, -1 * square, out FieldElement8 difference);
        Span<FieldElement> elements = stackalloc FieldElement[FieldElement8.Lanes];
        difference.Store(elements);
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
            exist[lane] &= elements[lane].IsZero();

        Span<ulong> signs = stackalloc ulong[FieldElement8.Lanes];
        root.Store(elements);
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
            signs[lane] = elements[lane].Normalize().IsOddNormalized == areOdd[lane] ? 0 : 1UL << 63;

        y = root.NegateWhere(Vector512.Create<ulong>(signs));
    }

    // The power of (p + 1) / 4, as in FieldElement.TrySqrt.
    private static FieldElement8 Power(in FieldElement8 a)
    {
        FieldElement8 ones2 = Join(a, 1, a);
        FieldElement8 ones3 = Join(ones2, 1, a);
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
