using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Odd multiples of points, of which every lane takes its own.</summary>
internal static class LaneTables
{
    /// <summary>Width of the windows of the nonce point.</summary>
    public const int NonceWidth = 5;

    /// <summary>Entries of a table of the nonce points.</summary>
    public const int NonceEntries = 1 << (NonceWidth - 1);

    /// <summary>Elements of an entry of the nonce points: x, β·x and y.</summary>
    public const int NonceElements = 3;

    /// <summary>Width of the windows of the generator.</summary>
    public const int GeneratorWidth = 13;

    // x, β·x and y, and a limb to fill two lines of the cache.
    private const int GeneratorStride = 16;

    private static readonly double[] Generator = FillGenerator();

    /// <summary>β in every lane.</summary>
    public static readonly FieldElement8 Beta = FieldElement8.Fill(Endomorphism.Beta);

    public static readonly FieldElement8 One = FieldElement8.Fill(FieldElement.One);

    /// <summary>As <see cref="OddMultiples.Fill(in AffinePoint, Span{AffinePoint}, out FieldElement)"/>, of eight points.</summary>
    public static void Fill(in FieldElement8 x, in FieldElement8 y, Span<FieldElement8> table, out FieldElement8 scale)
    {
        // On the curve with the Z of 2P as scale, 2P has the Z of 1, and adding it costs less.
        var multiple = new JacobianPoint8(x, y, One);
        multiple.Double();
        FieldElement8 stepX = multiple.X, stepY = multiple.Y, stepZ = multiple.Z;
        LaneProduct.Square(stepZ, out FieldElement8 square);
        LaneProduct.Multiply(square, stepZ, out FieldElement8 cube);
        LaneProduct.Multiply(x, square, out table[0]);
        LaneProduct.Multiply(y, cube, out table[2]);
        multiple = new JacobianPoint8(table[0], table[2], One);
        for (int index = NonceElements; index < table.Length; index += NonceElements)
        {
            // What Z has grown by waits where β·x will be.
            multiple.Add(stepX, stepY, multiple.Z, out table[index + 1]);
            table[index] = multiple.X;
            table[index + 2] = multiple.Y;
        }

        // Each is brought to the Z of the last by what Z has grown since.
        LaneProduct.Multiply(multiple.Z, stepZ, out scale);
        FieldElement8 growth = table[^2];
        LaneProduct.Multiply(table[^3], Beta, out table[^2]);
        for (int index = table.Length - 2 * NonceElements; index >= 0; index -= NonceElements)
        {
            LaneProduct.Square(growth, out square);
            LaneProduct.Multiply(square, growth, out cube);
            if (index > 0)
                LaneProduct.Multiply(growth, table[index + 1], out growth);

            LaneProduct.Multiply(table[index], square, out table[index]);
            LaneProduct.Multiply(table[index], Beta, out table[index + 1]);
            LaneProduct.Multiply(table[index + 2], cube, out table[index + 2]);
        }
    }

    /// <summary>Takes an entry of the nonce points for each lane.</summary>
    public static void SelectNonce(ReadOnlySpan<FieldElement8> table, Vector512<ulong> indices, bool isTimesLambda, out FieldElement8 x, out FieldElement8 y)
    {
        x = default;
        y = default;
        ReadOnlySpan<double> source = MemoryMarshal.Cast<FieldElement8, double>(table);
        Span<double> toX = MemoryMarshal.Cast<FieldElement8, double>(new Span<FieldElement8>(ref x));
        Span<double> toY = MemoryMarshal.Cast<FieldElement8, double>(new Span<FieldElement8>(ref y));
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
        {
            int entry = (int)indices.GetElement(lane) * NonceElements * FieldElement8.Limbs + lane;
            ReadOnlySpan<double> fromX = source.Slice(entry + (isTimesLambda ? FieldElement8.Limbs : 0), FieldElement8.Limbs - 7);
            ReadOnlySpan<double> fromY = source.Slice(entry + 2 * FieldElement8.Limbs, FieldElement8.Limbs - 7);
            for (int limb = 0; limb < FieldElement8.Limbs - 7; limb += FieldElement8.Lanes)
            {
                toX[lane + limb] = fromX[limb];
                toY[lane + limb] = fromY[limb];
            }
        }
    }

    /// <summary>Takes an odd multiple of the generator for each lane.</summary>
    public static void SelectGenerator(Vector512<ulong> indices, bool isTimesLambda, out FieldElement8 x, out FieldElement8 y)
    {
        x = default;
        y = default;
        Span<double> toX = MemoryMarshal.Cast<FieldElement8, double>(new Span<FieldElement8>(ref x));
        Span<double> toY = MemoryMarshal.Cast<FieldElement8, double>(new Span<FieldElement8>(ref y));
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
        {
            ReadOnlySpan<double> entry = Generator.AsSpan((int)indices.GetElement(lane) * GeneratorStride, GeneratorStride);
            ReadOnlySpan<double> fromX = entry.Slice(isTimesLambda ? 5 : 0, 5), fromY = entry.Slice(10, 5);
            for (int limb = 0; limb < 5; limb++)
            {
                toX[lane + limb * FieldElement8.Lanes] = fromX[limb];
                toY[lane + limb * FieldElement8.Lanes] = fromY[limb];
            }
        }
    }

    private static double[] FillGenerator()
    {
        var points = new AffinePoint[1 << (GeneratorWidth - 1)];
        OddMultiples.Fill(Ecdsa.GeneratorPoint, points);
        double[] table = GC.AllocateArray<double>(points.Length * GeneratorStride, pinned: true);
        for (int index = 0; index < points.Length; index++)
        {
            Span<double> entry = table.AsSpan(index * GeneratorStride, GeneratorStride);
            WriteLimbs(points[index].X, entry);
            WriteLimbs(points[index].X * Endomorphism.Beta, entry[5..]);
            WriteLimbs(points[index].Y, entry[10..]);
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
