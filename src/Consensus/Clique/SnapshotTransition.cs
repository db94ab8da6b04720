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
        if (!before.IsSigner(signer))
            return CliqueError.UnauthorizedSigner;

        if (before.SignedRecently(header.Number, signer) is not null)
            return CliqueError.RecentlySigned;

        var work = new Work(before, endsEpoch: parameters.IsCheckpoint(header.Number));
        work.Remember(signer);
        work.Withdraw(signer, header.Beneficiary);
        work.Cast(new Vote(signer, header.Number, header.Beneficiary, header.Nonce == CliqueSnapshot.NonceAuthorize));
        work.Decide(header.Beneficiary);
        after = work.ToSnapshot(header.Number);
        return null;
    }

    // The evolving copy of one snapshot. What a block does not change is shared with the snapshot before it: most blocks carry no vote.
    private sealed class Work(CliqueSnapshot before, bool endsEpoch)
    {
        private ImmutableArray<Address> _signers = before.Signers;
        private ImmutableArray<Address> _recent = before.RecentSigners;
        private ImmutableList<Vote> _votes = endsEpoch ? [] : before.Votes;
        private ImmutableSortedDictionary<Address, Tally> _tallies =
            endsEpoch ? ImmutableSortedDictionary<Address, Tally>.Empty : before.Tallies;

        /// <summary>The signer enters the window of recent signers, and the one that leaves it is forgotten.</summary>
        public void Remember(Address signer)
        {
            // The window never holds more than its limit, so that the block that leaves it is the oldest, or none.
            bool isFull = _recent.Length == CliqueSnapshot.LimitOf(_signers.Length);
            _recent = [.. _recent.AsSpan()[(isFull ? 1 : 0)..], signer];
        }

        /// <summary>An earlier vote of the signer on the account gives way, whatever the new block says of it.</summary>
        public void Withdraw(Address signer, Address account)
        {
            // Without a tally there is no vote on the account; looking for one among very many would cost every block.
            if (_tallies.ContainsKey(account))
                WithdrawFromTally(signer, account);
        }

        /// <summary>A vote counts where it would change something: admit a stranger, drop a signer.</summary>
        public void Cast(Vote vote)
        {
            bool isSigner = _signers.BinarySearch(vote.Account) >= 0;
            if (isSigner == vote.Authorizes)
                return;

            int count = _tallies.GetValueOrDefault(vote.Account).Count;
            _tallies = _tallies.SetItem(vote.Account, new Tally(vote.Authorizes, count + 1));
            _votes = _votes.Add(vote);
        }

        /// <summary>More than half of the signers decide on the account of this block; no other account is looked at.</summary>
        public void Decide(Address account)
        {
            if (_tallies.TryGetValue(account, out Tally tally) && tally.Count > _signers.Length / 2)
                Apply(account, tally.Authorizes);
        }

        public CliqueSnapshot ToSnapshot(ulong number) => new(number, _signers, _recent, _votes, _tallies);

        private void WithdrawFromTally(Address signer, Address account)
        {
            int index = _votes.FindIndex(vote => vote.Signer == signer && vote.Account == account);
            if (index < 0)
                return;

            Uncount(account);
            _votes = _votes.RemoveAt(index);
        }

        private void Apply(Address account, bool authorizes)
        {
            if (authorizes)
                _signers = [.. _signers.Add(account).Order()];
            else
                Drop(account);

            _votes = _votes.RemoveAll(vote => vote.Account == account);
            _tallies = _tallies.Remove(account);
        }

        private void Drop(Address account)
        {
            _signers = _signers.Remove(account);
            if (_recent.Length > CliqueSnapshot.LimitOf(_signers.Length))
                _recent = _recent.RemoveAt(0);

            foreach (Vote vote in _votes.Where(vote => vote.Signer == account))
                Uncount(vote.Account);

            _votes = _votes.RemoveAll(vote => vote.Signer == account);
        }

        // All votes on an account go the same way: they are gone once it is admitted or dropped.
        private void Uncount(Address account)
        {
            Tally tally = _tallies[account];
            _tallies = tally.Count > 1 ? _tallies.SetItem(account, tally with { Count = tally.Count - 1 }) : _tallies.Remove(account);
        }
    }
}
