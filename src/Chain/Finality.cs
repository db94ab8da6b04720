using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain;

/// <summary>The final block of a chain: it only moves forward, and every block of the chain stands on it.</summary>
internal static class Finality
{
    /// <summary>Judges whether a block, whose parent is stored, stands on the final block.</summary>
    public static ValidationResult Check(ChainStore entries, BlockHeader header, BlockReference finalized)
    {
        if (finalized.Number == 0)
            return ValidationResult.Valid;

        if (header.Number > finalized.Number)
        {
            var ancestor = new BlockReference(header.Number - 1, header.ParentHash);
            while (ancestor.Number > finalized.Number && entries.FindCanonicalHash(ancestor.Number) != ancestor.Hash)
                ancestor = new BlockReference(ancestor.Number - 1, ParentOf(entries, ancestor.Hash));

            if (ancestor.Number > finalized.Number || ancestor == finalized)
                return ValidationResult.Valid;
        }

        return ValidationResult.Fail(
            ChainError.ConflictsWithFinalBlock,
            $"Block {header.Number} is on a branch that leaves the chain below the final block {finalized.Number} ({finalized.Hash}).");
    }

    /// <summary>The final block of a chain whose final block was <paramref name="finalized"/> and whose head is <paramref name="head"/> now.</summary>
    public static BlockReference Advance(BlockReference finalized, IConsensusEngine engine, HeadCandidate head, HeaderLookup headers) =>
        engine.FinalizedAncestor(head, headers) is { } found && found.Number > finalized.Number ? found : finalized;

    /// <summary>The final block that a store names; genesis where it names none.</summary>
    /// <exception cref="StoreCorruptException">It names a block that is not canonical.</exception>
    public static BlockReference Read(ChainStore entries, Hash256 genesis)
    {
        if (entries.FindFinalized() is not { } hash)
            return new BlockReference(0, genesis);

        return entries.FindHeader(hash) is { } header && entries.FindCanonicalHash(header.Number) == hash
            ? new BlockReference(header.Number, hash)
            : throw new StoreCorruptException(
                $"The store names {hash} as its final block, which is not on its chain: it was damaged. Restore it from another validator's copy.");
    }

    private static Hash256 ParentOf(ChainStore entries, Hash256 hash) =>
        entries.FindHeader(hash)?.ParentHash ?? throw new StoreCorruptException($"The block {hash} is missing from the store.");
}
