using System.Diagnostics;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Cli.Bench;

/// <summary>What a signature costs on this machine, now: medians, in seconds.</summary>
/// <param name="Sign">To sign.</param>
/// <param name="Recover">To recover the signer.</param>
/// <param name="BouncyCastleRecover">To recover the signer by BouncyCastle: it tells how fast the machine is, whatever the library does.</param>
internal sealed record SignatureCost(double Sign, double Recover, double BouncyCastleRecover)
{
    private const int WarmUp = 300;
    private const int Samples = 300;

    public static SignatureCost Measure()
    {
        using PrivateKey key = PrivateKey.Generate();
        var hashes = new Hash256[WarmUp + Samples];
        for (int index = 0; index < hashes.Length; index++)
            hashes[index] = Keccak256.Hash(BitConverter.GetBytes(index));

        var signatures = new Signature[hashes.Length];
        double sign = Median(index => signatures[index] = key.Sign(hashes[index]));
        double recover = Median(index =>
        {
            if (signatures[index].TryRecover(hashes[index])?.Address != key.Address)
                throw new InvalidOperationException("A signature does not recover to its signer.");
        });
        double bouncyCastle = Median(index =>
        {
            if (BouncyCastleRecovery.TryRecover(hashes[index], signatures[index]) is null)
                throw new InvalidOperationException("A signature does not recover.");
        });
        return new SignatureCost(sign, recover, bouncyCastle);
    }

    /// <summary>The median of each over several measurements.</summary>
    public static SignatureCost MedianOf(IReadOnlyCollection<SignatureCost> costs) => new(
        Spread.Of(costs.Select(static cost => cost.Sign)).Median,
        Spread.Of(costs.Select(static cost => cost.Recover)).Median,
        Spread.Of(costs.Select(static cost => cost.BouncyCastleRecover)).Median);

    private static double Median(Action<int> work)
    {
        var seconds = new double[WarmUp + Samples];
        for (int index = 0; index < seconds.Length; index++)
        {
            long start = Stopwatch.GetTimestamp();
            work(index);
            seconds[index] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return Spread.Of(seconds[WarmUp..]).Median;
    }
}
