using System.Numerics;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto.Curve;

public sealed class ScalarTests
{
    private static readonly BigInteger N = Secp256k1.OrderValue;

    private static readonly BigInteger Lambda =
        UInt256.FromBigEndian(Convert.FromHexString("5363AD4CC05C30E0A5261C028812645A122E22EA20816678DF02967C1B23BD72"));

    [Fact]
    public void Arithmetic_is_that_of_integers_modulo_n()
    {
        var random = new Random(1);
        for (int run = 0; run < 5_000; run++)
        {
            BigInteger a = Number(random), b = Number(random);
            Assert.Equal(a % N, Of(Scalar.Reduce((UInt256)a)));
            Assert.Equal(a * b % N, Of(Scalar.Reduce((UInt256)a) * Scalar.Reduce((UInt256)b)));
            Assert.Equal((N - a % N) % N, Of(-Scalar.Reduce((UInt256)a)));
        }
    }

    [Fact]
    public void Inverses_are_those_of_integers_modulo_n()
    {
        var random = new Random(2);
        for (int run = 0; run < 3_000; run++)
        {
            BigInteger a = Number(random);
            Assert.Equal(BigInteger.ModPow(a % N, N - 2, N), Of(Scalar.Reduce((UInt256)a).Inverse()));
        }
    }

    [Fact]
    public void The_cube_of_lambda_and_of_beta_is_1()
    {
        Assert.Equal(1, BigInteger.ModPow(Lambda, 3, N));
        Assert.NotEqual(1, Lambda);
        FieldElement beta = Endomorphism.Beta;
        Assert.True((beta.Square() * beta).IsEqualTo(FieldElement.One));
        Assert.False(beta.IsEqualTo(FieldElement.One));
    }

    [Fact]
    public void Lambda_times_a_point_has_beta_times_its_x()
    {
        foreach (byte scalar in new byte[] { 1, 2, 3, 77 })
        {
            var bytes = new byte[32];
            bytes[31] = scalar;
            var point = AffinePoint.Read(PrivateKey.FromBytes(bytes).PublicKey.ToBytes());
            ((UInt256)(scalar * Lambda % N)).WriteBigEndian(bytes);
            var expected = AffinePoint.Read(PrivateKey.FromBytes(bytes).PublicKey.ToBytes());
            Assert.True((point.X * Endomorphism.Beta).IsEqualTo(expected.X));
            Assert.True(point.Y.IsEqualTo(expected.Y));
        }
    }

    [Fact]
    public void Halves_of_a_scalar_add_up_to_it_and_are_below_2_to_the_128th()
    {
        var random = new Random(3);
        for (int run = 0; run < 50_000; run++)
        {
            BigInteger k = Number(random) % N;
            Endomorphism.Split(Scalar.Reduce((UInt256)k), out HalfScalar low, out HalfScalar high);
            BigInteger sum = (Signed(low) + Signed(high) * Lambda - k) % N;
            Assert.True(sum.IsZero, $"{k}");

            // The true bound is 0.64 of what a half can hold: a larger magnitude would be a wrong split that wraps.
            Assert.True(low.Magnitude < UInt128.MaxValue / 3 * 2 && high.Magnitude < UInt128.MaxValue / 3 * 2, $"{k}");
        }
    }

    [Fact]
    public void Odd_halves_of_a_scalar_add_up_to_it_and_are_below_2_to_the_129th()
    {
        var random = new Random(4);
        for (int run = 0; run < 50_000; run++)
        {
            BigInteger k = Number(random) % N;
            Endomorphism.SplitOdd(Scalar.Reduce((UInt256)k), out Words256 low, out Words256 high);
            Assert.True(((Signed(low) + Signed(high) * Lambda - k) % N).IsZero, $"{k}");
            Assert.True(!Signed(low).IsEven && !Signed(high).IsEven, $"{k}");
            Assert.True(BigInteger.Abs(Signed(low)) >> 129 == 0 && BigInteger.Abs(Signed(high)) >> 129 == 0, $"{k}");
        }
    }

    [Fact]
    public void Inverses_of_many_are_those_of_each()
    {
        var random = new Random(5);
        for (int count = 1; count < 40; count++)
        {
            Scalar[] scalars = [.. Enumerable.Range(0, count).Select(_ => Scalar.Reduce((UInt256)(Number(random) % (N - 1) + 1)))];
            Scalar[] inverses = [.. scalars];
            Scalar.InvertAll(inverses, new Scalar[count]);
            Assert.Equal(scalars.Select(static scalar => scalar.Inverse()), inverses);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(15)]
    public void Digits_are_odd_sparse_and_add_up_to_the_number(int width)
    {
        var random = new Random(width);
        var digits = new short[HalfScalar.Digits];
        for (int run = 0; run < 2_000; run++)
        {
            var magnitude = (UInt128)(Number(random) % BigInteger.Pow(2, 128));
            var half = new HalfScalar(magnitude, random.Next(2) == 0);
            half.WriteDigits(width, digits);
            BigInteger sum = 0;
            int last = -width;
            for (int position = 0; position < digits.Length; position++)
            {
                if (digits[position] == 0)
                    continue;

                sum += new BigInteger(digits[position]) << position;
                Assert.True(digits[position] % 2 != 0 && Math.Abs((int)digits[position]) < 1 << (width - 1));
                Assert.True(position - last >= width);
                last = position;
            }

            Assert.Equal(Signed(half), sum);
        }
    }

    private static BigInteger Signed(HalfScalar half) => half.IsNegative ? -(BigInteger)half.Magnitude : (BigInteger)half.Magnitude;

    private static BigInteger Signed(in Words256 words) => words.W3 >> 63 == 1 ? Of(words) - BigInteger.Pow(2, 256) : Of(words);

    private static BigInteger Of(in Scalar scalar) => Of(scalar.Words);

    private static BigInteger Of(in Words256 words) =>
        words.W0 + ((BigInteger)words.W1 << 64) + ((BigInteger)words.W2 << 128) + ((BigInteger)words.W3 << 192);

    // Of any 256 bits, with words of zeros and ones, and near 0, n, n / 2, λ and 2^256.
    private static BigInteger Number(Random random)
    {
        if (random.Next(4) == 0)
        {
            BigInteger[] centres = [3, N, N / 2, Lambda, N - Lambda, BigInteger.Pow(2, 128), BigInteger.Pow(2, 256) - 4];
            return centres[random.Next(centres.Length)] + random.Next(-3, 4);
        }

        BigInteger number = 0;
        for (int word = 0; word < 4; word++)
            number = (number << 64) + random.Next(4) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64() * 2 + 1 };

        return number;
    }
}
