using System.Collections.Immutable;
using DerChain.Chain.Primitives;
namespace DerChain.Consensus.Clique;
internal static class VoteChoice
{
    public static Vote? Choose(CliqueSnapshot snapshot, ulong number, Address self, ImmutableSortedDictionary<Address, bool> proposals, CliqueParameters parameters)
    {
        if (parameters.IsCheckpoint(number)) return null;
        foreach ((Address account, bool authorizes) in proposals)
            if (snapshot.IsSigner(account) != authorizes && (authorizes || snapshot.Signers.Length > 1)) return new Vote(self, number, account, authorizes);
        return null;
    }
}
