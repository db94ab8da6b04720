using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Eight numbers modulo p = 2^256 − 2^32 − 977 side by side, for public data only.</summary>
/// <remarks>
/// Five limbs of 52 bits, low first, that are integers in floating-point numbers of either sign. An element of magnitude 1 has limbs from −2^51 to 2^51 − 1, the
/// last from −2^10 to 2^48 + 2^10; every product has it. The product of two limbs must be from −2^103 to 2^103 − 1. So factors are elements of magnitude 1,
/// or one of them is a difference of two such, or −2 times such; a square is of an element of magnitude 1 or the negative of one. An addend may
/// have limbs up to 2^53 in size, or be a power of two times such, up to 2^55.
/// </remarks>
/// <threadsafety>A value.</threadsafety>
internal struct FieldElement8
{
    public const int Lanes = 8;

    /// <summary>Limbs of all lanes.</summary>
    public const int Limbs = FieldElement.Limbs * Lanes;

    public Vector512<double> N0, N1, N2, N3, N4;

    /// <summary>The same number in every lane.</summary>
    /// <param name="number">Normalized.</param>
    public static FieldElement8 Fill(in FieldElement number)
    {
        Span<FieldElement> elements = stackalloc FieldElement[Lanes];
        elements.Fill(number);
        return Load(elements);
    }

    /// <summary>An element of magnitude 1 of eight normalized ones.</summary>
    public static FieldElement8 Load(ReadOnlySpan<FieldElement> elements)
    {
        ReadOnlySpan<ulong> source = MemoryMarshal.Cast<FieldElement, ulong>(elements[..Lanes]);
        Span<ulong> limbs = stackalloc ulong[Limbs];
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int limb = 0; limb < FieldElement.Limbs; limb++)
                limbs[limb * Lanes + lane] = source[lane * FieldElement.Limbs + limb];
        }

        return LaneColumns.Balance(ToVector(limbs, 0), ToVector(limbs, 1), ToVector(limbs, 2), ToVector(limbs, 3), ToVector(limbs, 4));
    }

    /// <summary>Writes an element of magnitude 1 as eight of magnitude 2.</summary>
    public readonly void Store(Span<FieldElement> elements)
    {
        // 2p makes every limb positive.
        Span<ulong> limbs = stackalloc ulong[Limbs], target = MemoryMarshal.Cast<FieldElement, ulong>(elements[..Lanes]);
        ToInteger(N0, 2 * 0xFFFFEFFFFFC2F).CopyTo(limbs);
        ToInteger(N1, 2 * ((1L << 52) - 1)).CopyTo(limbs[Lanes..]);
        ToInteger(N2, 2 * ((1L << 52) - 1)).CopyTo(limbs[(2 * Lanes)..]);
        ToInteger(N3, 2 * ((1L << 52) - 1)).CopyTo(limbs[(3 * Lanes)..]);
        ToInteger(N4, 2 * ((1L << 48) - 1)).CopyTo(limbs[(4 * Lanes)..]);
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int limb = 0; limb < FieldElement.Limbs; limb++)
                target[lane * FieldElement.Limbs + limb] = limbs[limb * Lanes + lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement8 operator +(in FieldElement8 a, in FieldElement8 b)
    {
        FieldElement8 sum;
        sum.N0 = a.N0 + b.N0;
        sum.N1 = a.N1 + b.N1;
        sum.N2 = a.N2 + b.N2;
        sum.N3 = a.N3 + b.N3;
        sum.N4 = a.N4 + b.N4;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement8 operator -(in FieldElement8 a, in FieldElement8 b)
    {
        FieldElement8 difference;
        difference.N0 = a.N0 - b.N0;
        difference.N1 = a.N1 - b.N1;
        difference.N2 = a.N2 - b.N2;
        difference.N3 = a.N3 - b.N3;
        difference.N4 = a.N4 - b.N4;
        return difference;
    }

    /// <summary>Product with a small number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement8 operator *(double factor, in FieldElement8 a)
    {
        FieldElement8 multiple;
        Vector512<double> factors = Vector512.Create(factor);
        multiple.N0 = factors * a.N0;
        multiple.N1 = factors * a.N1;
        multiple.N2 = factors * a.N2;
        multiple.N3 = factors * a.N3;
        multiple.N4 = factors * a.N4;
        return multiple;
    }

    /// <summary>The negative in the lanes where the sign bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly FieldElement8 NegateWhere(Vector512<ulong> signs)
    {
        FieldElement8 element;
        element.N0 = (N0.AsUInt64() ^ signs).AsDouble();
        element.N1 = (N1.AsUInt64() ^ signs).AsDouble();
        element.N2 = (N2.AsUInt64() ^ signs).AsDouble();
        element.N3 = (N3.AsUInt64() ^ signs).AsDouble();
        element.N4 = (N4.AsUInt64() ^ signs).AsDouble();
        return element;
    }

    private static Vector512<long> ToVector(ReadOnlySpan<ulong> limbs, int limb) => Vector512.Create(limbs.Slice(limb * Lanes, Lanes)).AsInt64();

    private static Vector512<ulong> ToInteger(Vector512<double> limb, long offset) =>
        (Avx512DQ.ConvertToVector512Int64(limb) + Vector512.Create(offset)).AsUInt64();
}
