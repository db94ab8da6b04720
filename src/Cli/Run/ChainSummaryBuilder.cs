using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;

namespace DerChain.Cli.Run;

/// <summary>Counts what a chain holds, block by block.</summary>
internal static class ChainSummaryBuilder
{
    public static ChainSummary Of(
        Consortium consortium, ulong seed, long records, long? storeBytes, double? recordingSeconds, double verificationSeconds)
    {
        Blockchain chain = consortium.Chain;
        Dictionary<Address, long> sealedBlocks = consortium.Network.Validators.ToDictionary(static validator => validator.Address, static _ => 0L);
        long transactions = 0, payloadBytes = 0, inTurn = 0;
        ulong gasUsed = 0;
        foreach (Block block in chain.Blocks(1))
        {
            sealedBlocks[chain.Engine.GetAuthor(block.Header)]++;
            inTurn += block.Header.Difficulty == CliqueEngine.InTurnDifficulty ? 1 : 0;
            gasUsed += block.Header.GasUsed;
            transactions += block.Transactions.Length;
            payloadBytes += block.Transactions.Sum(static transaction => (long)transaction.Content.Data.Length);
        }

        BlockHeader head = chain.Head.Header;
        return new ChainSummary(
            consortium.Genesis.Spec.ChainId,
            seed,
            chain.FindBlock(0UL)!.Hash,
            chain.Head.Hash,
            head.Number,
            head.StateRoot,
            [.. consortium.Network.Validators.Select(validator => SealerOf(validator, sealedBlocks))],
            inTurn,
            transactions,
            records,
            payloadBytes,
            gasUsed,
            storeBytes,
            recordingSeconds,
            verificationSeconds);
    }

    private static SealerSummary SealerOf(Validator validator, Dictionary<Address, long> sealedBlocks) =>
        new(validator.Address, sealedBlocks[validator.Address]);
}
