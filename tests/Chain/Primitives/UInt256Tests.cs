using System.Globalization;
using System.Numerics;
using CsCheck;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Primitives;

public sealed class UInt256Tests
{
    private static readonly BigInteger Limit = BigInteger.One << 256;

    private static readonly ulong[] EdgeWords = [0, 1, ulong.MaxValue, ulong.MaxValue - 1, 1UL << 63];

    // Random bytes rarely carry; words of zeros and ones do.
    private static readonly Gen<BigInteger> Numbers = Gen
        .OneOf(Gen.Int[0, EdgeWords.Length - 1].Select(index => EdgeWords[index]).Array[4], Gen.ULong.Array[4], Gen.ULong.Array[1])
        .Select(words => words.Aggregate(BigInteger.Zero, (sum, word) => (sum << 64) + word));

    private static readonly Gen<(BigInteger Left, BigInteger Right)> Pairs = Gen.Select(Numbers, Numbers);

    [Fact]
    public void Sum_is_that_of_integers_or_does_not_fit() => Pairs.Sample(pair =>
    {
        bool fits = UInt256.TryAdd((UInt256)pair.Left, (UInt256)pair.Right, out UInt256 sum);
        Assert.Equal(pair.Left + pair.Right < Limit, fits);
        Assert.Equal((pair.Left + pair.Right) % Limit, (BigInteger)sum);
    });

    [Fact]
    public void Difference_is_that_of_integers_or_is_negative() => Pairs.Sample(pair =>
    {
        bool fits = UInt256.TrySubtract((UInt256)pair.Left, (UInt256)pair.Right, out UInt256 difference);
        Assert.Equal(pair.Left >= pair.Right, fits);
        Assert.Equal((pair.Left - pair.Right + Limit) % Limit, (BigInteger)difference);
    });

    [Fact]
    public void Product_is_that_of_integers_or_does_not_fit() => Gen.Select(Numbers, Gen.ULong).Sample((left, right) =>
    {
        bool fits = UInt256.TryMultiply((UInt256)left, right, out UInt256 product);
        Assert.Equal(left * right < Limit, fits);
        Assert.Equal(left * right % Limit, (BigInteger)product);
    });

    [Fact]
    public void Order_equality_text_and_bytes_are_those_of_integers() => Pairs.Sample(pair =>
    {
        var left = (UInt256)pair.Left;
        var right = (UInt256)pair.Right;
        Assert.Equal(pair.Left.CompareTo(pair.Right), left.CompareTo(right));
        Assert.Equal(pair.Left == pair.Right, left == right);
        Assert.Equal(pair.Left < pair.Right, left < right);
        Assert.Equal(pair.Left.ToString(CultureInfo.InvariantCulture), left.ToString());
        Assert.Equal(pair.Left.IsZero ? 0 : pair.Left.GetByteCount(isUnsigned: true), left.ByteCount);
        Span<byte> bytes = stackalloc byte[UInt256.Length];
        left.WriteBigEndian(bytes);
        Assert.Equal(left, UInt256.FromBigEndian(bytes));
        Assert.True(UInt256.TryParse(left.ToString(), out UInt256 read) && read == left);
        Assert.True(UInt256.TryParse("0x" + pair.Left.ToString("x", CultureInfo.InvariantCulture), out read) && read == left);
    });

    [Fact]
    public void Arithmetic_never_wraps()
    {
        Assert.Throws<OverflowException>(() => UInt256.MaxValue + UInt256.One);
        Assert.Throws<OverflowException>(() => UInt256.Zero - UInt256.One);
        Assert.Throws<OverflowException>(() => UInt256.MaxValue * 2);
        Assert.Throws<OverflowException>(() => (ulong)((UInt256)ulong.MaxValue + UInt256.One));
        Assert.Throws<OverflowException>(() => (UInt256)BigInteger.MinusOne);
        Assert.Throws<OverflowException>(() => (UInt256)Limit);
        Assert.Throws<ArgumentException>(() => UInt256.FromBigEndian(new byte[33]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1.0")]
    [InlineData("0xg")]
    [InlineData("0x 1")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("0x10000000000000000000000000000000000000000000000000000000000000000")]
    public void Text_that_is_no_256_bit_number_is_refused(string text) => Assert.False(UInt256.TryParse(text, out _));

    [Fact]
    public void Text_with_leading_zeros_is_the_number_without() =>
        Assert.True(UInt256.TryParse("0x000000000000000000000000000000000000000000000000000000000000000000ff", out UInt256 value) && value == 255);
}
