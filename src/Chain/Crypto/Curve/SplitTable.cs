namespace DerChain.Chain.Crypto.Curve;

/// <summary>Odd multiples of P, 2^32·P, 2^64·P and 2^96·P: with them a multiple of P by 128 bits takes 32 doublings instead of 128.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class SplitTable
{
    public const int Parts = 4;

    /// <summary>Bits of a multiplier that one part stands for.</summary>
    public const int PartBits = 32;

    /// <summary>What a point takes.</summary>
    public const int BytesPerPoint = 80;

    private readonly AffinePoint[][] _parts = new AffinePoint[Parts][];

    /// <param name="point">P.</param>
    /// <param name="width">Width of the windows in bits; a part has 2^(width − 2) points.</param>
    public SplitTable(AffinePoint point, int width)
    {
        Width = width;
        for (int part = 0; part < Parts; part++)
        {
            if (part > 0)
                point = DoubleTimes(point, PartBits);

            _parts[part] = new AffinePoint[1 << (width - 2)];
            OddMultiples.Fill(point, _parts[part]);
        }
    }

    public int Width { get; }

    public ReadOnlySpan<AffinePoint> Part(int part) => _parts[part];

    private static AffinePoint DoubleTimes(in AffinePoint point, int count)
    {
        var multiple = JacobianPoint.From(point);
        for (; count > 0; count--)
            multiple.Double();

        return multiple.ToAffine(FieldElement.One);
    }
}
