using System.Numerics;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Validation;

/// <summary>Rules of a header that hold under any consensus engine. An engine calls them where its own order of evaluation has them.</summary>
public static class HeaderRules
{
    private const ulong GasLimitBoundDivisor = 1024;
    private const ulong MinGasLimit = 5_000;
    private const ulong ElasticityMultiplier = 2;
    private const ulong BaseFeeChangeDenominator = 8;

    /// <summary>Gas of block 0: from it the next block's limit and base fee follow.</summary>
    internal static ValidationResult CheckGenesisGas(Genesis genesis)
    {
        if (genesis.GasLimit is < MinGasLimit or > long.MaxValue)
            return ValidationResult.Fail(ChainError.GasLimitOutOfBounds, $"The gas limit is {genesis.GasLimit}; it is from 5,000 to 2^63 - 1.");

        return genesis.GasUsed > genesis.GasLimit
            ? ValidationResult.Fail(ChainError.GasUsedAboveLimit, $"Gas used is {genesis.GasUsed}, the limit {genesis.GasLimit}.")
            : ValidationResult.Valid;
    }

    /// <summary>Number and parent hash: the header stands on this parent.</summary>
    public static ValidationResult CheckAncestry(BlockHeader header, BlockHeader parent, Hash256 parentHash)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(parent);
        if (header.ParentHash != parentHash)
            return ValidationResult.Fail(ChainError.UnknownParent, $"The parent is {header.ParentHash}, not {parentHash}.");

        return parent.Number == ulong.MaxValue || header.Number != parent.Number + 1
            ? ValidationResult.Fail(ChainError.WrongNumber, $"The number is {header.Number}, the parent's {parent.Number}.")
            : ValidationResult.Valid;
    }

    /// <summary>Gas used, gas limit and base fee against the parent's (Yellow Paper, equations 45 to 47; EIP-1559).</summary>
    public static ValidationResult CheckGas(BlockHeader header, BlockHeader parent, ChainSpec spec)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(spec);
        if (header.GasUsed > header.GasLimit)
        {
            return ValidationResult.Fail(
                ChainError.GasUsedAboveLimit, $"Gas used is {header.GasUsed}, the limit {header.GasLimit}.");
        }

        bool isLondon = spec.IsLondon(header.Number);
        if (header.BaseFeePerGas is not null != isLondon)
        {
            return ValidationResult.Fail(
                ChainError.BaseFeePresence, isLondon ? "The base fee is missing." : "A base fee stands in a header before London.");
        }

        ulong parentLimit = InheritedGasLimit(parent, spec);
        ulong step = header.GasLimit > parentLimit ? header.GasLimit - parentLimit : parentLimit - header.GasLimit;
        if (step >= parentLimit / GasLimitBoundDivisor || header.GasLimit is < MinGasLimit or > long.MaxValue)
        {
            return ValidationResult.Fail(
                ChainError.GasLimitOutOfBounds,
                $"The gas limit is {header.GasLimit}; after {parentLimit} it moves by less than 1/1024 and stays from 5,000 to 2^63 - 1.");
        }

        if (!isLondon)
            return ValidationResult.Valid;

        UInt256 expected = NextBaseFee(parent, spec);
        return header.BaseFeePerGas != expected
            ? ValidationResult.Fail(ChainError.WrongBaseFee, $"The base fee is {header.BaseFeePerGas} wei; {expected} follows from the parent.")
            : ValidationResult.Valid;
    }

    /// <summary>The gas limit from which that of the block after <paramref name="parent"/> moves: the parent's, doubled by London's first block (EIP-1559).</summary>
    public static ulong InheritedGasLimit(BlockHeader parent, ChainSpec spec)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(spec);
        bool isFirstOfLondon = spec.IsLondon(parent.Number + 1) && !spec.IsLondon(parent.Number);
        return isFirstOfLondon ? checked(parent.GasLimit * ElasticityMultiplier) : parent.GasLimit;
    }

    /// <summary>The base fee of the block after <paramref name="parent"/>, in wei (EIP-1559). For a chain at London.</summary>
    public static UInt256 NextBaseFee(BlockHeader parent, ChainSpec spec)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(spec);
        if (!spec.IsLondon(parent.Number) || parent.BaseFeePerGas is not { } baseFee)
            return Genesis.DefaultBaseFeePerGas;

        ulong target = parent.GasLimit / ElasticityMultiplier;
        if (parent.GasUsed == target)
            return baseFee;

        bool rises = parent.GasUsed > target;
        ulong distance = rises ? parent.GasUsed - target : target - parent.GasUsed;
        var change = (UInt256)(((BigInteger)baseFee * distance) / target / BaseFeeChangeDenominator);
        if (!rises)
            return baseFee - change;

        return baseFee + (change.IsZero ? UInt256.One : change);
    }

    /// <summary>The gas a validator of ours fills a block to: the target, so that its own load never drives the base fee up.</summary>
    public static ulong GasTarget(ulong gasLimit) => gasLimit / ElasticityMultiplier;
}
