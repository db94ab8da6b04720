using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>A block of a branch and who sealed it.</summary>
/// <param name="Header">Its header; not genesis.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Signer">Account that sealed it.</param>
internal readonly record struct SealedBlock(BlockHeader Header, Hash256 Hash, Address Signer);

/// <summary>Which block the seals on a branch make final (docs/spec/clique.md, CLQ-34 and section 4): a strict majority has sealed on it, itself included.</summary>
internal static class Finality
{
    // While the set of signers stays the same, the last floor(N/2) + 1 blocks have as many signers, so that nothing longer is ever looked at. While it
    // changes the walk may be longer. What lies behind three rotations was final for an earlier head, or will be for one that comes soon.
    private const int MaxRotations = 3;

    /// <summary>The newest block B for which the distinct signers of the blocks from B to the head are more than half of those that could seal B, and more
    /// than half of those that can seal on the head. Where votes changed the set between the two, both halves are needed, so that neither the old set nor
    /// the new one can have a majority that has not sealed on B.</summary>
    /// <param name="afterHead">Snapshot after the head.</param>
    /// <param name="fromHead">The blocks of the branch from the head to block 1; read only as far as needed.</param>
    /// <param name="before">Gives the snapshot before a block; asked seldom, and only for blocks that were read.</param>
    /// <returns>The block, or null where there is none among the last three rotations.</returns>
    public static BlockReference? Find(CliqueSnapshot afterHead, IEnumerable<SealedBlock> fromHead, Func<SealedBlock, CliqueSnapshot> before)
    {
        var signers = new HashSet<Address>();
        int authoritiesAfter = 0;
        foreach (SealedBlock block in fromHead.Take(MaxRotations * afterHead.Signers.Length))
        {
            if (signers.Add(block.Signer) && afterHead.IsSigner(block.Signer))
                authoritiesAfter++;

            if (IsMajority(authoritiesAfter, afterHead) && before(block).IsMajority(signers))
                return new BlockReference(block.Header.Number, block.Hash);
        }

        return null;
    }

    private static bool IsMajority(int count, CliqueSnapshot snapshot) => count > snapshot.Signers.Length / 2;
}
