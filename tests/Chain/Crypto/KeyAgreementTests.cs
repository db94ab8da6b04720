using System.Numerics;
using System.Security.Cryptography;
using CsCheck;
using DerChain.Chain.Crypto;

namespace DerChain.Chain.Tests.Crypto;

public sealed class KeyAgreementTests
{
    private static readonly BigInteger Order = BigInteger.Parse("115792089237316195423570985008687907852837564279074904382605163141518161494337");
    private static readonly Gen<BigInteger> Scalar = Gen.Byte.Array[32].Select(static bytes => (new BigInteger(bytes, isUnsigned: true) % (Order - 1)) + 1);

    // a · (b · G) is (a · b) · G, whose x the public key of the product shows by other code.
    [Fact]
    public void Both_sides_derive_the_key_of_the_product_of_their_scalars() => Gen.Select(Scalar, Scalar).Sample((a, b) =>
    {
        using PrivateKey left = KeyOf(a);
        using PrivateKey right = KeyOf(b);
        using PrivateKey product = KeyOf(a * b % Order);
        var expected = new byte[44];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, product.PublicKey.ToBytes().AsSpan(0, 32), expected, "salt"u8, "info"u8);
        Assert.Equal(expected, Derive(left, right.PublicKey));
        Assert.Equal(expected, Derive(right, left.PublicKey));
        Assert.NotEqual(expected, Derive(left, left.PublicKey));
    }, iter: 50);

    [Fact]
    public void A_key_depends_on_salt_and_info()
    {
        using PrivateKey key = KeyOf(5);
        var other = new byte[44];
        KeyAgreement.DeriveKey(key, key.PublicKey, "salt"u8, "other"u8, other);
        Assert.NotEqual(Derive(key, key.PublicKey), other);
        KeyAgreement.DeriveKey(key, key.PublicKey, "other"u8, "info"u8, other);
        Assert.NotEqual(Derive(key, key.PublicKey), other);
    }

    // RFC 5869, A.1: what HKDF of the platform is, on which the derivation rests.
    [Fact]
    public void The_derivation_is_that_of_the_standard()
    {
        var key = new byte[42];
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256, [.. Enumerable.Repeat((byte)0x0b, 22)], key, [.. Enumerable.Range(0, 13).Select(static value => (byte)value)],
            [.. Enumerable.Range(0xf0, 10).Select(static value => (byte)value)]);
        Assert.Equal("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void A_compressed_key_is_read_as_the_point_it_was() => Scalar.Sample(scalar =>
    {
        using PrivateKey key = KeyOf(scalar);
        byte[] compressed = key.PublicKey.ToCompressed();
        Assert.Equal(PublicKey.CompressedLength, compressed.Length);
        Assert.Equal(key.PublicKey, PublicKey.TryFromCompressed(compressed));
        compressed[0] ^= 1;
        Assert.NotEqual(key.PublicKey, PublicKey.TryFromCompressed(compressed));
    }, iter: 50);

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")]
    [InlineData("02fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000005")]
    [InlineData("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179800")]
    public void What_is_no_point_is_no_key(string compressed) => Assert.Null(PublicKey.TryFromCompressed(Convert.FromHexString(compressed)));

    [Fact]
    public void The_generator_is_compressed_as_the_standard_has_it()
    {
        using PrivateKey key = KeyOf(1);
        Assert.Equal("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", Convert.ToHexStringLower(key.PublicKey.ToCompressed()));
    }

    [Fact]
    public void A_key_that_was_disposed_of_agrees_on_nothing()
    {
        PrivateKey key = KeyOf(7);
        PublicKey other = key.PublicKey;
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Derive(key, other));
    }

    private static byte[] Derive(PrivateKey own, PublicKey other)
    {
        var key = new byte[44];
        KeyAgreement.DeriveKey(own, other, "salt"u8, "info"u8, key);
        return key;
    }

    private static PrivateKey KeyOf(BigInteger scalar)
    {
        var bytes = new byte[32];
        byte[] digits = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, bytes.Length - digits.Length);
        return PrivateKey.FromBytes(bytes);
    }
}
