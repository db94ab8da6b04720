using System.Buffers.Binary;
using System.Text;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Market.Scenario;

/// <summary>Keys of a scenario's participants and validators: derived from the seed and the name, so that a scenario gives the same chain everywhere.</summary>
/// <remarks>Anyone who knows the seed knows the keys: for scenarios and tests, never for a consortium.</remarks>
public static class ScenarioKeys
{
    /// <summary>The key of a name: the first valid scalar among Keccak-256 of <c>"DerChain scenario key" ‖ seed (8 bytes) ‖ attempt (1 byte) ‖ name</c>.</summary>
    /// <param name="seed">Seed of the scenario.</param>
    /// <param name="name">Name of the participant or validator.</param>
    public static PrivateKey Derive(ulong seed, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Span<byte> seedBytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(seedBytes, seed);
        for (byte attempt = 0; ; attempt++)
        {
            byte[] input = [.. "DerChain scenario key"u8, .. seedBytes, attempt, .. Encoding.ASCII.GetBytes(name)];
            Hash256 candidate = Keccak256.Hash(input);
            if (PrivateKey.TryFromBytes(candidate.ToBytes()) is { } key)
                return key;
        }
    }
}
