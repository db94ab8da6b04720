using System.Text;
using System.Text.Json;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Crypto.Digests;

namespace DerChain.Chain.Tests.Crypto;

public sealed class KeccakTests
{
    [Fact]
    public void The_hash_of_nothing_is_the_well_known_one() =>
        Assert.Equal("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Keccak256.OfEmpty.ToString());

    [Fact]
    public void Known_answers() => EachCase.Holds(
        Vectors.ReadJson("keccak.json").GetProperty("kats").EnumerateArray(),
        test => test.Text("source") + " " + test.GetProperty("len"),
        test => Assert.Equal(test.Hash("keccak256"), Keccak256.Hash(test.Bytes("data"))));

    [Fact]
    public void A_gibibyte_has_the_known_hash()
    {
        SkippedCases.UnlessFull("keccak.json/extremely_long");
        JsonElement test = Vectors.ReadJson("keccak.json").GetProperty("extremely_long");
        byte[] text = Encoding.ASCII.GetBytes(test.Text("text"));
        var input = new byte[text.Length * test.GetProperty("repeat").GetInt32()];
        for (int start = 0; start < input.Length; start += text.Length)
            text.CopyTo(input, start);

        Assert.Equal(test.Hash("keccak256"), Keccak256.Hash(input));
    }

    [Fact]
    public void Agrees_with_BouncyCastle_at_every_length_around_the_rate() => EachCase.Holds(
        Enumerable.Range(0, 3 * 136 + 2), length => $"{length} bytes", length =>
        {
            byte[] input = [.. Enumerable.Range(0, length).Select(index => (byte)((index * 31 + length) % 251))];
            Assert.Equal(ByBouncyCastle(input), Keccak256.Hash(input));
        });

    [Fact]
    public void Agrees_with_BouncyCastle_on_random_bytes() =>
        Gen.Byte.Array[0, 2_000].Sample(input => Assert.Equal(ByBouncyCastle(input), Keccak256.Hash(input)));

    private static Hash256 ByBouncyCastle(byte[] input)
    {
        var digest = new KeccakDigest(256);
        digest.BlockUpdate(input, 0, input.Length);
        var output = new byte[Hash256.Length];
        digest.DoFinal(output, 0);
        return Hash256.FromBytes(output);
    }
}
