using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.State;

/// <summary>Addresses that are contracts by rule: 1 to 4, from Byzantium on to 8, from Istanbul on to 9 (Yellow Paper, appendix E; EIP-152).</summary>
internal static class PrecompiledContracts
{
    /// <summary>True where a call to the address needs the EVM.</summary>
    public static bool IsActive(Address address, ChainSpec spec, ulong number)
    {
        int highest = spec.IsIstanbul(number) ? 9 : spec.IsByzantium(number) ? 8 : 4;
        Span<byte> bytes = stackalloc byte[Address.Length];
        address.CopyTo(bytes);
        return !bytes[..^1].ContainsAnyExcept((byte)0) && bytes[^1] >= 1 && bytes[^1] <= highest;
    }
}
