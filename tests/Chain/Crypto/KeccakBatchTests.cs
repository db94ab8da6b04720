using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Hashing;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto;

/// <summary>Every path that this machine has gives the hashes of one input after the other, which <see cref="KeccakTests"/> compares with BouncyCastle.</summary>
public sealed class KeccakBatchTests
{
    private const int LongestOfAll = 600;

    private static readonly KeccakPath[] Paths = [.. Enum.GetValues<KeccakPath>().Where(Keccak256.IsSupported)];

    [Fact]
    public void The_machine_has_the_paths_that_its_processor_says()
    {
        Assert.Contains(KeccakPath.OneByOne, Paths);
        Assert.Equal(Avx2.IsSupported, Paths.Contains(KeccakPath.FourAtOnce));
        Assert.Equal(Paths[^1], Keccak256.BestPath);
    }

    [Fact]
    public void Known_answers_in_one_batch()
    {
        List<JsonElement> tests = [.. Vectors.ReadJson("keccak.json").GetProperty("kats").EnumerateArray()];
        ReadOnlyMemory<byte>[] inputs = [.. tests.Select(static test => (ReadOnlyMemory<byte>)test.Bytes("data"))];
        Hash256[] expected = [.. tests.Select(static test => test.Hash("keccak256"))];
        foreach (KeccakPath path in Paths)
            Assert.Equal(expected, HashMany(inputs, path));
    }

    [Fact]
    public void Every_length_in_batches_of_mixed_lengths()
    {
        // 601 is prime: with each step all lengths come once, in another order and side by side with others.
        ReadOnlyMemory<byte>[] all = [.. Enumerable.Range(0, LongestOfAll + 1).Select(Input)];
        foreach (int step in (int[])[1, 7, 137, 300, LongestOfAll])
            AssertSameHashes([.. Enumerable.Range(0, all.Length).Select(index => all[index * step % all.Length])]);
    }

    [Fact]
    public void Every_length_in_batches_of_its_own_and_of_every_size()
    {
        for (int length = 0; length <= LongestOfAll; length++)
            AssertSameHashes([.. Enumerable.Range(0, length % 18).Select(index => Input(length + LongestOfAll * index)[..length])]);
    }

    [Fact]
    public void Random_batches() => Gen.Byte.Array[0, 2_000].Array[0, 40].Sample(
        static inputs => AssertSameHashes([.. inputs.Select(static input => (ReadOnlyMemory<byte>)input)]));

    [Fact]
    public void A_long_input_among_short_ones() => AssertSameHashes([Input(3), Input(100_000), .. Enumerable.Range(0, 50).Select(Input), Input(31_111)]);

    [Fact]
    public void Hashes_need_a_place_each()
    {
        Assert.Throws<ArgumentException>(static () => Keccak256.HashMany([Input(1), Input(2)], new Hash256[3]));
        Assert.Throws<ArgumentException>(static () => Keccak256.HashMany([Input(1), Input(2)], new Hash256[1]));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        ReadOnlyMemory<byte>[] inputs = [.. Enumerable.Range(100, 20).Select(Input)];
        var hashes = new Hash256[inputs.Length];
        foreach (KeccakPath path in Paths)
        {
            Keccak256.HashMany(inputs, hashes, path);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Keccak256.HashMany(inputs, hashes, path);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [Fact]
    public void Parts_have_the_hash_of_the_whole() => Gen.Byte.Array[0, 300].Array[0, 6].Sample(static parts =>
    {
        var sponge = new KeccakSponge();
        for (int round = 0; round < 2; round++)
        {
            foreach (byte[] part in parts)
                sponge.Append(part);

            Assert.Equal(Keccak256.Hash([.. parts.SelectMany(static part => part)]), sponge.Finish());
        }
    });

    private static void AssertSameHashes(ReadOnlyMemory<byte>[] inputs)
    {
        Hash256[] expected = [.. inputs.Select(static input => Keccak256.Hash(input.Span))];
        foreach (KeccakPath path in Paths)
            Assert.Equal(expected, HashMany(inputs, path));
    }

    private static Hash256[] HashMany(ReadOnlyMemory<byte>[] inputs, KeccakPath path)
    {
        var hashes = new Hash256[inputs.Length];
        Keccak256.HashMany(inputs, hashes, path);
        return hashes;
    }

    private static ReadOnlyMemory<byte> Input(int length) => Enumerable.Range(0, length).Select(index => (byte)((index * 31 + length) % 251)).ToArray();
}
