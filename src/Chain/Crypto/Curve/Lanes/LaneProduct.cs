using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<long>;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Products of <see cref="FieldElement8"/>, each of magnitude 1.</summary>
internal static class LaneProduct
{
    // Beyond the number a column holds the bits of a unit for each product in it, and those of the centre for each in the one before.
    private const ulong U = LaneColumns.UnitBits, C = LaneColumns.CentreBits, S = LaneColumns.SquareCentreBits, F = LaneColumns.Folded;

    /// <summary>a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in FieldElement8 a, in FieldElement8 b, out FieldElement8 product)
    {
        Begin(LaneColumns.Wanted0, LaneColumns.Wanted1, LaneColumns.Wanted, LaneColumns.WantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddProduct(a, b, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        LaneColumns.Finish(c0, c1, c2, c3, c4, top, out product);
    }

    /// <summary>a·b + addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAdd(in FieldElement8 a, in FieldElement8 b, in FieldElement8 addend, out FieldElement8 sum)
    {
        Begin(LaneColumns.Wanted0, LaneColumns.Wanted1, LaneColumns.Wanted, LaneColumns.WantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddProduct(a, b, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        Add(addend, ref c0, ref c1, ref c2, ref c3, ref c4);
        LaneColumns.Finish(c0, c1, c2, c3, c4, top, out sum);
    }

    /// <summary>a·b + c·d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyAndAdd(in FieldElement8 a, in FieldElement8 b, in FieldElement8 c, in FieldElement8 d, out FieldElement8 sum)
    {
        Begin(LaneColumns.Wanted0, LaneColumns.Wanted1, LaneColumns.Wanted, LaneColumns.WantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        V c5 = V.Zero, c6 = V.Zero, c7 = V.Zero, c8 = V.Zero, c9 = Start(LaneColumns.Wanted9);
        AddColumns(a, b, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        AddColumns(c, d, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        LaneColumns.FoldHigh(ref c0, ref c1, ref c2, ref c3, ref c4, ref top, c5, c6, c7, c8, c9);
        LaneColumns.Finish(c0, c1, c2, c3, c4, top, out sum);
    }

    /// <summary>4·a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyBy4(in FieldElement8 a, in FieldElement8 b, out FieldElement8 product)
    {
        Begin(0, 0, 0, 0, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddProduct(a, b, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        LaneColumns.Finish(
            (c0 << 2) + Start(LaneColumns.Wanted0), (c1 << 2) + Start(LaneColumns.Wanted1), (c2 << 2) + Start(LaneColumns.Wanted),
            (c3 << 2) + Start(LaneColumns.Wanted), c4 << 2, (top << 2) + Start(LaneColumns.WantedTop), out product);
    }

    /// <summary>a^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(in FieldElement8 a, out FieldElement8 square)
    {
        Begin(LaneColumns.Wanted0, LaneColumns.Wanted1, LaneColumns.Wanted, LaneColumns.WantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddSquare(a, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        LaneColumns.Finish(c0, c1, c2, c3, c4, top, out square);
    }

    /// <summary>a^2 + addend.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquareAdd(in FieldElement8 a, in FieldElement8 addend, out FieldElement8 sum)
    {
        Begin(LaneColumns.Wanted0, LaneColumns.Wanted1, LaneColumns.Wanted, LaneColumns.WantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddSquare(a, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        Add(addend, ref c0, ref c1, ref c2, ref c3, ref c4);
        LaneColumns.Finish(c0, c1, c2, c3, c4, top, out sum);
    }

    /// <summary>3·a^2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquareBy3(in FieldElement8 a, out FieldElement8 square)
    {
        Begin(0, 0, 0, 0, out V c0, out V c1, out V c2, out V c3, out V c4, out V top);
        AddSquare(a, ref c0, ref c1, ref c2, ref c3, ref c4, ref top);
        LaneColumns.Finish(
            c0 + (c0 << 1) + Start(LaneColumns.Wanted0), c1 + (c1 << 1) + Start(LaneColumns.Wanted1), c2 + (c2 << 1) + Start(LaneColumns.Wanted),
            c3 + (c3 << 1) + Start(LaneColumns.Wanted), c4 + (c4 << 1), top + (top << 1) + Start(LaneColumns.WantedTop), out square);
    }

    /// <summary>a squared so many times.</summary>
    public static FieldElement8 SquareTimes(in FieldElement8 a, int count)
    {
        FieldElement8 power = a;
        for (; count > 0; count--)
            Square(power, out power);

        return power;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Start(ulong bits) => Vector512.Create(unchecked((long)bits));

    // Columns that hold what is wanted beyond the number once the high ones are folded.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Begin(
        ulong wanted0, ulong wanted1, ulong wanted, ulong wantedTop, out V c0, out V c1, out V c2, out V c3, out V c4, out V top)
    {
        unchecked
        {
            c0 = Start(wanted0 - LaneColumns.Folded0);
            c1 = Start(wanted1 - F);
            c2 = Start(wanted - F);
            c3 = Start(wanted - F);
            c4 = Start(0 - F);
            top = Start(wantedTop - LaneColumns.FoldedTop);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(in FieldElement8 addend, ref V c0, ref V c1, ref V c2, ref V c3,
        ref V c4)
    {
        c0 += Avx512DQ.ConvertToVector512Int64(addend.N0);
        c1 += Avx512DQ.ConvertToVector512Int64(addend.N1);
        c2 += Avx512DQ.ConvertToVector512Int64(addend.N2);
        c3 += Avx512DQ.ConvertToVector512Int64(addend.N3);
        c4 += Avx512DQ.ConvertToVector512Int64(addend.N4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(in FieldElement8 a, in FieldElement8 b, ref V c0, ref V c1, ref V c2, ref V c3, ref V c4, ref V top)
    {
        V c5 = V.Zero, c6 = V.Zero, c7 = V.Zero, c8 = V.Zero, c9 = Start(LaneColumns.Wanted9);
        AddColumns(a, b, ref c0, ref c1, ref c2, ref c3, ref c4, ref c5, ref c6, ref c7, ref c8, ref c9);
        LaneColumns.FoldHigh(ref c0, ref c1, ref c2, ref c3, ref c4, ref top, c5, c6, c7, c8, c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddColumns(in FieldElement8 a, in FieldElement8 b,
        ref V c0, ref V c1, ref V c2, ref V c3, ref V c4, ref V c5, ref V c6, ref V c7, ref V c8, ref V c9)
    {
        Vector512<double> a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
        Vector512<double> b0 = b.N0, b1 = b.N1, b2 = b.N2, b3 = b.N3, b4 = b.N4;
        unchecked
        {
            c0 += Start(0 - U);
            c1 += Start(0 - 2 * U - C);
            c2 += Start(0 - 3 * U - 2 * C);
            c3 += Start(0 - 4 * U - 3 * C);
            c4 += Start(0 - 5 * U - 4 * C);
            c5 += Start(0 - 4 * U - 5 * C);
            c6 += Start(0 - 3 * U - 4 * C);
            c7 += Start(0 - 2 * U - 3 * C);
            c8 += Start(0 - U - 2 * C);
            c9 += Start(0 - C);
            LaneColumns.Add(a0, b4, ref c4, ref c5);
            LaneColumns.Add(a1, b3, ref c4, ref c5);
            LaneColumns.Add(a2, b2, ref c4, ref c5);
            LaneColumns.Add(a3, b1, ref c4, ref c5);
            LaneColumns.Add(a4, b0, ref c4, ref c5);
            LaneColumns.Add(a1, b4, ref c5, ref c6);
            LaneColumns.Add(a2, b3, ref c5, ref c6);
            LaneColumns.Add(a3, b2, ref c5, ref c6);
            LaneColumns.Add(a4, b1, ref c5, ref c6);
            LaneColumns.Add(a2, b4, ref c6, ref c7);
            LaneColumns.Add(a3, b3, ref c6, ref c7);
            LaneColumns.Add(a4, b2, ref c6, ref c7);
            LaneColumns.Add(a3, b4, ref c7, ref c8);
            LaneColumns.Add(a4, b3, ref c7, ref c8);
            LaneColumns.Add(a4, b4, ref c8, ref c9);
            LaneColumns.Add(a0, b0, ref c0, ref c1);
            LaneColumns.Add(a0, b1, ref c1, ref c2);
            LaneColumns.Add(a1, b0, ref c1, ref c2);
            LaneColumns.Add(a0, b2, ref c2, ref c3);
            LaneColumns.Add(a1, b1, ref c2, ref c3);
            LaneColumns.Add(a2, b0, ref c2, ref c3);
            LaneColumns.Add(a0, b3, ref c3, ref c4);
            LaneColumns.Add(a1, b2, ref c3, ref c4);
            LaneColumns.Add(a2, b1, ref c3, ref c4);
            LaneColumns.Add(a3, b0, ref c3, ref c4);
        }
    }

    // A product that stands twice in a column is taken once, of a doubled factor.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquare(in FieldElement8 a,
        ref V c0, ref V c1, ref V c2, ref V c3, ref V c4, ref V top)
    {
        Vector512<double> a0 = a.N0, a1 = a.N1, a2 = a.N2, a3 = a.N3, a4 = a.N4;
        Vector512<double> twice0 = a0 + a0, twice1 = a1 + a1, twice3 = a3 + a3, twice4 = a4 + a4;
        unchecked
        {
            c0 += Start(0 - U);
            c1 += Start(0 - U - S);
            c2 += Start(0 - 2 * U - S);
            c3 += Start(0 - 2 * U - 2 * S);
            c4 += Start(0 - 3 * U - 2 * S);
            V c5 = Start(0 - 2 * U - 3 * S), c6 = Start(0 - 2 * U - 2 * S), c7 = Start(0 - U - 2 * S), c8 = Start(0 - U - S),
                c9 = Start(LaneColumns.Wanted9 - S);
            LaneColumns.AddOfSquare(twice0, a4, ref c4, ref c5);
            LaneColumns.AddOfSquare(twice1, a3, ref c4, ref c5);
            LaneColumns.AddOfSquare(a2, a2, ref c4, ref c5);
            LaneColumns.AddOfSquare(a1, twice4, ref c5, ref c6);
            LaneColumns.AddOfSquare(a2, twice3, ref c5, ref c6);
            LaneColumns.AddOfSquare(a2, twice4, ref c6, ref c7);
            LaneColumns.AddOfSquare(a3, a3, ref c6, ref c7);
            LaneColumns.AddOfSquare(a3, twice4, ref c7, ref c8);
            LaneColumns.AddOfSquare(a4, a4, ref c8, ref c9);
            LaneColumns.AddOfSquare(a0, a0, ref c0, ref c1);
            LaneColumns.AddOfSquare(twice0, a1, ref c1, ref c2);
            LaneColumns.AddOfSquare(twice0, a2, ref c2, ref c3);
            LaneColumns.AddOfSquare(a1, a1, ref c2, ref c3);
            LaneColumns.AddOfSquare(twice0, a3, ref c3, ref c4);
            LaneColumns.AddOfSquare(twice1, a2, ref c3, ref c4);
            LaneColumns.FoldHigh(ref c0, ref c1, ref c2, ref c3, ref c4, ref top, c5, c6, c7, c8, c9);
        }
    }
}
