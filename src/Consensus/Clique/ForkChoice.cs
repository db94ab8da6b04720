using System.Collections.Immutable;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>Total order of heads, so that validators that know the same blocks choose the same head (docs/spec/clique.md, CLQ-26; EIP-3436).</summary>
internal static class ForkChoice
{
    /// <summary>Higher total difficulty; then lower number; then the signer most recently in turn; then lower hash. Negative where left is better.</summary>
    /// <param name="left">A head.</param>
    /// <param name="leftTurn"><see cref="SinceTurn"/> of its signer.</param>
    /// <param name="right">Another head.</param>
    /// <param name="rightTurn"><see cref="SinceTurn"/> of its signer.</param>
    public static int Compare(HeadCandidate left, ulong leftTurn, HeadCandidate right, ulong rightTurn)
    {
        int order = right.TotalDifficulty.CompareTo(left.TotalDifficulty);
        if (order == 0)
            order = left.Header.Number.CompareTo(right.Header.Number);

        if (order == 0)
            order = leftTurn.CompareTo(rightTurn);

        return order != 0 ? order : left.Hash.CompareTo(right.Hash);
    }

    /// <summary>Blocks since the signer's turn: (number − index) mod N. 0 for a block in turn.</summary>
    public static ulong SinceTurn(CliqueSnapshot parentSnapshot, ulong number, Address signer)
    {
        ulong count = (ulong)parentSnapshot.Signers.Length;
        int index = parentSnapshot.Signers.BinarySearch(signer);
        return index < 0 ? 0 : (number % count + count - (ulong)index) % count;
    }
}
