using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>A number modulo n, the order of secp256k1's generator (SEC 2, version 2.0, 2.4.1), for public data only: its steps depend on the value.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal readonly record struct Scalar
{
    private readonly Words256 _words;

    private Scalar(in Words256 words) => _words = words;

    public static Scalar One => new(new Words256(1, 0, 0, 0));

    /// <summary>n.</summary>
    public static Words256 Order => new(0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF);

    /// <summary>The words, low first; below n.</summary>
    public Words256 Words => _words;

    public bool IsZero => _words == default;

    // 2^256 modulo n is 2^128 + 2^64·Fold1 + Fold0.
    private const ulong Fold0 = 0x402DA1732FC9BEBF;
    private const ulong Fold1 = 0x4551231950B75FC4;

    /// <summary>Any 256-bit number, modulo n.</summary>
    public static Scalar Reduce(UInt256 number)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Length];
        number.WriteBigEndian(bytes);
        return Reduce(bytes);
    }

    /// <summary>32 bytes, big-endian, modulo n.</summary>
    public static Scalar Reduce(ReadOnlySpan<byte> bytes) => new(SubtractOrderOnce(new Words256(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes))));

    public static Scalar operator *(in Scalar a, in Scalar b)
    {
        Multiply(a._words, b._words, out Words256 low, out Words256 high);

        // 2^256·high + low becomes Fold256·high + low: from 512 bits to 386, to 259, to 256 and at most one more.
        ulong above = Fold(ref low, high, out high);
        above = Fold(ref low, new Words256(high.W0, high.W1, above, 0), out high);
        System.Diagnostics.Debug.Assert(above == 0 && (high.W1 | high.W2 | high.W3) == 0);
        while (high.W0 != 0)
            Fold(ref low, high, out high);

        return new(SubtractOrderOnce(low));
    }

    public static Scalar operator -(in Scalar a)
    {
        if (a.IsZero)
            return a;

        Subtract(Order, a._words, out Words256 difference);
        return new(difference);
    }

    /// <summary>The inverse; 0 for 0.</summary>
    public Scalar Inverse() => new(ModularInverse.OfScalar(_words));

    /// <summary>As <see cref="FieldElement.InvertAll"/>, of scalars other than 0.</summary>
    public static void InvertAll(Span<Scalar> scalars, Span<Scalar> room)
    {
        room[0] = scalars[0];
        for (int index = 1; index < scalars.Length; index++)
            room[index] = room[index - 1] * scalars[index];

        Scalar inverse = room[scalars.Length - 1].Inverse();
        for (int index = scalars.Length - 1; index > 0; index--)
        {
            Scalar own = inverse * room[index - 1];
            inverse *= scalars[index];
            scalars[index] = own;
        }

        scalars[0] = inverse;
    }

    /// <summary>The product of two 256-bit numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Words256 a, in Words256 b, out Words256 low, out Words256 high)
    {
        ulong b0 = b.W0, b1 = b.W1, b2 = b.W2, b3 = b.W3;
        ulong factor = a.W0, carry = 0;
        ulong n0 = AddProduct(factor, b0, 0, ref carry), n1 = AddProduct(factor, b1, 0, ref carry);
        ulong n2 = AddProduct(factor, b2, 0, ref carry), n3 = AddProduct(factor, b3, 0, ref carry), n4 = carry;
        factor = a.W1;
        carry = 0;
        n1 = AddProduct(factor, b0, n1, ref carry);
        n2 = AddProduct(factor, b1, n2, ref carry);
        n3 = AddProduct(factor, b2, n3, ref carry);
        n4 = AddProduct(factor, b3, n4, ref carry);
        ulong n5 = carry;
        factor = a.W2;
        carry = 0;
        n2 = AddProduct(factor, b0, n2, ref carry);
        n3 = AddProduct(factor, b1, n3, ref carry);
        n4 = AddProduct(factor, b2, n4, ref carry);
        n5 = AddProduct(factor, b3, n5, ref carry);
        ulong n6 = carry;
        factor = a.W3;
        carry = 0;
        n3 = AddProduct(factor, b0, n3, ref carry);
        n4 = AddProduct(factor, b1, n4, ref carry);
        n5 = AddProduct(factor, b2, n5, ref carry);
        n6 = AddProduct(factor, b3, n6, ref carry);
        low = new(n0, n1, n2, n3);
        high = new(n4, n5, n6, carry);
    }

    // Adds Fold256·factor to the low words, and gives the next three.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Fold(ref Words256 low, in Words256 factor, out Words256 high)
    {
        ulong h0 = factor.W0, h1 = factor.W1, h2 = factor.W2, h3 = factor.W3;
        ulong carry = 0;
        ulong n0 = AddProduct(h0, Fold0, low.W0, ref carry), n1 = AddProduct(h1, Fold0, low.W1, ref carry);
        ulong n2 = AddProduct(h2, Fold0, low.W2, ref carry), n3 = AddProduct(h3, Fold0, low.W3, ref carry), n4 = carry;
        carry = 0;
        n1 = AddProduct(h0, Fold1, n1, ref carry);
        n2 = AddProduct(h1, Fold1, n2, ref carry);
        n3 = AddProduct(h2, Fold1, n3, ref carry);
        n4 = AddProduct(h3, Fold1, n4, ref carry);
        ulong n5 = carry;
        carry = 0;
        n2 = AddProduct(h0, 1, n2, ref carry);
        n3 = AddProduct(h1, 1, n3, ref carry);
        n4 = AddProduct(h2, 1, n4, ref carry);
        n5 = AddProduct(h3, 1, n5, ref carry);
        low = new(n0, n1, n2, n3);
        high = new(n4, n5, 0, 0);
        return carry;
    }

    // The low word of a·b + addend + carry; its high word is the next carry. Both words together cannot overflow.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddProduct(ulong a, ulong b, ulong addend, ref ulong carry)
    {
        unchecked
        {
            ulong high = Math.BigMul(a, b, out ulong low);
            low += addend;
            high += low < addend ? 1UL : 0;
            low += carry;
            carry = high + (low < carry ? 1UL : 0);
            return low;
        }
    }

    // 2^256 is below 2n.
    private static Words256 SubtractOrderOnce(in Words256 words) => Subtract(words, Order, out Words256 difference) ? difference : words;

    /// <summary>The difference modulo 2^256.</summary>
    /// <returns>False where it is negative.</returns>
    public static bool Subtract(in Words256 a, in Words256 b, out Words256 difference)
    {
        unchecked
        {
            UInt128 t = (UInt128)a.W0 - b.W0;
            ulong w0 = (ulong)t;
            t = (UInt128)a.W1 - b.W1 - ((t >> 64) & 1);
            ulong w1 = (ulong)t;
            t = (UInt128)a.W2 - b.W2 - ((t >> 64) & 1);
            ulong w2 = (ulong)t;
            t = (UInt128)a.W3 - b.W3 - ((t >> 64) & 1);
            difference = new(w0, w1, w2, (ulong)t);
            return ((t >> 64) & 1) == 0;
        }
    }
}
