using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Recovers the signers of many signatures, as <see cref="Ecdsa.TryRecover"/> does of one. Nothing is allocated, but a table once.</summary>
/// <threadsafety>All members are pure.</threadsafety>
internal static class RecoveryBatch
{
    // So many take as long one by one as eight side by side.
    private const int WorthLanes = 2;

    /// <summary>The fastest path that this machine has.</summary>
    public static RecoveryPath BestPath { get; } = Enum.GetValues<RecoveryPath>().Where(IsSupported).Max();

    /// <summary>Recovers each key by the fastest path.</summary>
    /// <param name="hashes">What was signed.</param>
    /// <param name="signatures">The signature of each hash.</param>
    /// <param name="keys">Takes the keys; anything where there is none.</param>
    /// <param name="areRecovered">Takes whether there is a key.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Recover(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, Span<AffinePoint> keys, Span<bool> areRecovered) =>
        Recover(hashes, signatures, keys, areRecovered, BestPath);

    /// <summary>Recovers each key by a path of choice.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine does not have the path.</exception>
    public static void Recover(
        ReadOnlySpan<Hash256> hashes, ReadOnlySpan<Signature> signatures, Span<AffinePoint> keys, Span<bool> areRecovered, RecoveryPath path)
    {
        if (signatures.Length != hashes.Length || keys.Length != hashes.Length || areRecovered.Length != hashes.Length)
            throw new ArgumentException($"{hashes.Length} hashes have no {signatures.Length} signatures, {keys.Length} keys and {areRecovered.Length} results.");

        if (!IsSupported(path))
            throw new PlatformNotSupportedException($"This machine does not have the path {path}.");

        int done = 0;
        while (path == RecoveryPath.EightAtOnce && hashes.Length - done > WorthLanes)
        {
            int count = Math.Min(hashes.Length - done, LaneRecovery.MaxSignatures);
            int rest = count % FieldElement8.Lanes;
            count -= rest > WorthLanes ? 0 : rest;
            LaneRecovery.Recover(hashes.Slice(done, count), signatures.Slice(done, count), keys.Slice(done, count), areRecovered.Slice(done, count));
            done += count;
        }

        for (; done < hashes.Length; done++)
            areRecovered[done] = Ecdsa.TryRecover(hashes[done], signatures[done], out keys[done]);
    }

    /// <summary>Whether this machine has a path.</summary>
    public static bool IsSupported(RecoveryPath path) =>
        path == RecoveryPath.OneByOne || (Avx512DQ.IsSupported && Vector512.IsHardwareAccelerated);
}
