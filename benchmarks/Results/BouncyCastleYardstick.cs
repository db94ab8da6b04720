using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Results;

/// <summary>How fast the machine is: BouncyCastle's recovery, by which what was measured on another machine is scaled. It is measured in the same rounds as what is
/// compared, since the machine's speed changes.</summary>
internal sealed class BouncyCastleYardstick : IDisposable
{
    private const int Recoveries = 50;

    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly Hash256 _hash = Keccak256.Hash([1]);
    private readonly Signature _signature;

    public BouncyCastleYardstick() => _signature = _key.Sign(_hash);

    /// <summary>One recovery, repeated.</summary>
    public Way Way => new("BouncyCastle's recovery", Recover, Recoveries);

    public void Dispose() => _key.Dispose();

    private void Recover()
    {
        for (int index = 0; index < Recoveries; index++)
        {
            if (BouncyCastleRecovery.TryRecover(_hash, _signature) is null)
                throw new InvalidOperationException("A signature does not recover.");
        }
    }
}
