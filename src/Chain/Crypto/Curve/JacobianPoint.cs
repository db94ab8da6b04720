namespace DerChain.Chain.Crypto.Curve;

/// <summary>The point (X / Z^2, Y / Z^3), or infinity, the default value. X is of magnitude 5 at most, Y of 3, Z of 1.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal readonly struct JacobianPoint
{
    private readonly bool _isFinite;

    private JacobianPoint(in FieldElement x, in FieldElement y, in FieldElement z)
    {
        X = x;
        Y = y;
        Z = z;
        _isFinite = true;
    }

    public readonly FieldElement X;
    public readonly FieldElement Y;
    public readonly FieldElement Z;

    public bool IsInfinity => !_isFinite;

    public static JacobianPoint From(in AffinePoint point) => new(point.X, point.Y, FieldElement.One);

    /// <summary>Twice the point. No point has the order 2, as 7 has no cube root's negative in the field; y is never 0.</summary>
    public JacobianPoint Double()
    {
        if (!_isFinite)
            return this;

        // With L = 3/2·X^2, S = Y^2, T = −X·S: the usual formulas, scaled by Z = Y·Z instead of 2·Y·Z.
        FieldElement l = (3 * X.Square()).Half(); // 2
        FieldElement s = Y.Square();
        FieldElement t = s.Negate(1) * X;
        FieldElement x = l.Square() + 2 * t; // 3
        FieldElement y = (l * (x + t) + s.Square()).Negate(2); // 3
        return new(x, y, Y * Z);
    }

    /// <summary>The sum with a point.</summary>
    public JacobianPoint Add(in AffinePoint other) => _isFinite ? Add(other, Z, out _) : From(other);

    /// <summary>The sum with a point, and by what factor Z has grown. This is neither infinity nor the other point nor its negative.</summary>
    public JacobianPoint AddDistinct(in AffinePoint other, out FieldElement growth) => Add(other, Z, out growth);

    /// <summary>The sum with a point of the curve, where this one is on the isomorphic curve on which (x, y) is (x·scale^2, y·scale^3).</summary>
    public JacobianPoint AddScaled(in AffinePoint other, in FieldElement scale)
    {
        if (_isFinite)
            return Add(other, Z * scale, out _);

        FieldElement square = scale.Square();
        return new(other.X * square, other.Y * (square * scale), FieldElement.One);
    }

    /// <summary>The point of the curve, where this one, not infinity, is on the isomorphic curve of a scale.</summary>
    public AffinePoint ToAffine(in FieldElement scale)
    {
        FieldElement inverse = (Z * scale).Inverse();
        FieldElement square = inverse.Square();
        return new(X * square, Y * (square * inverse));
    }

    // z is Z, or Z times the scale of the isomorphic curve; the result stands on the same curve as this.
    private JacobianPoint Add(in AffinePoint other, in FieldElement z, out FieldElement growth)
    {
        FieldElement square = z.Square();
        FieldElement h = X.Negate(5) + other.X * square; // 7
        FieldElement minusY = Y.Negate(3); // 4
        FieldElement r = minusY + other.Y * (square * z); // 5
        growth = h;
        if (h.IsZero())
            return r.IsZero() ? Double() : default;

        FieldElement h2 = h.Square();
        FieldElement h3 = h2 * h;
        FieldElement t = X * h2;
        FieldElement x = (h3 + 2 * t).Negate(3) + r.Square(); // 5
        FieldElement y = r * (x.Negate(5) + t) + h3 * minusY; // 2
        return new(x, y, Z * h);
    }
}
