namespace DerChain.Chain.Crypto.Curve;

/// <summary>Tables of the odd multiples P, 3P, 5P, ... of a point, from which sums of multiples are made by adding digits.</summary>
internal static class OddMultiples
{
    private const int MaxOnStack = 8;

    /// <summary>Fills a table with the odd multiples of a point on an isomorphic curve, on which all have the Z of 1, so that no inverse is needed.</summary>
    /// <param name="point">The point.</param>
    /// <param name="table">Takes the multiples, 1 to 4,096 of them; none of them is infinity, since the order of every point is a prime of 256 bits.</param>
    /// <param name="scale">The table's (x, y) is the point (x / scale^2, y / scale^3).</param>
    public static void Fill(in AffinePoint point, Span<AffinePoint> table, out FieldElement scale)
    {
        // On the curve with the Z of 2P as scale, 2P has the Z of 1, and adding it costs less.
        var doubled = JacobianPoint.From(point);
        doubled.Double();
        FieldElement square = doubled.Z.Square();
        var step = new AffinePoint(doubled.X, doubled.Y);
        table[0] = new(point.X * square, point.Y * (square * doubled.Z));

        Span<FieldElement> growths = stackalloc FieldElement[MaxOnStack];
        if (table.Length > MaxOnStack)
            growths = new FieldElement[table.Length];

        var multiple = JacobianPoint.From(table[0]);
        for (int index = 1; index < table.Length; index++)
        {
            multiple.AddDistinct(step, out growths[index]);
            table[index] = new(multiple.X, multiple.Y);
        }

        table[^1] = new(multiple.X.Normalize(), multiple.Y.Normalize());

        // Each is brought to the Z of the last by what Z has grown since.
        scale = multiple.Z * doubled.Z;
        FieldElement growth = FieldElement.One;
        for (int index = table.Length - 2; index >= 0; index--)
        {
            growth = growths[index + 1] * growth;
            table[index] = table[index].Scale(growth);
        }
    }

    /// <summary>Fills a table with the odd multiples of a point, on its curve.</summary>
    public static void Fill(in AffinePoint point, Span<AffinePoint> table)
    {
        Fill(point, table, out FieldElement scale);
        FieldElement inverse = scale.Inverse();
        foreach (ref AffinePoint entry in table)
            entry = entry.Scale(inverse);
    }

    /// <summary>The multiple that a digit of <see cref="HalfScalar.WriteDigits"/> stands for, not 0; λ times it if asked.</summary>
    public static void Find(ReadOnlySpan<AffinePoint> table, int digit, bool isTimesLambda, out AffinePoint multiple)
    {
        ref readonly AffinePoint entry = ref table[Math.Abs(digit) >> 1];
        if (isTimesLambda)
            FieldElement.Multiply(entry.X, Endomorphism.Beta, out multiple.X);
        else
            multiple.X = entry.X;

        multiple.Y = digit < 0 ? entry.Y.Negate(1) : entry.Y;
    }
}
