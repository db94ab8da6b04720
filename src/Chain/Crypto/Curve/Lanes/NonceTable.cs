using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>The odd multiples P, 3P, 5P, ... of eight points, of which every lane has its own: x, β·x and y of each.</summary>
internal static class NonceTable
{
    /// <summary>Width of the windows in bits. By the count of products one bit less costs as much, and one more costs more.</summary>
    public const int Width = 5;

    /// <summary>Elements of a table.</summary>
    public const int Length = Entry << (Width - 1);

    // Elements of an entry, and where in it β·x and y stand.
    private const int Entry = 3;
    private const int TimesBeta = 1;
    private const int Y = 2;

    /// <summary>As <see cref="OddMultiples.Fill(in AffinePoint, Span{AffinePoint}, out FieldElement)"/>.</summary>
    /// <param name="x">The x coordinates of the points.</param>
    /// <param name="y">The y coordinates, of magnitude 1 or the negative of that.</param>
    /// <param name="table">Takes the <see cref="Length"/> elements.</param>
    /// <param name="scale">The table's (x, y) is the point (x / scale^2, y / scale^3).</param>
    public static void Fill(in FieldElement8 x, in FieldElement8 y, Span<FieldElement8> table, out FieldElement8 scale)
    {
        // On the curve with the Z of 2P as scale, 2P has the Z of 1, and adding it costs less.
        var multiple = new JacobianPoint8(x, y, LanePoints.One);
        multiple.Double();
        FieldElement8 stepX = multiple.X, stepY = multiple.Y, stepZ = multiple.Z;
        table[0] = x;
        table[Y] = y;
        Scale(table, stepZ);
        multiple = new JacobianPoint8(table[0], table[Y], LanePoints.One);
        for (int entry = Entry; entry < Length; entry += Entry)
        {
            // By what Z grows waits where β·x will be.
            multiple.Add(stepX, stepY, multiple.Z, out table[entry + TimesBeta]);
            table[entry] = multiple.X;
            table[entry + Y] = multiple.Y;
        }

        // Each is brought to the Z of the last by what Z has grown since.
        LaneProduct.Multiply(multiple.Z, stepZ, out scale);
        FieldElement8 growth = LanePoints.One;
        for (int entry = Length - Entry; entry >= 0; entry -= Entry)
        {
            FieldElement8 own = table[entry + TimesBeta];
            if (entry < Length - Entry)
                Scale(table[entry..], growth);

            if (entry > 0)
                LaneProduct.Multiply(growth, own, out growth);

            LaneProduct.Multiply(table[entry], LanePoints.Beta, out table[entry + TimesBeta]);
        }
    }

    /// <summary>Takes for each lane the entry of its index, below 2^(<see cref="Width"/> − 1); λ times it if asked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Select(ReadOnlySpan<FieldElement8> table, Vector512<ulong> indices, bool isTimesLambda, out FieldElement8 x, out FieldElement8 y)
    {
        _ = table[Length - 1];
        ref double entries = ref Unsafe.As<FieldElement8, double>(ref MemoryMarshal.GetReference(table));
        Span<ulong> chosen = stackalloc ulong[FieldElement8.Lanes];
        (indices & Vector512.Create((1UL << (Width - 1)) - 1)).CopyTo(chosen);
        Unsafe.SkipInit(out x);
        Unsafe.SkipInit(out y);
        ref double toX = ref Unsafe.As<FieldElement8, double>(ref x), toY = ref Unsafe.As<FieldElement8, double>(ref y);
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
        {
            ref double entry = ref Unsafe.Add(ref entries, (nint)chosen[lane] * (Entry * FieldElement8.Limbs) + lane);
            LanePoints.Copy(ref Unsafe.Add(ref entry, isTimesLambda ? TimesBeta * FieldElement8.Limbs : 0), FieldElement8.Lanes, ref Unsafe.Add(ref toX, lane));
            LanePoints.Copy(ref Unsafe.Add(ref entry, Y * FieldElement8.Limbs), FieldElement8.Lanes, ref Unsafe.Add(ref toY, lane));
        }
    }

    private static void Scale(Span<FieldElement8> entry, in FieldElement8 factor)
    {
        LaneProduct.Square(factor, out FieldElement8 square);
        LaneProduct.Multiply(entry[0], square, out entry[0]);
        LaneProduct.Multiply(square, factor, out square);
        LaneProduct.Multiply(entry[Y], square, out entry[Y]);
    }
}
