using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Validation;

/// <summary>What a genesis must keep for a chain to go on from it, whether it was read from a file or built in code.</summary>
internal static class GenesisRules
{
    private const ulong MaxChainId = long.MaxValue - 18;
    private const ulong MaxPeriodSeconds = uint.MaxValue;
    private const int HeaderBytesBesidesExtraData = 1024;

    // Total difficulties and base fees that follow from less stay below 2^256.
    private static readonly UInt256 Bound = UInt256.FromBigEndian([0x80, .. new byte[31]]);

    /// <summary>Checks the spec and the header fields.</summary>
    public static ValidationResult Check(Genesis genesis)
    {
        ValidationResult result = CheckSpec(genesis.Spec);
        return result.IsValid ? CheckHeader(genesis) : result;
    }

    private static ValidationResult CheckSpec(ChainSpec spec)
    {
        if (spec.ChainId is 0 or > MaxChainId)
            return Invalid($"The chain id is {spec.ChainId}; it is from 1 to 2^63 - 19.");

        if (spec.CliqueEpochLength == 0)
            return Invalid("Clique's epoch is at least 1 block.");

        return spec.CliquePeriodSeconds > MaxPeriodSeconds
            ? Invalid($"Clique's period is {spec.CliquePeriodSeconds} s; it is at most {MaxPeriodSeconds}.")
            : ForkSchedule.CheckOrder(spec);
    }

    private static ValidationResult CheckHeader(Genesis genesis)
    {
        ValidationResult result = HeaderRules.CheckGenesisGas(genesis);
        if (!result.IsValid)
            return result;

        if (genesis.Difficulty >= Bound)
            return Invalid($"The difficulty is {genesis.Difficulty}; it is below 2^255.");

        if (genesis.BaseFeePerGas >= Bound)
            return Invalid($"The base fee is {genesis.BaseFeePerGas} wei; it is below 2^255.");

        int longest = BlockHeader.MaxEncodedBytes - HeaderBytesBesidesExtraData;
        return genesis.ExtraData.Length > longest
            ? Invalid($"The extra data has {genesis.ExtraData.Length} bytes; it has at most {longest}.")
            : ValidationResult.Valid;
    }

    private static ValidationResult Invalid(string message) => ValidationResult.Fail(ChainError.InvalidGenesis, message);
}
