using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The columns of a product of field elements, eight products side by side: exact integers by the fused multiplication of floating-point numbers.</summary>
/// <remarks>
/// Let a·b be a product of two integers, from −2^103 to 2^103. Rounded towards zero, Centre + a·b is Centre + 2^52·h with h = ⌊a·b / 2^52⌋: between 2^104 and
/// 2^105 numbers are 2^52 apart. Then 2^52 + l with l = a·b − 2^52·h, from 0 to 2^52 − 1, has no error. The bits of both, taken as integers, are h and l plus
/// those of Centre and of 2^52; columns add them up so, and start from what takes these constants off again. Column k is worth 2^(52k); l goes to the
/// column of the product and h to the next one. (Emmart, Zheng and Weems, "Faster modular exponentiation using double precision floating point
/// arithmetic on the GPU", 2018.)
/// </remarks>
internal static class LaneColumns
{
    /// <summary>2^52, whose bits are <see cref="UnitBits"/>.</summary>
    public const double Unit = 4503599627370496;

    public const ulong UnitBits = 0x433UL << 52;

    /// <summary>For products from −2^103 to 2^103 − 1.</summary>
    public const double Centre = 1.5 * Unit * Unit;

    public const ulong CentreBits = 0x4678UL << 48;

    /// <summary>For products from −2^103 + 2^52 to 2^103: those of a square, 2·a·a among them.</summary>
    public const double SquareCentre = Centre - Unit;

    public const ulong SquareCentreBits = CentreBits - 1;

    // 2^256 and 2^260 modulo p.
    private const double Fold256 = 0x1000003D1;
    private const double Fold260 = 16 * Fold256;

    private const ulong Mask52 = (1UL << 52) - 1;
    private const ulong Mask48 = (1UL << 48) - 1;

    // What is taken from an integer in balanced digits, so that they lie from −2^51 to 2^51 − 1: half a unit of the next.
    private const ulong Half = 1UL << 51;

    // Keeps the top's multiple of 2^256 above 0, and is taken off where it is folded: 2^40·Fold256 = 2^20·2^52 + 977·2^40.
    private const ulong TopBias = 1UL << 40;

    // (a and b) or c, with 0xf0, 0xcc and 0xaa for the operands.
    private const byte AndOrTable = (0xf0 & 0xcc) | 0xaa;

    /// <summary>What <see cref="FoldHigh"/> adds to columns 0, 1 to 4, and the top, beyond the number.</summary>
    public const ulong Folded0 = UnitBits, Folded = unchecked(CentreBits + UnitBits), FoldedTop = CentreBits;

    /// <summary>What <see cref="Finish"/> wants to find in columns 0, 1, 2 and 3, and the top, beyond the number.</summary>
    public const ulong Wanted0 = unchecked(Half - UnitBits - 977 * TopBias), Wanted1 = unchecked(Half - CentreBits - (1UL << 20)), Wanted = Half,
        WantedTop = (UnitBits + TopBias) >> 4;

    /// <summary>What <see cref="FoldHigh"/> wants to find in column 9 beyond the number, which may be negative.</summary>
    public const ulong Wanted9 = Half;

    /// <summary>Adds a product to its column and to the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(Vector512<double> a, Vector512<double> b, ref Vector512<long> low, ref Vector512<long> high) =>
        Add(a, b, Centre, Centre + Unit, ref low, ref high);

    /// <summary>Adds a product of a square to its column and to the next one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddOfSquare(Vector512<double> a, Vector512<double> b, ref Vector512<long> low, ref Vector512<long> high) =>
        Add(a, b, SquareCentre, SquareCentre + Unit, ref low, ref high);

    /// <summary>Folds columns 5 to 9, each below 2^57 in size, the last below 2^48: 2^260·h = Fold260·h. What comes to column 5 is the top, below 2^33.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FoldHigh(
        ref Vector512<long> c0, ref Vector512<long> c1, ref Vector512<long> c2, ref Vector512<long> c3, ref Vector512<long> c4, ref Vector512<long> top,
        Vector512<long> c5, Vector512<long> c6, Vector512<long> c7, Vector512<long> c8, Vector512<long> c9)
    {
        FoldDigit(c5, Unit, ref c0, ref c1);
        c6 += c5 >> 52;
        FoldDigit(c6, Unit, ref c1, ref c2);
        c7 += c6 >> 52;
        FoldDigit(c7, Unit, ref c2, ref c3);
        c8 += c7 >> 52;
        FoldDigit(c8, Unit, ref c3, ref c4);
        c9 += c8 >> 52;
        FoldDigit(c9, 1.5 * Unit, ref c4, ref top);
    }

    /// <summary>Folds the top and what is above 2^256 in column 4, and carries, so that the element has magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Finish(
        Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3, Vector512<long> c4, Vector512<long> top, out FieldElement8 element)
    {
        Vector512<double> above256 = ((top << 4) + (c4 >> 48)).AsDouble();
        Add(above256, Vector512.Create(Fold256), Centre - Unit * Fold256, Centre + Unit - Unit * Fold256, ref c0, ref c1);
        Carry(c0, c1, c2, c3, c4 & Vector512.Create(unchecked((long)Mask48)), out element);
    }

    /// <summary>An element of magnitude 1, of limbs from 0 to 2^52 − 1, the last to 2^48 − 1.</summary>
    public static FieldElement8 Balance(Vector512<long> n0, Vector512<long> n1, Vector512<long> n2, Vector512<long> n3, Vector512<long> n4)
    {
        Vector512<long> half = Vector512.Create(unchecked((long)Half));
        Carry(n0 + half, n1 + half, n2 + half, n3 + half, n4, out FieldElement8 element);
        return element;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(
        Vector512<long> c0, Vector512<long> c1, Vector512<long> c2, Vector512<long> c3, Vector512<long> c4, out FieldElement8 element)
    {
        element.N0 = Balanced(c0);
        c1 += c0 >> 52;
        element.N1 = Balanced(c1);
        c2 += c1 >> 52;
        element.N2 = Balanced(c2);
        c3 += c2 >> 52;
        element.N3 = Balanced(c3);
        element.N4 = Avx512DQ.ConvertToVector512Double(c4 + (c3 >> 52));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector512<double> a, Vector512<double> b, double centre, double centreAndUnit, ref Vector512<long> low, ref Vector512<long> high)
    {
        Vector512<double> h = Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(centre), FloatRoundingMode.ToZero);
        low += Avx512F.FusedMultiplyAdd(a, b, Vector512.Create(centreAndUnit) - h).AsInt64();
        high += h.AsInt64();
    }

    // The lowest 52 bits of a column become the number offset + digit, whose offset the constants take off.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FoldDigit(Vector512<long> column, double offset, ref Vector512<long> low, ref Vector512<long> high) => Add(
        WithBits(column, Mask52, UnitBits).AsDouble(), Vector512.Create(Fold260), Centre - offset * Fold260, Centre + Unit - offset * Fold260, ref low, ref high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Balanced(Vector512<long> column) => WithBits(column, Mask52, UnitBits).AsDouble() - Vector512.Create(1.5 * Unit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> WithBits(Vector512<long> column, ulong mask, ulong bits) =>
        Avx512F.TernaryLogic(column, Vector512.Create(unchecked((long)mask)), Vector512.Create(unchecked((long)bits)), AndOrTable);
}
