using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Cli.Clique;

/// <summary>Votes and proposals in words.</summary>
internal static class VoteText
{
    public static string Verb(bool authorizes) => authorizes ? "admit" : "drop";

    /// <summary>Why a proposal would give no vote now, as an end of its line; empty where it would give one.</summary>
    public static string Remark(CliqueSnapshot snapshot, Address account, bool authorizes)
    {
        bool isSigner = snapshot.IsSigner(account);
        if (authorizes)
            return isSigner ? " (an authority already: no vote is cast)" : "";

        if (!isSigner)
            return " (no authority: no vote is cast)";

        return snapshot.Signers.Length == 1 ? " (the last authority: no vote is cast)" : "";
    }
}
