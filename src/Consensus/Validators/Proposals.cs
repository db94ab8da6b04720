using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;

namespace DerChain.Consensus.Validators;

/// <summary>What this node's blocks vote for, as Geth's <c>clique_propose</c> and <c>clique_discard</c> keep it; here it survives a restart.</summary>
/// <remarks>A proposal stands until it is discarded: where it has no effect, because the account is admitted or dropped already, no vote is cast.</remarks>
/// <threadsafety>Single owner; <see cref="All"/> may be read from any thread.</threadsafety>
public sealed class Proposals
{
    private readonly NodeEntries _entries;
    private volatile ImmutableSortedDictionary<Address, bool> _all;

    /// <summary>The proposals of a node.</summary>
    /// <param name="entries">What the node keeps beside its chain.</param>
    /// <exception cref="StoreException">The store could not be read.</exception>
    public Proposals(NodeEntries entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = entries;
        _all = entries.Range([ValidatorSchema.ProposalPrefix]).ToImmutableSortedDictionary(
            static entry => Address.FromBytes(entry.Key.AsSpan(1)), static entry => entry.Value[0] == 1);
    }

    /// <summary>The accounts voted on: true to admit one, false to drop it.</summary>
    public ImmutableSortedDictionary<Address, bool> All => _all;

    /// <summary>Adds a proposal, or turns the one on the same account around. Durable when it returns.</summary>
    /// <exception cref="StoreException">The store could not be written.</exception>
    public void Propose(Address account, bool authorizes)
    {
        var batch = new WriteBatch();
        batch.Put(ValidatorSchema.Proposal(account), [authorizes ? (byte)1 : (byte)0]);
        _entries.Commit(batch);
        _all = _all.SetItem(account, authorizes);
    }

    /// <summary>Takes a proposal back. Durable when it returns.</summary>
    /// <returns>False where there was none.</returns>
    /// <exception cref="StoreException">The store could not be written.</exception>
    public bool Discard(Address account)
    {
        if (!_all.ContainsKey(account))
            return false;

        var batch = new WriteBatch();
        batch.Delete(ValidatorSchema.Proposal(account));
        _entries.Commit(batch);
        _all = _all.Remove(account);
        return true;
    }
}
