using System.Numerics;
using System.Runtime.Intrinsics;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Crypto.Curve.Lanes;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto.Curve.Lanes;

/// <summary>The field in lanes against integers, with limbs at the ends of what a magnitude allows. Without AVX-512 there is nothing to test.</summary>
public sealed class FieldElement8Tests
{
    private const int Runs = 5_000;
    private const long HalfLimb = 1L << 51;

    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;
    private static readonly bool HasLanes = RecoveryBatch.IsSupported(RecoveryPath.EightAtOnce);

    [Fact]
    public void Products_and_squares_are_those_of_integers()
    {
        var random = new Random(1);
        for (int run = 0; HasLanes && run < Runs; run++)
        {
            FieldElement8 a = Any(random), b = Any(random);
            LaneProduct.Multiply(a, b, out FieldElement8 product);
            AssertIs(lane => Of(a, lane) * Of(b, lane), product);
            LaneProduct.MultiplyBy4(a, b, out product);
            AssertIs(lane => 4 * Of(a, lane) * Of(b, lane), product);
            LaneProduct.Square(a, out FieldElement8 square);
            AssertIs(lane => Of(a, lane) * Of(a, lane), square);
            LaneProduct.SquareBy3(a, out square);
            AssertIs(lane => 3 * Of(a, lane) * Of(a, lane), square);
        }
    }

    [Fact]
    public void Factors_may_be_differences_doubles_and_negatives()
    {
        var random = new Random(2);
        for (int run = 0; HasLanes && run < Runs; run++)
        {
            FieldElement8 a = Any(random), b = Any(random), c = Any(random);
            LaneProduct.Multiply(a - b, c, out FieldElement8 product);
            AssertIs(lane => (Of(a, lane) - Of(b, lane)) * Of(c, lane), product);
            LaneProduct.Multiply(-2 * a, c, out product);
            AssertIs(lane => -2 * Of(a, lane) * Of(c, lane), product);
            FieldElement8 negative = a.NegateWhere(Vector512.Create(1UL << 63, 0, 1UL << 63, 0, 0, 1UL << 63, 0, 1UL << 63));
            LaneProduct.Multiply(negative, c, out product);
            AssertIs(lane => Of(negative, lane) * Of(c, lane), product);
            LaneProduct.Square(negative, out FieldElement8 square);
            AssertIs(lane => Of(a, lane) * Of(a, lane), square);
            for (int lane = 0; lane < FieldElement8.Lanes; lane++)
                Assert.Equal((lane is 0 or 2 or 5 or 7 ? -1 : 1) * Of(a, lane), Of(negative, lane));
        }
    }

    [Fact]
    public void Sums_of_products_and_addends_are_those_of_integers()
    {
        var random = new Random(3);
        for (int run = 0; HasLanes && run < Runs; run++)
        {
            FieldElement8 a = Any(random), b = Any(random), c = Any(random), d = Any(random);
            LaneProduct.MultiplyAdd(a, b - c, 8 * d, out FieldElement8 sum);
            AssertIs(lane => Of(a, lane) * (Of(b, lane) - Of(c, lane)) + 8 * Of(d, lane), sum);
            LaneProduct.MultiplyAdd(a, b, -1 * d, out sum);
            AssertIs(lane => Of(a, lane) * Of(b, lane) - Of(d, lane), sum);
            LaneProduct.MultiplyAndAdd(a, b - c, -1 * d, c, out sum);
            AssertIs(lane => Of(a, lane) * (Of(b, lane) - Of(c, lane)) - Of(d, lane) * Of(c, lane), sum);
            LaneProduct.MultiplyAndAdd(-2 * a, b, c - d, b, out sum);
            AssertIs(lane => (Of(c, lane) - Of(d, lane) - 2 * Of(a, lane)) * Of(b, lane), sum);
            LaneProduct.SquareAdd(a, -2 * c - d, out sum);
            AssertIs(lane => Of(a, lane) * Of(a, lane) - 2 * Of(c, lane) - Of(d, lane), sum);
        }
    }

    [Fact]
    public void Elements_come_and_go_as_scalar_ones()
    {
        var random = new Random(4);
        var elements = new FieldElement[FieldElement8.Lanes];
        for (int run = 0; HasLanes && run < Runs; run++)
        {
            BigInteger[] numbers = [.. elements.Select(_ => random.Next(8) switch { 0 => 0, 1 => P - 1, 2 => 1, 3 => P - random.Next(1 << 20), _ => Random256(random) % P })];
            for (int lane = 0; lane < elements.Length; lane++)
                Assert.True(FieldElement.TryRead(BytesOf(numbers[lane]), out elements[lane]));

            var loaded = FieldElement8.Load(elements);
            AssertIs(lane => numbers[lane], loaded);
            FieldElement8 any = Any(random);
            any.Store(elements);
            for (int lane = 0; lane < elements.Length; lane++)
            {
                // Eight of magnitude 8 are a factor of the scalar field, so these are of magnitude 2.
                var bytes = new byte[FieldElement.Length];
                (4 * elements[lane] * FieldElement.One).Normalize().WriteNormalized(bytes);
                Assert.Equal(Modulo(4 * Of(any, lane)), (BigInteger)UInt256.FromBigEndian(bytes));
            }
        }
    }

    // Limbs at the ends of what magnitude 1 allows, or anywhere in it.
    private static FieldElement8 Any(Random random) => new()
    {
        N0 = AnyLimb(random, -HalfLimb, HalfLimb - 1),
        N1 = AnyLimb(random, -HalfLimb, HalfLimb - 1),
        N2 = AnyLimb(random, -HalfLimb, HalfLimb - 1),
        N3 = AnyLimb(random, -HalfLimb, HalfLimb - 1),
        N4 = AnyLimb(random, -1024, (1L << 48) + 1024),
    };

    private static Vector512<double> AnyLimb(Random random, long least, long most)
    {
        var limbs = new double[FieldElement8.Lanes];
        for (int lane = 0; lane < limbs.Length; lane++)
            limbs[lane] = random.Next(5) switch { 0 => least, 1 => most, 2 => 0, _ => random.NextInt64(least, most + 1) };

        return Vector512.Create<double>(limbs);
    }

    private static Vector512<double>[] Limbs(FieldElement8 element) => [element.N0, element.N1, element.N2, element.N3, element.N4];

    private static BigInteger Of(FieldElement8 element, int lane) =>
        Limbs(element).Reverse().Aggregate(BigInteger.Zero, (value, limb) => (value << 52) + new BigInteger(limb[lane]));

    private static void AssertIs(Func<int, BigInteger> expected, FieldElement8 actual)
    {
        for (int lane = 0; lane < FieldElement8.Lanes; lane++)
        {
            Assert.Equal(Modulo(expected(lane)), Modulo(Of(actual, lane)));
            foreach (Vector512<double> limb in Limbs(actual).SkipLast(1))
                Assert.True(limb[lane] == Math.Floor(limb[lane]) && limb[lane] is >= -HalfLimb and < HalfLimb, $"{limb[lane]}");

            Assert.InRange(actual.N4[lane], -1024, (1L << 48) + 1024);
        }
    }

    private static BigInteger Modulo(BigInteger number) => ((number % P) + P) % P;

    private static BigInteger Random256(Random random) => new(BytesOf(random), isUnsigned: true);

    private static byte[] BytesOf(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] BytesOf(BigInteger number)
    {
        var bytes = new byte[32];
        ((UInt256)number).WriteBigEndian(bytes);
        return bytes;
    }
}
