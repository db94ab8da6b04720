namespace DerChain.Chain.Crypto.Curve;

/// <summary>A point of y^2 = x^3 + 7 other than infinity. The coordinates are of magnitude 1.</summary>
/// <threadsafety>A value.</threadsafety>
internal struct AffinePoint(in FieldElement x, in FieldElement y)
{
    public FieldElement X = x;
    public FieldElement Y = y;

    private static readonly FieldElement Seven = new(7, 0, 0, 0, 0);

    /// <summary>The point of an x of magnitude 1 and the parity of y.</summary>
    /// <returns>False where there is none.</returns>
    public static bool TryDecompress(in FieldElement x, bool isOdd, out AffinePoint point)
    {
        bool exists = (x.Square() * x + Seven).TrySqrt(out FieldElement y);
        y = y.Normalize();
        point = new(x, y.IsOddNormalized == isOdd ? y : y.Negate(1).Normalize());
        return exists;
    }

    /// <summary>Reads <c>x ‖ y</c>, which the caller knows to be a point.</summary>
    public static AffinePoint Read(ReadOnlySpan<byte> coordinates)
    {
        FieldElement.TryRead(coordinates[..FieldElement.Length], out FieldElement x);
        FieldElement.TryRead(coordinates[FieldElement.Length..], out FieldElement y);
        return new(x, y);
    }

    /// <summary>(x·factor^2, y·factor^3).</summary>
    public readonly AffinePoint Scale(in FieldElement factor)
    {
        FieldElement square = factor.Square();
        return new(X * square, Y * (square * factor));
    }

    /// <summary>Writes <c>x ‖ y</c>, each 32 bytes big-endian.</summary>
    public readonly void Write(Span<byte> coordinates)
    {
        X.Normalize().WriteNormalized(coordinates);
        Y.Normalize().WriteNormalized(coordinates[FieldElement.Length..]);
    }
}
