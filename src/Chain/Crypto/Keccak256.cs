using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DerChain.Chain.Crypto.Hashing;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>Keccak-256 as Ethereum uses it: the original Keccak padding (0x01), not that of SHA3-256 (0x06).</summary>
/// <remarks>Source: The Keccak reference, version 3.0; rate 1,088 bits, capacity 512 bits.</remarks>
/// <threadsafety>All members are pure.</threadsafety>
public static class Keccak256
{
    /// <summary>Hash of no bytes.</summary>
    public static Hash256 OfEmpty { get; } = Hash([]);

    /// <summary>The fastest path that this machine has.</summary>
    internal static KeccakPath BestPath { get; } = Enum.GetValues<KeccakPath>().Where(IsSupported).Max();

    /// <summary>The hash of <paramref name="input"/>, of any length.</summary>
    public static Hash256 Hash(ReadOnlySpan<byte> input)
    {
        var sponge = new KeccakSponge();
        sponge.Append(input);
        return sponge.Finish();
    }

    /// <summary>The hashes of many inputs, each of any length: several at once where the machine can.</summary>
    /// <exception cref="ArgumentException">There is not one place for each hash.</exception>
    internal static void HashMany(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, Span<Hash256> hashes) => HashMany(inputs, hashes, BestPath);

    /// <summary>The hashes of many inputs by a path of choice.</summary>
    /// <exception cref="ArgumentException">There is not one place for each hash.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine does not have the path.</exception>
    internal static void HashMany(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, Span<Hash256> hashes, KeccakPath path)
    {
        if (hashes.Length != inputs.Length)
            throw new ArgumentException($"{inputs.Length} inputs have no {hashes.Length} hashes.", nameof(hashes));

        if (!IsSupported(path))
            throw new PlatformNotSupportedException($"This machine does not have the path {path}.");

        if (path == KeccakPath.EightAtOnce && inputs.Length > 1)
            new KeccakBatch<Vector512<ulong>>(inputs, hashes).Run();
        else if (path == KeccakPath.FourAtOnce && inputs.Length > 1)
            new KeccakBatch<Vector256<ulong>>(inputs, hashes).Run();
        else
            HashEach(inputs, hashes);
    }

    /// <summary>Whether this machine has a path.</summary>
    internal static bool IsSupported(KeccakPath path) => path switch
    {
        KeccakPath.EightAtOnce => Avx512F.IsSupported && Vector512.IsHardwareAccelerated,
        KeccakPath.FourAtOnce => Avx2.IsSupported,
        _ => true,
    };

    private static void HashEach(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, Span<Hash256> hashes)
    {
        for (int index = 0; index < inputs.Length; index++)
            hashes[index] = Hash(inputs[index].Span);
    }
}
