namespace DerChain.Chain.Crypto.Curve;

/// <summary>The point (X / Z^2, Y / Z^3), or infinity, the default value: a sum that grows. X is of magnitude 5 at most, Y of 3, Z of 1.</summary>
/// <remarks>Coordinates are changed in place: copies of 120 bytes at every step were measured to cost 2 to 8 percent.</remarks>
/// <threadsafety>Single owner.</threadsafety>
internal struct JacobianPoint
{
    private FieldElement _x, _y, _z;
    private bool _isFinite;

    private JacobianPoint(in AffinePoint point)
    {
        _x = point.X;
        _y = point.Y;
        _z = FieldElement.One;
        _isFinite = true;
    }

    public readonly FieldElement X => _x;

    public readonly FieldElement Y => _y;

    public readonly FieldElement Z => _z;

    public readonly bool IsInfinity => !_isFinite;

    public static JacobianPoint From(in AffinePoint point) => new(point);

    /// <summary>Doubles the point. No point has y = 0, since the order is odd.</summary>
    public void Double()
    {
        if (!_isFinite)
            return;

        // With L = 3/2·X^2, S = Y^2, T = −X·S: the usual formulas, scaled so that Z becomes Y·Z instead of 2·Y·Z.
        FieldElement.Square(_x, out FieldElement l);
        l = (3 * l).Half(); // 2
        FieldElement.Square(_y, out FieldElement s);
        FieldElement.Multiply(s.Negate(1), _x, out FieldElement t);
        FieldElement.Multiply(_y, _z, out _z);
        FieldElement.Square(l, out FieldElement x);
        _x = x + 2 * t; // 3
        FieldElement.Multiply(l, _x + t, out FieldElement y);
        FieldElement.Square(s, out s);
        _y = (y + s).Negate(2); // 3
    }

    /// <summary>Adds a point.</summary>
    public void Add(in AffinePoint other)
    {
        if (_isFinite)
            Add(other, _z, out _);
        else
            this = From(other);
    }

    /// <summary>Adds a point, and says by what factor Z has grown. This is neither infinity nor the other point nor its negative.</summary>
    public void AddDistinct(in AffinePoint other, out FieldElement growth) => Add(other, _z, out growth);

    /// <summary>Adds a point of the curve, where this one is on the isomorphic curve on which (x, y) is (x·scale^2, y·scale^3).</summary>
    public void AddScaled(in AffinePoint other, in FieldElement scale)
    {
        if (_isFinite)
        {
            FieldElement.Multiply(_z, scale, out FieldElement z);
            Add(other, z, out _);
            return;
        }

        FieldElement square = scale.Square();
        this = From(new AffinePoint(other.X * square, other.Y * (square * scale)));
    }

    /// <summary>The point of the curve, where this one, not infinity, is on the isomorphic curve of a scale.</summary>
    public readonly AffinePoint ToAffine(in FieldElement scale)
    {
        Split(scale, out AffinePoint point, out FieldElement z);
        return point.Scale(z.Inverse());
    }

    /// <summary>As <see cref="ToAffine"/>, but for the inverse: the point is (X, Y), once scaled by the inverse of z.</summary>
    public readonly void Split(in FieldElement scale, out AffinePoint coordinates, out FieldElement z)
    {
        coordinates = new(_x, _y);
        FieldElement.Multiply(_z, scale, out z);
    }

    // z is Z, or Z times the scale of the isomorphic curve; the result stands on the same curve as this.
    private void Add(in AffinePoint other, in FieldElement z, out FieldElement h)
    {
        FieldElement.Square(z, out FieldElement square);
        FieldElement.Multiply(square, z, out FieldElement cube);
        FieldElement.Multiply(other.X, square, out h);
        h = _x.Negate(5) + h; // 7
        FieldElement.Multiply(other.Y, cube, out FieldElement r);
        FieldElement minusY = _y.Negate(3); // 4
        r = minusY + r; // 5
        if (h.IsZero())
        {
            if (r.IsZero())
                Double();
            else
                this = default;

            return;
        }

        FieldElement.Multiply(_z, h, out _z);
        FieldElement.Square(h, out FieldElement h2);
        FieldElement.Multiply(h2, h, out FieldElement h3);
        FieldElement.Multiply(_x, h2, out FieldElement t);
        FieldElement.Square(r, out FieldElement x);
        _x = (h3 + 2 * t).Negate(3) + x; // 5
        FieldElement.Multiply(r, _x.Negate(5) + t, out FieldElement y);
        FieldElement.Multiply(h3, minusY, out FieldElement z3);
        _y = y + z3; // 2
    }
}
