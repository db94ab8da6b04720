using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Evidence;

/// <summary>The headers beside a block that a receipt carries.</summary>
internal static class ReceiptHeaders
{
    /// <summary>The fewest headers after a block that make it final, or null where the chain has not as many.</summary>
    public static ImmutableArray<BlockHeader>? Sealing(Blockchain chain, CliqueEngine engine, BlockHeader block)
    {
        CliqueSnapshot before = engine.SnapshotAt(HeaderAt(chain, block.Number - 1), block.ParentHash, chain.FindHeader);
        var signers = new HashSet<Address>();
        var descendants = ImmutableArray.CreateBuilder<BlockHeader>();
        for (BlockHeader header = block; ; header = HeaderAt(chain, header.Number + 1))
        {
            if (header.Number > block.Number)
                descendants.Add(header);

            signers.Add(engine.GetAuthor(header));
            if (engine.SnapshotAt(header, header.ComputeHash(), chain.FindHeader).IsMajority(signers) && before.IsMajority(signers))
                return descendants.ToImmutable();

            if (header.Number == chain.Head.Header.Number)
                return null;
        }
    }

    /// <summary>The headers from the last checkpoint before a block to its parent.</summary>
    public static ImmutableArray<BlockHeader> SinceCheckpoint(Blockchain chain, CliqueEngine engine, BlockHeader block)
    {
        ulong parent = block.Number - 1;
        ulong checkpoint = parent - (parent % engine.Parameters.EpochLength);
        var headers = ImmutableArray.CreateBuilder<BlockHeader>();
        for (ulong number = checkpoint; number <= parent; number++)
            headers.Add(HeaderAt(chain, number));

        return headers.ToImmutable();
    }

    private static BlockHeader HeaderAt(Blockchain chain, ulong number) =>
        chain.FindHash(number) is { } hash && chain.FindHeader(hash) is { } header
            ? header
            : throw new StoreCorruptException($"The canonical block {number} is missing from the store.");
}
