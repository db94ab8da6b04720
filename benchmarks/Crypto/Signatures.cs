using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Crypto.Curve.Lanes;
using DerChain.Chain.Primitives;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Crypto;

/// <summary>Recovery of a signer, and verification for a known one, of 100 signers in turn: own arithmetic against BouncyCastle's recovery, and against
/// libsecp256k1 where it is installed (Debian's libsecp256k1-1).</summary>
/// <remarks>The bars of issue 6: recovery at least 3 times BouncyCastle's speed and at most 1.3 times libsecp256k1's time; verification for a known signer at
/// most 0.9 times libsecp256k1's; no bytes. Times are of one signature.</remarks>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class Signatures
{
    public const int Signers = 100;

    private readonly Hash256[] _hashes = new Hash256[Signers];
    private readonly Signature[] _signatures = new Signature[Signers];
    private readonly Address[] _accounts = new Address[Signers];
    private readonly AffinePoint[] _recovered = new AffinePoint[Signers];
    private readonly bool[] _areRecovered = new bool[Signers];
    private readonly KnownKeys _keys = new();
    private NativeSignatures? _native;

    /// <summary>Whether libsecp256k1 is installed.</summary>
    public bool HasNative => _native is not null;

    [GlobalSetup]
    public void Setup()
    {
        _native = NativeSignatures.TryLoad(Signers);
        for (int index = 0; index < Signers; index++)
        {
            using PrivateKey signer = PrivateKey.FromBytes(Keccak256.Hash([(byte)index, 1]).ToBytes());
            _hashes[index] = Keccak256.Hash([(byte)index]);
            _signatures[index] = signer.Sign(_hashes[index]);
            _accounts[index] = signer.Address;
            _keys.TryRecover(_hashes[index], _signatures[index], hint: null);
            _native?.Set(index, _hashes[index], _signatures[index], signer.PublicKey);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Signers, Description = "BouncyCastle")]
    [BenchmarkCategory("recover")]
    public void RecoverByBouncyCastle()
    {
        for (int index = 0; index < Signers; index++)
            Require(BouncyCastleRecovery.TryRecover(_hashes[index], _signatures[index]) is not null);
    }

    [Benchmark(OperationsPerInvoke = Signers, Description = "own")]
    [BenchmarkCategory("recover")]
    public void Recover()
    {
        for (int index = 0; index < Signers; index++)
            Require(Ecdsa.TryRecover(_hashes[index], _signatures[index], out _));
    }

    [Benchmark(OperationsPerInvoke = Signers, Description = "own, a batch one by one")]
    [BenchmarkCategory("recover")]
    public void RecoverOneByOne() => RecoverBatch(RecoveryPath.OneByOne);

    [Benchmark(OperationsPerInvoke = Signers, Description = "own, a batch by the best path")]
    [BenchmarkCategory("recover")]
    public void RecoverByBestPath() => RecoverBatch(RecoveryBatch.BestPath);

    [Benchmark(OperationsPerInvoke = Signers, Description = "libsecp256k1")]
    [BenchmarkCategory("recover")]
    public void RecoverByLibsecp256k1()
    {
        NativeSignatures native = _native ?? throw new NotSupportedException("libsecp256k1 is not installed.");
        for (int index = 0; index < Signers; index++)
            Require(native.Recover(index));
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Signers, Description = "BouncyCastle: recover")]
    [BenchmarkCategory("verify known")]
    public void VerifyByBouncyCastle() => RecoverByBouncyCastle();

    [Benchmark(OperationsPerInvoke = Signers, Description = "KnownKeys, right hint")]
    [BenchmarkCategory("verify known")]
    public void VerifyKnown()
    {
        for (int index = 0; index < Signers; index++)
            Require(_keys.TryRecover(_hashes[index], _signatures[index], _accounts[index]) is not null);
    }

    [Benchmark(OperationsPerInvoke = Signers, Description = "libsecp256k1: verify")]
    [BenchmarkCategory("verify known")]
    public void VerifyByLibsecp256k1()
    {
        NativeSignatures native = _native ?? throw new NotSupportedException("libsecp256k1 is not installed.");
        for (int index = 0; index < Signers; index++)
            Require(native.Verify(index));
    }

    private void RecoverBatch(RecoveryPath path)
    {
        RecoveryBatch.Recover(_hashes, _signatures, _recovered, _areRecovered, path);
        Require(!_areRecovered.Contains(false));
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("A signature was not accepted.");
    }
}
