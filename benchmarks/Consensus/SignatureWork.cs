using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Consensus;

/// <summary>The signatures of ten blocks of the paper's Table V alone: of a block two are made, of the transaction and of the seal; the first is checked by each
/// validator and the second by each other. One after the other, as they come, on a number of threads at once.</summary>
internal sealed class SignatureWork : IDisposable
{
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly Hash256 _hash = Keccak256.Hash([1]);
    private readonly Signature _signature;
    private readonly int _made;
    private readonly int _all;
    private readonly ParallelOptions _parallelism;

    public SignatureWork(int validators, int threads)
    {
        _signature = _key.Sign(_hash);
        _made = 2 * TableFiveNetwork.BlocksPerRun;
        _all = _made + (2 * validators - 1) * TableFiveNetwork.BlocksPerRun;
        _parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads };
    }

    public void Run() => Parallel.For(0, _all, _parallelism, index =>
    {
        if (index < _made)
            _key.Sign(_hash);
        else if (!Ecdsa.TryRecover(_hash, _signature, out _))
            throw new InvalidOperationException("A signature does not recover.");
    });

    public void Dispose() => _key.Dispose();
}
