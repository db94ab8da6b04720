using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The odd multiples of the generator, of which each lane takes one: x, β·x and y of each, 512 KB.</summary>
internal static class GeneratorTable
{
    /// <summary>Width of the windows in bits.</summary>
    public const int Width = 13;

    // Where in an entry β·x and y stand. A last limb, never used, makes it two lines of the cache.
    private const int TimesBeta = FieldElement.Limbs;
    private const int Y = 2 * FieldElement.Limbs;
    private const int Entry = 16;

    private static readonly double[] Table = Fill();

    /// <summary>Takes for each lane the entry of its index, below 2^(<see cref="Width"/> − 1); λ times it if asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select(Vector512<ulong> indices, bool isTimesLambda, out FieldElement8 x, out FieldElement8 y)
    {
        ref double entries = ref MemoryMarshal.GetArrayDataReference(Table);
        Span<ulong> chosen = stackalloc ulong[FieldElement8.Lanes];
        (indices & Vector512.Create((1UL << (Width - 1)) - 1)).CopyTo(chosen);
        Unsafe.SkipInit(out x);
        Unsafe.SkipInit(out y);
        ref double toX = ref Unsafe.As<FieldElement8, double>(ref x), toY = ref Unsafe.As<FieldElement8, double>(ref y);
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
        {
            ref double entry = ref Unsafe.Add(ref entries, (nint)chosen[lane] * Entry);
            LanePoints.Copy(ref Unsafe.Add(ref entry, isTimesLambda ? TimesBeta : 0), 1, ref Unsafe.Add(ref toX, lane));
            LanePoints.Copy(ref Unsafe.Add(ref entry, Y), 1, ref Unsafe.Add(ref toY, lane));
        }
    }

    private static double[] Fill()
    {
        ReadOnlySpan<AffinePoint> points = Ecdsa.GeneratorMultiples[..(1 << (Width - 1))];
        var table = new double[points.Length * Entry];
        for (int index = 0; index < points.Length; index++)
        {
            Span<double> entry = table.AsSpan(index * Entry, Entry);
            WriteLimbs(points[index].X, entry);
            WriteLimbs(points[index].X * Endomorphism.Beta, entry[TimesBeta..]);
            WriteLimbs(points[index].Y, entry[Y..]);
        }

        return table;
    }

    private static void WriteLimbs(in FieldElement element, Span<double> limbs)
    {
        FieldElement8 filled = FieldElement8.Fill(element.Normalize());
        limbs[0] = filled.N0.ToScalar();
        limbs[1] = filled.N1.ToScalar();
        limbs[2] = filled.N2.ToScalar();
        limbs[3] = filled.N3.ToScalar();
        limbs[4] = filled.N4.ToScalar();
    }
}
