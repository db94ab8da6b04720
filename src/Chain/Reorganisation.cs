using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Chain;

/// <summary>Which blocks leave and which join the canonical chain when the head changes.</summary>
internal static class Reorganisation
{
    /// <summary>The way from the present head to <paramref name="newHead"/>, whose parent is stored.</summary>
    public static ImportResult Plan(Blockchain chain, Block newHead)
    {
        var abandoned = ImmutableArray.CreateBuilder<Block>();
        var adopted = ImmutableArray.CreateBuilder<Block>();
        adopted.Add(newHead);
        Hash256 oldHash = chain.Head.Hash;
        Hash256 newHash = newHead.Header.ParentHash;
        ulong oldNumber = chain.Head.Header.Number;
        ulong newNumber = newHead.Number - 1;
        while (oldHash != newHash)
        {
            bool stepsOld = oldNumber >= newNumber;
            if (newNumber >= oldNumber)
                newHash = Step(chain, newHash, adopted, ref newNumber);

            if (stepsOld)
                oldHash = Step(chain, oldHash, abandoned, ref oldNumber);
        }

        adopted.Reverse();
        return new ImportResult(ImportOutcome.NewHead, default, abandoned.ToImmutable(), adopted.ToImmutable());
    }

    private static Hash256 Step(Blockchain chain, Hash256 hash, ImmutableArray<Block>.Builder passed, ref ulong number)
    {
        Block block = chain.FindBlock(hash) ?? throw new StoreCorruptException($"The block {hash} is missing from the store.");
        passed.Add(block);
        number = number == 0 ? 0 : number - 1;
        return block.Header.ParentHash;
    }
}
