using BenchmarkDotNet.Attributes;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Hashing;
using DerChain.Chain.Primitives;
using Org.BouncyCastle.Crypto.Digests;

namespace DerChain.Benchmarks.Crypto;

/// <summary>Keccak-256 of eight independent inputs by each path that the machine has, beside BouncyCastle's digest one after the other. Times are for a hash.</summary>
[MemoryDiagnoser]
[MedianColumn]
public class HashMany
{
    private const int Count = 8;

    private readonly KeccakDigest _digest = new(256);
    private readonly byte[] _output = new byte[Hash256.Length];
    private readonly Hash256[] _hashes = new Hash256[Count];
    private byte[][] _bytes = [];
    private ReadOnlyMemory<byte>[] _inputs = [];

    [Params(100, 500)]
    public int Bytes { get; set; }

    /// <summary>The paths that this machine has.</summary>
    internal static IReadOnlyList<KeccakPath> Paths { get; } = [.. Enum.GetValues<KeccakPath>().Where(Keccak256.IsSupported)];

    [GlobalSetup]
    public void Setup()
    {
        _bytes = [.. Enumerable.Range(0, Count).Select(number => Enumerable.Range(number, Bytes).Select(static index => (byte)(index % 251)).ToArray())];
        _inputs = [.. _bytes.Select(static bytes => (ReadOnlyMemory<byte>)bytes)];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public byte BouncyCastle()
    {
        foreach (byte[] input in _bytes)
        {
            _digest.BlockUpdate(input, 0, input.Length);
            _digest.DoFinal(_output, 0);
        }

        return _output[0];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public Hash256 OneByOne() => Hash(KeccakPath.OneByOne);

    [Benchmark(OperationsPerInvoke = Count)]
    public Hash256 FourAtOnce() => Hash(KeccakPath.FourAtOnce);

    [Benchmark(OperationsPerInvoke = Count)]
    public Hash256 EightAtOnce() => Hash(KeccakPath.EightAtOnce);

    internal Hash256 Hash(KeccakPath path)
    {
        Keccak256.HashMany(_inputs, _hashes, path);
        return _hashes[^1];
    }
}
