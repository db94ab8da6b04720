using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>The step from a snapshot to the next: one header's seal and vote (EIP-225; docs/spec/clique.md, 2).</summary>
internal static class SnapshotTransition
{
    /// <summary>The snapshot after a header.</summary>
    /// <param name="before">Snapshot of the header's parent.</param>
    /// <param name="header">The header.</param>
    /// <param name="signer">Account that sealed it.</param>
    /// <param name="parameters">Parameters of the network.</param>
    /// <param name="after">The next snapshot, or null where the signer may not seal.</param>
    /// <returns>The rule the signer breaks, or null.</returns>
    public static CliqueError? TryApply(
        CliqueSnapshot before, BlockHeader header, Address signer, CliqueParameters parameters, out CliqueSnapshot? after)
    {
        after = null;
        bool endsEpoch = parameters.IsCheckpoint(header.Number);
        var work = new Work(before, endsEpoch);
        work.Forget(header.Number);
        if (!before.IsSigner(signer))
            return CliqueError.UnauthorizedSigner;

        if (work.Recents.ContainsValue(signer))
            return CliqueError.RecentlySigned;

        work.Recents[header.Number] = signer;
        work.Withdraw(signer, header.Beneficiary);
        work.Cast(new Vote(signer, header.Number, header.Beneficiary, header.Nonce == CliqueSnapshot.NonceAuthorize));
        work.Decide(header.Beneficiary, header.Number);
        after = work.ToSnapshot(header.Number);
        return null;
    }

    // The evolving copy of one snapshot.
    private sealed class Work(CliqueSnapshot before, bool endsEpoch)
    {
        private ImmutableArray<Address> _signers = before.Signers;
        private readonly List<Vote> _votes = endsEpoch ? [] : [.. before.Votes];
        private readonly ImmutableSortedDictionary<Address, Tally>.Builder _tallies =
            (endsEpoch ? ImmutableSortedDictionary<Address, Tally>.Empty : before.Tallies).ToBuilder();

        public ImmutableSortedDictionary<ulong, Address>.Builder Recents { get; } = before.Recents.ToBuilder();

        /// <summary>The block that leaves the window of recent signers.</summary>
        public void Forget(ulong number)
        {
            ulong limit = CliqueSnapshot.LimitOf(_signers.Length);
            if (number >= limit)
                Recents.Remove(number - limit);
        }

        /// <summary>An earlier vote of the signer on the account gives way, whatever the new block says of it.</summary>
        public void Withdraw(Address signer, Address account)
        {
            int index = _votes.FindIndex(vote => vote.Signer == signer && vote.Account == account);
            if (index < 0)
                return;

            Uncount(_votes[index]);
            _votes.RemoveAt(index);
        }

        /// <summary>A vote counts where it would change something: admit a stranger, drop a signer.</summary>
        public void Cast(Vote vote)
        {
            bool isSigner = _signers.BinarySearch(vote.Account) >= 0;
            if (isSigner == vote.Authorizes)
                return;

            _tallies[vote.Account] = _tallies.TryGetValue(vote.Account, out Tally tally)
                ? tally with { Count = tally.Count + 1 }
                : new Tally(vote.Authorizes, 1);
            _votes.Add(vote);
        }

        /// <summary>More than half of the signers decide on the account of this block; no other account is looked at.</summary>
        public void Decide(Address account, ulong number)
        {
            if (!_tallies.TryGetValue(account, out Tally tally) || tally.Count <= _signers.Length / 2)
                return;

            if (tally.Authorizes)
                _signers = [.. _signers.Add(account).Order()];
            else
                Drop(account, number);

            _votes.RemoveAll(vote => vote.Account == account);
            _tallies.Remove(account);
        }

        public CliqueSnapshot ToSnapshot(ulong number) =>
            new(number, _signers, Recents.ToImmutable(), [.. _votes], _tallies.ToImmutable());

        private void Drop(Address account, ulong number)
        {
            _signers = _signers.Remove(account);
            Forget(number);
            foreach (Vote vote in _votes.Where(vote => vote.Signer == account))
                Uncount(vote);

            _votes.RemoveAll(vote => vote.Signer == account);
        }

        private void Uncount(Vote vote)
        {
            if (!_tallies.TryGetValue(vote.Account, out Tally tally) || tally.Authorizes != vote.Authorizes)
                return;

            if (tally.Count > 1)
                _tallies[vote.Account] = tally with { Count = tally.Count - 1 };
            else
                _tallies.Remove(vote.Account);
        }
    }
}
