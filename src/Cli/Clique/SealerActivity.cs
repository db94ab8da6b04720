using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Clique;

/// <summary>Who sealed the last blocks of a chain, as Geth's <c>clique_status</c> tells it.</summary>
/// <param name="Blocks">How many blocks were looked at: the last 64, or all but genesis.</param>
/// <param name="InTurnPercent">How many of them were sealed in turn, in whole percent; 0 where there are none.</param>
/// <param name="BySealer">How many each sealed.</param>
internal sealed record SealerActivity(int Blocks, int InTurnPercent, ImmutableSortedDictionary<Address, int> BySealer)
{
    private const int MostBlocks = 64;

    public static SealerActivity Of(CliqueStore clique)
    {
        ImmutableSortedDictionary<Address, int> bySealer = ImmutableSortedDictionary<Address, int>.Empty;
        int blocks = 0;
        int inTurn = 0;
        for (BlockHeader header = clique.Chain.Head.Header; header.Number > 0 && blocks < MostBlocks; header = clique.Chain.FindHeader(header.ParentHash)!)
        {
            Address sealer = clique.SealerOf(header);
            bySealer = bySealer.SetItem(sealer, bySealer.GetValueOrDefault(sealer) + 1);
            blocks++;
            if (header.Difficulty == CliqueEngine.InTurnDifficulty)
                inTurn++;
        }

        return new SealerActivity(blocks, blocks == 0 ? 0 : 100 * inTurn / blocks, bySealer);
    }
}
