using System.Text;
using CsCheck;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Crypto.Generators;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

public sealed class ScryptTests
{
    [Theory]
    [InlineData(
        "", "", 16, 1, 1,
        "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")]
    [InlineData(
        "password", "NaCl", 1024, 8, 16,
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")]
    [InlineData(
        "pleaseletmein", "SodiumChloride", 16384, 8, 1,
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")]
    public void The_examples_of_RFC_7914_are_derived(string password, string salt, int n, int r, int p, string expected) =>
        Assert.Equal(Hex.Parse(expected), Derive(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), new ScryptParameters(n, r, p), 64));

    [Fact]
    public void Agrees_with_BouncyCastle() => Gen.Select(
        Gen.Byte.Array[0, 80], Gen.Byte.Array[0, 80], Gen.Int[1, 8], Gen.Int[1, 9], Gen.Int[1, 4]).Sample(
        (password, salt, logN, r, p) => Assert.Equal(
            SCrypt.Generate(password, salt, 1 << logN, r, p, 32), Derive(password, salt, new ScryptParameters(1 << logN, r, p), 32)),
        iter: 200);

    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(1, 8, 1)]
    [InlineData(3, 8, 1)]
    [InlineData(-2, 8, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(2, -1, -1)]
    [InlineData(1 << 30, 1, 1)]
    [InlineData(2, 1 << 30, 1)]
    [InlineData(2, 1, 1 << 30)]
    [InlineData(1 << 19, 16, 1)]
    [InlineData(1 << 18, 8, 9)]
    [InlineData(2, 1 << 8, 1 << 7)]
    public void Costs_that_are_impossible_or_too_high_are_misuse(int n, int r, int p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScryptParameters(n, r, p));

    private static byte[] Derive(byte[] password, byte[] salt, ScryptParameters parameters, int length)
    {
        var derivedKey = new byte[length];
        Scrypt.DeriveKey(password, salt, parameters, derivedKey);
        return derivedKey;
    }
}
