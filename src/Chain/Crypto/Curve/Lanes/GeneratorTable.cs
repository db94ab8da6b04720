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
        Span<FieldElement> x = stackalloc FieldElement[FieldElement8.Lanes], xTimesBeta = stackalloc FieldElement[FieldElement8.Lanes],
            y = stackalloc FieldElement[FieldElement8.Lanes];
        for (int first = 0; first < points.Length; first += FieldElement8.Lanes)
        {
            for (int lane = 0; lane < FieldElement8.Lanes; lane++)
            {
                x[lane] = points[first + lane].X.Normalize();
                xTimesBeta[lane] = (x[lane] * Endomorphism.Beta).Normalize();
                y[lane] = points[first + lane].Y.Normalize();
            }

            Span<double> entries = table.AsSpan(first * Entry, FieldElement8.Lanes * Entry);
            WriteLimbs(FieldElement8.Load(x), entries);
            WriteLimbs(FieldElement8.Load(xTimesBeta), entries[TimesBeta..]);
            WriteLimbs(FieldElement8.Load(y), entries[Y..]);
        }

        return table;
    }

    // Each lane into an entry of its own.
    private static void WriteLimbs(FieldElement8 element, Span<double> entries)
    {
        ReadOnlySpan<double> limbs = MemoryMarshal.Cast<FieldElement8, double>(new ReadOnlySpan<FieldElement8>(in element));
        for (int limb = 0; limb < FieldElement.Limbs; limb++)
        {
            for (int lane = 0; lane < FieldElement8.Lanes; lane++)
                entries[lane * Entry + limb] = limbs[limb * FieldElement8.Lanes + lane];
        }
    }
}
