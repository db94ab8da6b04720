using System.Collections.Immutable;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>A vote as a header carries it.</summary>
/// <param name="Account">The account voted on: the beneficiary field.</param>
/// <param name="Authorizes">True to admit the account, false to drop it: the nonce.</param>
internal readonly record struct Ballot(Address Account, bool Authorizes)
{
    /// <summary>What a block without a vote carries.</summary>
    public static Ballot None => default;

    /// <summary>The nonce that says so.</summary>
    public ulong Nonce => Authorizes ? CliqueSnapshot.NonceAuthorize : CliqueSnapshot.NonceDrop;
}

/// <summary>Which of its operator's proposals a validator's next block carries (docs/spec/clique.md, CLQ-35). Local policy: no validator checks it of another.</summary>
internal static class VoteChoice
{
    /// <summary>The vote of the block after a snapshot, or <see cref="Ballot.None"/>.</summary>
    /// <param name="snapshot">Snapshot of the block's parent.</param>
    /// <param name="number">Number of the block.</param>
    /// <param name="proposals">The operator's proposals: true to admit the account, false to drop it.</param>
    /// <param name="parameters">Parameters of the network.</param>
    public static Ballot Choose(
        CliqueSnapshot snapshot, ulong number, IReadOnlyDictionary<Address, bool> proposals, CliqueParameters parameters)
    {
        if (parameters.IsCheckpoint(number) || snapshot.Signers.IsEmpty)
            return Ballot.None;

        ImmutableArray<Ballot> meaningful =
        [
            .. proposals.Select(static proposal => new Ballot(proposal.Key, proposal.Value))
                .Where(ballot => IsMeaningful(ballot, snapshot))
                .OrderBy(static ballot => ballot.Account),
        ];
        if (meaningful.IsEmpty)
            return Ballot.None;

        // The next proposal each rotation, not each block: a validator that seals every other block would else come upon every other proposal only.
        ulong rotation = number / (ulong)snapshot.Signers.Length;
        return meaningful[(int)(rotation % (ulong)meaningful.Length)];
    }

    // A vote that stands already is cast again, as Geth does: an account is decided on only by a block that names it (CLQ-24).
    private static bool IsMeaningful(Ballot ballot, CliqueSnapshot snapshot)
    {
        if (ballot.Authorizes)
            return !snapshot.IsSigner(ballot.Account);

        bool isLast = snapshot.Signers.Length == 1;
        return snapshot.IsSigner(ballot.Account) && !isLast;
    }
}
