using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Eight points (X / Z^2, Y / Z^3) side by side. All coordinates are of magnitude 1.</summary>
/// <remarks>
/// The formulas know no special case. Where in a lane the two points of an addition are equal or opposite, Z becomes a multiple of p, and so it stays through all
/// that follows, since each step multiplies Z by something. So a Z other than 0 in the end says that no lane met a special case. No point of the
/// curve has y = 0, so doublings have none.
/// </remarks>
/// <threadsafety>Single owner.</threadsafety>
internal struct JacobianPoint8(in FieldElement8 x, in FieldElement8 y, in FieldElement8 z)
{
    private FieldElement8 _x = x, _y = y, _z = z;

    public readonly FieldElement8 X => _x;

    public readonly FieldElement8 Y => _y;

    public readonly FieldElement8 Z => _z;

    /// <summary>Doubles the points.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Double()
    {
        // With E = 3·X^2, B = Y^2, T = 4·X·B: X' = E^2 − 2T, Y' = E·(X' − T) + 8B^2 and Z' = −2·Y·Z, the usual formulas with both Y' and Z' negated.
        LaneProduct.SquareBy3(_x, out FieldElement8 e);
        LaneProduct.Square(_y, out FieldElement8 b);
        LaneProduct.Multiply(-2 * _y, _z, out _z);
        LaneProduct.MultiplyBy4(_x, b, out FieldElement8 t);
        LaneProduct.Square(b, out FieldElement8 b2);
        LaneProduct.SquareAdd(e, -2 * t, out _x);
        LaneProduct.MultiplyAdd(e, _x - t, 8 * b2, out _y);
    }

    /// <summary>Adds points of their own curves.</summary>
    /// <param name="otherX">The x coordinate of what is added.</param>
    /// <param name="otherY">The y coordinate, or the negative of an element of magnitude 1.</param>
    /// <param name="z">Z; or Z times the scale where the point added is of the curve and this of the isomorphic curve on which (x, y) is (x·scale^2, y·scale^3).</param>
    /// <param name="growth">By what factor Z has grown.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in FieldElement8 otherX, in FieldElement8 otherY, in FieldElement8 z, out FieldElement8 growth)
    {
        LaneProduct.Square(z, out FieldElement8 square);
        LaneProduct.Multiply(square, z, out FieldElement8 cube);
        LaneProduct.MultiplyAdd(otherX, square, -1 * _x, out growth);
        LaneProduct.MultiplyAdd(otherY, cube, -1 * _y, out FieldElement8 r);
        LaneProduct.Square(growth, out FieldElement8 h2);
        LaneProduct.Multiply(_z, growth, out _z);
        LaneProduct.Multiply(h2, growth, out FieldElement8 h3);
        LaneProduct.Multiply(_x, h2, out FieldElement8 v);
        LaneProduct.SquareAdd(r, -2 * v - h3, out _x);
        LaneProduct.MultiplyAndAdd(r, v - _x, -1 * _y, h3, out _y);
    }
}
