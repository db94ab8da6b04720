using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>Recovers the signers of many signatures, as <see cref="Ecdsa.TryRecover"/> does of one. Nothing is allocated, but a table once.</summary>
/// <threadsafety>All members are pure.</threadsafety>
internal static class RecoveryBatch
{
    /// <summary>Signatures that share inverses. Of more, the share of an inverse is not worth the stack.</summary>
    public const int MaxSignatures = 64;

    // So few take no longer one after the other than eight side by side.
    private const int MaxWithoutLanes = 2;

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

        for (int done = 0; done < hashes.Length;)
        {
            int count = Math.Min(hashes.Length - done, MaxSignatures), rest = count % FieldElement8.Lanes;
            bool isInLanes = path == RecoveryPath.EightAtOnce && count > MaxWithoutLanes;
            if (isInLanes && rest <= MaxWithoutLanes)
                count -= rest;

            ReadOnlySpan<Hash256> someHashes = hashes.Slice(done, count);
            ReadOnlySpan<Signature> some = signatures.Slice(done, count);
            if (isInLanes)
                LaneRecovery.Recover(someHashes, some, keys.Slice(done, count), areRecovered.Slice(done, count));
            else
                SharedRecovery.Recover(someHashes, some, keys.Slice(done, count), areRecovered.Slice(done, count));

            done += count;
        }
    }

    /// <summary>Whether this machine has a path.</summary>
    public static bool IsSupported(RecoveryPath path) =>
        path == RecoveryPath.OneByOne || (Avx512DQ.IsSupported && Vector512.IsHardwareAccelerated);
}
