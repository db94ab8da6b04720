using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Gathers points limb by limb, each lane from a place of its own.</summary>
internal static class LanePoints
{
    /// <summary>β in every lane.</summary>
    public static readonly FieldElement8 Beta = FieldElement8.Fill(Endomorphism.Beta);

    public static readonly FieldElement8 One = FieldElement8.Fill(FieldElement.One);

    /// <summary>Copies an element's limbs, the given places apart, into a lane, where they are eight apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref double limbs, [ConstantExpected] int stride, ref double lane)
    {
        lane = limbs;
        Unsafe.Add(ref lane, FieldElement8.Lanes) = Unsafe.Add(ref limbs, stride);
        Unsafe.Add(ref lane, 2 * FieldElement8.Lanes) = Unsafe.Add(ref limbs, 2 * stride);
        Unsafe.Add(ref lane, 3 * FieldElement8.Lanes) = Unsafe.Add(ref limbs, 3 * stride);
        Unsafe.Add(ref lane, 4 * FieldElement8.Lanes) = Unsafe.Add(ref limbs, 4 * stride);
    }
}
