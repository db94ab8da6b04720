using BenchmarkDotNet.Attributes;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Crypto.Digests;

namespace DerChain.Benchmarks.Crypto;

/// <summary>One Keccak-256 of a short, a middling and a long input, beside BouncyCastle's digest, which is made once and used again.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class HashOne
{
    private readonly KeccakDigest _digest = new(256);
    private readonly byte[] _output = new byte[Hash256.Length];
    private byte[] _input = [];

    [Params(32, 200, 1_024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public void Setup() => _input = [.. Enumerable.Range(0, Bytes).Select(static index => (byte)(index % 251))];

    [Benchmark(Baseline = true)]
    public byte BouncyCastle()
    {
        _digest.BlockUpdate(_input, 0, _input.Length);
        _digest.DoFinal(_output, 0);
        return _output[0];
    }

    [Benchmark]
    public Hash256 DerChain() => Keccak256.Hash(_input);
}
