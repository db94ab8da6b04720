using System.Collections.Immutable;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>The forks of a <see cref="ChainSpec"/> in the order in which they build on each other, by their names in a genesis file.</summary>
internal static class ForkSchedule
{
    /// <summary>Every fork that a spec can name.</summary>
    public static readonly ImmutableArray<Fork> Forks =
    [
        new("homesteadBlock", false, spec => spec.HomesteadBlock, (spec, block) => spec with { HomesteadBlock = block }),
        new("daoForkBlock", true, spec => spec.DaoForkBlock, (spec, block) => spec with { DaoForkBlock = block }),
        new("eip150Block", false, spec => spec.Eip150Block, (spec, block) => spec with { Eip150Block = block }),
        new("eip155Block", false, spec => spec.Eip155Block, (spec, block) => spec with { Eip155Block = block }),
        new("eip158Block", false, spec => spec.Eip158Block, (spec, block) => spec with { Eip158Block = block }),
        new("byzantiumBlock", false, spec => spec.ByzantiumBlock, (spec, block) => spec with { ByzantiumBlock = block }),
        new("constantinopleBlock", false, spec => spec.ConstantinopleBlock, (spec, block) => spec with { ConstantinopleBlock = block }),
        new("petersburgBlock", false, spec => spec.PetersburgBlock, (spec, block) => spec with { PetersburgBlock = block }),
        new("istanbulBlock", false, spec => spec.IstanbulBlock, (spec, block) => spec with { IstanbulBlock = block }),
        new("muirGlacierBlock", true, spec => spec.MuirGlacierBlock, (spec, block) => spec with { MuirGlacierBlock = block }),
        new("berlinBlock", false, spec => spec.BerlinBlock, (spec, block) => spec with { BerlinBlock = block }),
        new("londonBlock", false, spec => spec.LondonBlock, (spec, block) => spec with { LondonBlock = block }),
        new("arrowGlacierBlock", true, spec => spec.ArrowGlacierBlock, (spec, block) => spec with { ArrowGlacierBlock = block }),
        new("grayGlacierBlock", true, spec => spec.GrayGlacierBlock, (spec, block) => spec with { GrayGlacierBlock = block }),
    ];

    /// <summary>A spec without any fork: Frontier.</summary>
    public static ChainSpec Frontier(ulong chainId) =>
        Forks.Aggregate(new ChainSpec { ChainId = chainId }, static (spec, fork) => fork.Set(spec, null));

    /// <summary>Each fork stands at or after the one before it, and none but an optional one is left out (Geth, <c>CheckConfigForkOrder</c>).</summary>
    public static ValidationResult CheckOrder(ChainSpec spec)
    {
        Fork? last = null;
        foreach (Fork fork in Forks)
        {
            ulong? block = fork.Get(spec);
            ulong? lastBlock = last?.Get(spec);
            if (last is not null && block is not null && (lastBlock is null || lastBlock > block))
            {
                string before = lastBlock is null ? "is not enabled" : $"is enabled at block {lastBlock}";
                return ValidationResult.Fail(ChainError.WrongForkOrder, $"{last.Name} {before}, but {fork.Name}, which builds on it, at block {block}.");
            }

            if (block is not null || !fork.IsOptional)
                last = fork;
        }

        return ValidationResult.Valid;
    }

    /// <summary>A fork: its property in a genesis file and in a spec.</summary>
    /// <param name="Name">Name of the property in a genesis file.</param>
    /// <param name="IsOptional">Whether later forks may be enabled without it.</param>
    /// <param name="Get">Its block; null where it is inactive.</param>
    /// <param name="Set">The spec with its block changed.</param>
    public sealed record Fork(string Name, bool IsOptional, Func<ChainSpec, ulong?> Get, Func<ChainSpec, ulong?, ChainSpec> Set);
}
