using System.Buffers.Binary;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve;

/// <summary>A number modulo n, the order of secp256k1's generator (SEC 2, version 2.0, 2.4.1), for public data only: its steps depend on the value.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal readonly record struct Scalar
{
    private const int WordCount = 4;

    private readonly Words256 _words;

    private Scalar(in Words256 words) => _words = words;

    public static Scalar One => new(new Words256(1, 0, 0, 0));

    /// <summary>n.</summary>
    public static Words256 Order => new(0xBFD25E8CD0364141, 0xBAAEDCE6AF48A03B, 0xFFFFFFFFFFFFFFFE, 0xFFFFFFFFFFFFFFFF);

    /// <summary>The words, low first; below n.</summary>
    public Words256 Words => _words;

    public bool IsZero => _words == default;

    // 2^256 modulo n.
    private static ReadOnlySpan<ulong> Fold256 => [0x402DA1732FC9BEBF, 0x4551231950B75FC4, 1];

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
        Span<ulong> product = stackalloc ulong[2 * WordCount];
        Multiply(a._words, b._words, product);
        while ((product[4] | product[5] | product[6] | product[7]) != 0)
            Fold(product);

        return new(SubtractOrderOnce(new Words256(product[0], product[1], product[2], product[3])));
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

    /// <summary>The product of two 256-bit numbers in eight words.</summary>
    public static void Multiply(in Words256 a, in Words256 b, Span<ulong> product)
    {
        ReadOnlySpan<ulong> left = [a.W0, a.W1, a.W2, a.W3], right = [b.W0, b.W1, b.W2, b.W3];
        product.Clear();
        for (int index = 0; index < WordCount; index++)
            product[index + WordCount] = AddProduct(product[index..], left[index], right);
    }

    // 2^256·high + low becomes Fold256·high + low: from 512 bits to 386, to 259, to 256 and at most one more.
    private static void Fold(Span<ulong> number)
    {
        Span<ulong> high = stackalloc ulong[WordCount];
        number[WordCount..].CopyTo(high);
        number[WordCount..].Clear();
        for (int index = 0; index < WordCount; index++)
        {
            ulong carry = AddProduct(number[index..], high[index], Fold256);
            for (int above = index + Fold256.Length; carry != 0; above++)
            {
                ulong sum = unchecked(number[above] + carry);
                carry = sum < carry ? 1UL : 0;
                number[above] = sum;
            }
        }
    }

    // Adds factor·words to the number and gives the carry out of its lowest words.
    private static ulong AddProduct(Span<ulong> number, ulong factor, ReadOnlySpan<ulong> words)
    {
        ulong carry = 0;
        for (int index = 0; index < words.Length; index++)
        {
            UInt128 sum = unchecked((UInt128)factor * words[index] + number[index] + carry);
            number[index] = unchecked((ulong)sum);
            carry = (ulong)(sum >> 64);
        }

        return carry;
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
