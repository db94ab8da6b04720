using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>A number modulo p = 2^256 − 2^32 − 977, the field of secp256k1 (SEC 2, version 2.0, 2.4.1), for public data only: its steps depend on the
/// value.</summary>
/// <remarks>
/// Five limbs of 52 bits, low first, which are allowed to overflow, so that sums need no carry. An element of magnitude m has limbs of at most
/// 2m(2^52 − 1), the last of at most 2m(2^48 − 1). A sum has the sum of the magnitudes; a factor may have 8; a product has 1. The magnitudes are known
/// where the code is written, and stand in its comments. A normalized element is below p, in limbs that do not overflow.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal readonly struct FieldElement
{
    public const int Length = 32;

    /// <summary>Limbs of an element, which is nothing else.</summary>
    public const int Limbs = 5;

    private const ulong Mask52 = (1UL << 52) - 1;
    private const ulong Mask48 = (1UL << 48) - 1;

    // 2^256 and 2^260 modulo p.
    private const ulong Fold256 = 0x1000003D1;
    private const ulong Fold260 = Fold256 << 4;
    private const ulong ShiftedFold260 = Fold260 << Column.Shift;

    private const ulong P0 = 0xFFFFEFFFFFC2F;

    private readonly ulong _n0, _n1, _n2, _n3, _n4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal FieldElement(ulong n0, ulong n1, ulong n2, ulong n3, ulong n4)
    {
        _n0 = n0;
        _n1 = n1;
        _n2 = n2;
        _n3 = n3;
        _n4 = n4;
    }

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    /// <summary>Sum; of the sum of the magnitudes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator +(in FieldElement a, in FieldElement b) => unchecked(
        new(a._n0 + b._n0, a._n1 + b._n1, a._n2 + b._n2, a._n3 + b._n3, a._n4 + b._n4));

    /// <summary>Product with a small number, by which the magnitude is multiplied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldElement operator *(ulong factor, in FieldElement a) => unchecked(
        new(a._n0 * factor, a._n1 * factor, a._n2 * factor, a._n3 * factor, a._n4 * factor));

    /// <summary>Product of elements of magnitude 8 at most; of magnitude 1.</summary>
    /// <remarks>Column k is the sum of a_i·b_(k−i). Of columns 5 to 8 what is above 56 bits is carried, and the rest h folded down: 2^260·h = Fold260·h.
    /// What comes late, the carry, is added last. The processor has one place that multiplies; so the lowest words of a_i·b_j and a_j·b_i together are had for
    /// one product instead of two.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in FieldElement a, in FieldElement b, out FieldElement product)
    {
        ulong a0 = a._n0, a1 = a._n1, a2 = a._n2, a3 = a._n3, a4 = a._n4;
        ulong b0 = b._n0, b1 = b._n1, b2 = b._n2, b3 = b._n3, b4 = b._n4;
        ulong s0 = a0 << Column.Shift, s1 = a1 << Column.Shift, s2 = a2 << Column.Shift, s3 = a3 << Column.Shift, s4 = a4 << Column.Shift;

        // The lowest words, of a_i·b_i and of a_i·b_j and a_j·b_i together.
        ulong d0 = Low(a0, b0), d1 = Low(a1, b1), d2 = Low(a2, b2), d3 = Low(a3, b3), d4 = Low(a4, b4);

        Column low = default, high = default;
        high.StartPair(LowOfPair(a1, b1, d1, a4, b4, d4), s1, b4, s4, b1);
        high.AddPair(LowOfPair(a2, b2, d2, a3, b3, d3), s2, b3, s3, b2);
        low.StartWithLow(d0, s0, b0);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        ulong r0 = low.Low52, highCarry = high.Above56, lowCarry = low.Carry;

        high.StartPair(LowOfPair(a2, b2, d2, a4, b4, d4), s2, b4, s4, b2);
        high.AddWithLow(d3, s3, b3);
        high.Add(highCarry);
        low.StartPair(LowOfPair(a0, b0, d0, a1, b1, d1), s0, b1, s1, b0);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r1 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        high.StartPair(LowOfPair(a3, b3, d3, a4, b4, d4), s3, b4, s4, b3);
        high.Add(highCarry);
        low.StartPair(LowOfPair(a0, b0, d0, a2, b2, d2), s0, b2, s2, b0);
        low.AddWithLow(d1, s1, b1);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r2 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        high.StartWithLow(d4, s4, b4);
        high.Add(highCarry);
        low.StartPair(LowOfPair(a0, b0, d0, a3, b3, d3), s0, b3, s3, b0);
        low.AddPair(LowOfPair(a1, b1, d1, a2, b2, d2), s1, b2, s2, b1);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r3 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        low.StartPair(LowOfPair(a0, b0, d0, a4, b4, d4), s0, b4, s4, b0);
        low.AddPair(LowOfPair(a1, b1, d1, a3, b3, d3), s1, b3, s3, b1);
        low.AddWithLow(d2, s2, b2);
        low.Add(Fold260, ShiftedFold260, highCarry);
        low.Add(lowCarry);
        product = FoldTop(r0, r1, r2, r3, low);
    }

    /// <summary>Square of an element of magnitude 8 at most; of magnitude 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(in FieldElement a, out FieldElement square)
    {
        ulong a0 = a._n0, a1 = a._n1, a2 = a._n2, a3 = a._n3, a4 = a._n4;
        ulong s0 = a0 << Column.Shift, s1 = a1 << Column.Shift, s2 = a2 << Column.Shift, s3 = a3 << Column.Shift, s4 = a4 << Column.Shift;

        // A product that stands twice in a column is taken once, of a doubled factor.
        ulong twice0 = a0 << 1, twice1 = a1 << 1, twice3 = a3 << 1, twice4 = a4 << 1;

        Column low = default, high = default;
        high.Start(a1, s1, twice4);
        high.Add(a2, s2, twice3);
        low.Start(a0, s0, a0);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        ulong r0 = low.Low52, highCarry = high.Above56, lowCarry = low.Carry;

        high.Start(a2, s2, twice4);
        high.Add(a3, s3, a3);
        high.Add(highCarry);
        low.Start(a1, s1, twice0);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r1 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        high.Start(a3, s3, twice4);
        high.Add(highCarry);
        low.Start(a2, s2, twice0);
        low.Add(a1, s1, a1);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r2 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        high.Start(a4, s4, a4);
        high.Add(highCarry);
        low.Start(a3, s3, twice0);
        low.Add(a2, s2, twice1);
        low.Add(Fold260, ShiftedFold260, high.Rest);
        low.Add(lowCarry);
        ulong r3 = low.Low52;
        highCarry = high.Above56;
        lowCarry = low.Carry;

        low.Start(a4, s4, twice0);
        low.Add(a3, s3, twice1);
        low.Add(a2, s2, a2);
        low.Add(Fold260, ShiftedFold260, highCarry);
        low.Add(lowCarry);
        square = FoldTop(r0, r1, r2, r3, low);
    }

    /// <summary>As <see cref="Multiply"/>.</summary>
    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        Multiply(a, b, out FieldElement product);
        return product;
    }

    /// <summary>As <see cref="Square(in FieldElement, out FieldElement)"/>.</summary>
    public FieldElement Square()
    {
        Square(this, out FieldElement square);
        return square;
    }

    /// <summary>The negative of an element of at most the given magnitude, 31 at most; of the next magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Negate(ulong magnitude)
    {
        unchecked
        {
            ulong multiple = 2 * (magnitude + 1);
            return new(
                P0 * multiple - _n0, Mask52 * multiple - _n1, Mask52 * multiple - _n2, Mask52 * multiple - _n3, Mask48 * multiple - _n4);
        }
    }

    /// <summary>Half of an element of magnitude m, 31 at most; of magnitude m / 2 rounded down, plus 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Half()
    {
        unchecked
        {
            // p is odd: an odd element becomes even with it.
            ulong mask = (0 - (_n0 & 1)) & Mask52;
            ulong n0 = _n0 + (P0 & mask), n1 = _n1 + mask, n2 = _n2 + mask, n3 = _n3 + mask, n4 = _n4 + (mask >> 4);
            return new(
                (n0 >> 1) + ((n1 & 1) << 51), (n1 >> 1) + ((n2 & 1) << 51), (n2 >> 1) + ((n3 & 1) << 51), (n3 >> 1) + ((n4 & 1) << 51), n4 >> 1);
        }
    }

    /// <summary>The same number below p, in limbs that do not overflow.</summary>
    public FieldElement Normalize()
    {
        unchecked
        {
            FieldElement once = CarryAndFold(_n4 >> 48);
            bool isAtLeastP = once._n4 >> 48 != 0
                || (once._n4 == Mask48 && (once._n1 & once._n2 & once._n3) == Mask52 && once._n0 >= P0);
            return isAtLeastP ? once.SubtractP() : once;
        }
    }

    /// <summary>True for 0 and for a multiple of p.</summary>
    public bool IsZero()
    {
        unchecked
        {
            // What is left after one folding is below 2p, and is 0 or p where it is a multiple; nearly every other number shows it in its lowest limb.
            ulong lowest = (_n0 + (_n4 >> 48) * Fold256) & Mask52;
            if (lowest != 0 && lowest != P0)
                return false;

            FieldElement value = Normalize();
            return (value._n0 | value._n1 | value._n2 | value._n3 | value._n4) == 0;
        }
    }

    /// <summary>Equality of the numbers; this of magnitude 30 at most, the other of magnitude 1.</summary>
    public bool IsEqualTo(in FieldElement other) => (other.Negate(1) + this).IsZero();

    /// <summary>Parity of a normalized element.</summary>
    public bool IsOddNormalized => (_n0 & 1) == 1;

    /// <summary>Reads 32 bytes, big-endian.</summary>
    /// <returns>False where the number is not below p.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FieldElement value)
    {
        value = FromWords(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return value._n4 != Mask48 || (value._n1 & value._n2 & value._n3) != Mask52 || value._n0 < P0;
    }

    /// <summary>Writes the 32 bytes of a normalized element, big-endian.</summary>
    public void WriteNormalized(Span<byte> bytes)
    {
        (ulong w0, ulong w1, ulong w2, ulong w3) = ToWords();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, w3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], w0);
    }

    /// <summary>The inverse; 0 for 0. Normalized.</summary>
    public FieldElement Inverse()
    {
        (ulong w0, ulong w1, ulong w2, ulong w3) = Normalize().ToWords();
        Words256 inverse = ModularInverse.OfField(new Words256(w0, w1, w2, w3));
        return FromWords(inverse.W0, inverse.W1, inverse.W2, inverse.W3);
    }

    /// <summary>Puts the inverses in the place of elements other than 0, of magnitude 8 at most, for one inverse and three products each (Montgomery's trick).
    /// Normalized.</summary>
    /// <param name="elements">At least one.</param>
    /// <param name="room">As many places to work in.</param>
    public static void InvertAll(Span<FieldElement> elements, Span<FieldElement> room)
    {
        room[0] = elements[0];
        for (int index = 1; index < elements.Length; index++)
            room[index] = room[index - 1] * elements[index];

        FieldElement inverse = room[elements.Length - 1].Inverse();
        for (int index = elements.Length - 1; index > 0; index--)
        {
            FieldElement own = (inverse * room[index - 1]).Normalize();
            inverse *= elements[index];
            elements[index] = own;
        }

        elements[0] = inverse.Normalize();
    }

    /// <summary>A square root, by the power of (p + 1) / 4; of magnitude 1.</summary>
    /// <returns>False where the element, of magnitude 8 at most, has none.</returns>
    public bool TrySqrt(out FieldElement root)
    {
        // In binary the exponent is 223 ones, a zero, 22 ones, four zeros, two ones, two zeros. onesN is the power of N ones.
        FieldElement ones2 = Square() * this;
        FieldElement ones3 = ones2.Square() * this;
        FieldElement ones6 = ones3.SquareTimes(3) * ones3;
        FieldElement ones9 = ones6.SquareTimes(3) * ones3;
        FieldElement ones11 = ones9.SquareTimes(2) * ones2;
        FieldElement ones22 = ones11.SquareTimes(11) * ones11;
        FieldElement ones44 = ones22.SquareTimes(22) * ones22;
        FieldElement ones88 = ones44.SquareTimes(44) * ones44;
        FieldElement ones176 = ones88.SquareTimes(88) * ones88;
        FieldElement ones220 = ones176.SquareTimes(44) * ones44;
        FieldElement ones223 = ones220.SquareTimes(3) * ones3;
        root = ((ones223.SquareTimes(23) * ones22).SquareTimes(6) * ones2).SquareTimes(2);
        return (root.Square().Negate(1) + this).IsZero();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static FieldElement FromWords(ulong w0, ulong w1, ulong w2, ulong w3) => unchecked(new(
        w0 & Mask52, ((w0 >> 52) | (w1 << 12)) & Mask52, ((w1 >> 40) | (w2 << 24)) & Mask52, ((w2 >> 28) | (w3 << 36)) & Mask52, w3 >> 16));

    private (ulong W0, ulong W1, ulong W2, ulong W3) ToWords() => unchecked(
        (_n0 | (_n1 << 52), (_n1 >> 12) | (_n2 << 40), (_n2 >> 24) | (_n3 << 28), (_n3 >> 36) | (_n4 << 16)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Low(ulong a, ulong b) => unchecked(a * b);

    // The lowest word of a·d + b·c for one product, where those of a·b and c·d are known (Karatsuba).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LowOfPair(ulong a, ulong b, ulong lowOfAB, ulong c, ulong d, ulong lowOfCD) => unchecked((a + c) * (b + d) - lowOfAB - lowOfCD);

    private FieldElement SquareTimes(int count)
    {
        FieldElement power = this;
        for (; count > 0; count--)
            Square(power, out power);

        return power;
    }

    // Of the last column, below 2^114, 48 bits stay; bits 48 to 51 are folded as multiples of 2^256, what is above as multiples of 2^260. The second limb takes
    // a carry below 2^49, which magnitude 1 allows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement FoldTop(ulong r0, ulong r1, ulong r2, ulong r3, Column last)
    {
        unchecked
        {
            ulong r4 = last.Low52;
            Column first = default;
            first.Start(Fold260, ShiftedFold260, last.Carry);
            first.Add(r0 + (r4 >> 48) * Fold256);
            return new(first.Low52, r1 + first.Carry, r2, r3, r4 & Mask48);
        }
    }

    private FieldElement CarryAndFold(ulong above256)
    {
        unchecked
        {
            ulong n0 = _n0 + above256 * Fold256;
            ulong n1 = _n1 + (n0 >> 52);
            ulong n2 = _n2 + (n1 >> 52);
            ulong n3 = _n3 + (n2 >> 52);
            ulong n4 = (_n4 & Mask48) + (n3 >> 52);
            return new(n0 & Mask52, n1 & Mask52, n2 & Mask52, n3 & Mask52, n4);
        }
    }

    // Of a number from p to 2p: − p = + Fold256 − 2^256.
    private FieldElement SubtractP()
    {
        FieldElement folded = CarryAndFold(1);
        return new(folded._n0, folded._n1, folded._n2, folded._n3, folded._n4 & Mask48);
    }
}
