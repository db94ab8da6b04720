using System.Numerics;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto.Curve;

public sealed class FieldElementTests
{
    private const ulong MaxLimb = (1UL << 52) - 1;
    private const ulong MaxTopLimb = (1UL << 48) - 1;

    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    [Fact]
    public void Products_and_squares_are_those_of_integers_at_every_magnitude_allowed()
    {
        var random = new Random(1);
        for (int run = 0; run < 20_000; run++)
        {
            (FieldElement a, BigInteger valueOfA) = Overflowing(random, magnitude: 8);
            (FieldElement b, BigInteger valueOfB) = Overflowing(random, magnitude: 8);
            AssertIs(valueOfA * valueOfB, a * b);
            AssertIs(valueOfA * valueOfA, a.Square());
        }
    }

    [Fact]
    public void Products_and_squares_have_magnitude_1()
    {
        var random = new Random(2);
        for (int run = 0; run < 2_000; run++)
        {
            (FieldElement a, BigInteger valueOfA) = Overflowing(random, magnitude: 8);
            (FieldElement b, BigInteger valueOfB) = Overflowing(random, magnitude: 8);

            // Where a product were of more than magnitude 1, eight of it were no factor and its negative would underflow.
            AssertIs(64 * valueOfA * valueOfB * valueOfA * valueOfB, (8 * (a * b)) * (8 * (a * b)));
            AssertIs(-valueOfA * valueOfB, (a * b).Negate(1));
            AssertIs(-valueOfA * valueOfA, a.Square().Negate(1));
        }
    }

    [Fact]
    public void Sums_multiples_negatives_and_halves_are_those_of_integers()
    {
        var random = new Random(3);
        BigInteger half = (P + 1) / 2;
        for (int run = 0; run < 5_000; run++)
        {
            ulong magnitude = (ulong)random.Next(1, 32);
            (FieldElement a, BigInteger valueOfA) = Overflowing(random, magnitude);
            (FieldElement b, BigInteger valueOfB) = Overflowing(random, magnitude);
            AssertIs(valueOfA + valueOfB, a + b);
            AssertIs(7 * valueOfA, 7 * a);
            AssertIs(-valueOfA, a.Negate(magnitude));
            AssertIs(half * valueOfA, a.Half());
        }
    }

    [Fact]
    public void Zero_and_equality_are_seen_in_every_form()
    {
        var random = new Random(4);
        for (int run = 0; run < 5_000; run++)
        {
            (FieldElement a, BigInteger value) = Overflowing(random, magnitude: 30);
            Assert.Equal(value % P == 0, a.IsZero());
            Assert.True((a.Negate(30) + a).IsZero());
            Assert.False((a.Negate(30) + a + FieldElement.One).IsZero());
            Assert.True(a.IsEqualTo(a.Normalize()));
            Assert.False(a.IsEqualTo((a + FieldElement.One).Normalize()));
        }

        Assert.True(FieldElement.Zero.IsZero());
        Assert.True(Of(P).IsZero());
        Assert.False(Of(P - 1).IsZero());
        Assert.False(Of(P + 1).IsZero());
    }

    [Fact]
    public void Numbers_are_read_where_they_are_below_p()
    {
        foreach (BigInteger number in new[] { 0, 1, P - 1, P, P + 1, BigInteger.Pow(2, 256) - 1, BigInteger.Pow(2, 255) })
        {
            Assert.Equal(number < P, FieldElement.TryRead(BytesOf(number), out FieldElement value));
            if (number < P)
                AssertIs(number, value);
        }
    }

    [Fact]
    public void Inverses_are_those_of_integers()
    {
        var random = new Random(5);
        for (int run = 0; run < 3_000; run++)
        {
            (FieldElement a, BigInteger value) = Overflowing(random, magnitude: 8);
            AssertIs(BigInteger.ModPow(value % P, P - 2, P), a.Inverse());
        }

        foreach (BigInteger number in new[] { 0, 1, 2, P - 1, P - 2, BigInteger.Pow(2, 255), BigInteger.Pow(2, 62), BigInteger.Pow(2, 62) - 1 })
            AssertIs(BigInteger.ModPow(number, P - 2, P), Of(number).Inverse());
    }

    [Fact]
    public void Inverses_of_many_are_those_of_each()
    {
        var random = new Random(7);
        for (int count = 1; count < 40; count++)
        {
            (FieldElement Element, BigInteger Value)[] items =
                [.. Enumerable.Range(0, count).Select(_ => Overflowing(random, magnitude: 8)).Where(static item => !item.Element.IsZero()), Overflowing(new Random(8), 8)];
            FieldElement[] inverses = [.. items.Select(static item => item.Element)];
            FieldElement.InvertAll(inverses, new FieldElement[inverses.Length]);
            for (int index = 0; index < items.Length; index++)
                AssertIs(BigInteger.ModPow(items[index].Value % P, P - 2, P), inverses[index]);
        }
    }

    [Fact]
    public void Square_roots_are_found_exactly_where_there_are_some()
    {
        var random = new Random(6);
        for (int run = 0; run < 1_000; run++)
        {
            (FieldElement a, BigInteger value) = Overflowing(random, magnitude: 8);
            BigInteger symbol = BigInteger.ModPow(value % P, (P - 1) / 2, P);
            Assert.Equal(symbol <= 1, a.TrySqrt(out FieldElement root));
            if (symbol <= 1)
                AssertIs(value, root.Square());
        }
    }

    // Limbs at the ends of what the magnitude allows, or anywhere in it.
    private static (FieldElement Element, BigInteger Value) Overflowing(Random random, ulong magnitude)
    {
        var limbs = new ulong[5];
        BigInteger value = 0;
        for (int index = 4; index >= 0; index--)
        {
            ulong limit = 2 * magnitude * (index == 4 ? MaxTopLimb : MaxLimb);
            limbs[index] = random.Next(5) switch
            {
                0 => 0,
                1 => limit,
                2 => index == 4 ? MaxTopLimb : MaxLimb,
                _ => (ulong)random.NextInt64((long)limit + 1),
            };
            value = (value << 52) + limbs[index];
        }

        return (new FieldElement(limbs[0], limbs[1], limbs[2], limbs[3], limbs[4]), value);
    }

    private static FieldElement Of(BigInteger number)
    {
        FieldElement.TryRead(BytesOf(number), out FieldElement value);
        return value;
    }

    private static byte[] BytesOf(BigInteger number)
    {
        var bytes = new byte[32];
        ((UInt256)number).WriteBigEndian(bytes);
        return bytes;
    }

    private static void AssertIs(BigInteger expected, in FieldElement actual)
    {
        var bytes = new byte[32];
        actual.Normalize().WriteNormalized(bytes);
        Assert.Equal(((expected % P) + P) % P, (BigInteger)UInt256.FromBigEndian(bytes));
    }
}
