using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Validators;

/// <summary>Transactions that users of this node have handed in: durable before they are told so, kept until a final block holds them.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class AcceptedTransactions(Blockchain chain)
{
    private readonly Dictionary<Hash256, Transaction> _kept = [];
    private WriteBatch _forgotten = new();
    private ulong _lookedUpTo = chain.Finalized.Number;

    /// <summary>Those that no final block holds, in no order.</summary>
    public IReadOnlyCollection<Transaction> Kept => _kept.Values;

    /// <summary>Takes up what the store holds from before a restart.</summary>
    /// <param name="accept">Puts an encoded transaction into the pool. One that is refused, but for a nonce that has passed, stays in the store for the
    /// next start.</param>
    public void Restore(Func<byte[], (Transaction? Transaction, ValidationResult Verdict)> accept)
    {
        foreach ((byte[] key, byte[] encoded) in chain.NodeEntries.Range([ValidatorSchema.AcceptedPrefix]))
        {
            if (chain.FindTransaction(Keccak256.Hash(encoded)) is { } found)
            {
                if (found.Block.Number > chain.Finalized.Number)
                    Add(found.Block.Transactions[found.Index]);
                else
                    _forgotten.Delete(key);

                continue;
            }

            (Transaction? transaction, ValidationResult verdict) = accept(encoded);
            if (verdict.IsValid)
                Add(transaction!);
            else if (Equals(verdict.Error, ChainError.NonceTooLow))
                _forgotten.Delete(key);
        }
    }

    /// <summary>Keeps transactions, durably when it returns.</summary>
    public void Keep(IReadOnlyCollection<Transaction> transactions)
    {
        if (transactions.Count == 0)
            return;

        WriteBatch batch = _forgotten;
        _forgotten = new WriteBatch();
        foreach (Transaction transaction in transactions)
        {
            batch.Put(ValidatorSchema.Accepted(transaction.Hash), transaction.Encoded.ToArray());
            Add(transaction);
        }

        chain.NodeEntries.Commit(batch);
    }

    /// <summary>Keeps again what blocks hold that an operator's decision is about to abandon, final ones among them; before it, so that a crash between the
    /// two loses nothing.</summary>
    /// <param name="branch">Head of the branch that will be followed.</param>
    public void KeepWhatLeaves(Hash256 branch)
    {
        if (CommonWith(branch) is { } common)
            Keep([.. chain.Blocks(common + 1).SelectMany(static block => block.Transactions)]);
    }

    /// <summary>The final block has moved back.</summary>
    public void LookBack() => _lookedUpTo = Math.Min(_lookedUpTo, chain.Finalized.Number);

    /// <summary>Forgets what final blocks hold. The store forgets with the next that is kept: until then a restart finds them on the chain.</summary>
    public void Follow(BlockReference finalized)
    {
        for (; _lookedUpTo < finalized.Number; _lookedUpTo++)
        {
            if (_kept.Count > 0 && chain.FindBlock(_lookedUpTo + 1) is { } block)
                Forget(block);
        }
    }

    // Number of the newest canonical block on a branch; null where the branch is not stored.
    private ulong? CommonWith(Hash256 branch)
    {
        Hash256 hash = branch;
        while (chain.FindHeader(hash) is { } header)
        {
            if (chain.FindHash(header.Number) == hash)
                return header.Number;

            hash = header.ParentHash;
        }

        return null;
    }

    private void Add(Transaction transaction) => _kept[transaction.Hash] = transaction;

    private void Forget(Block block)
    {
        foreach (Transaction transaction in block.Transactions)
        {
            if (_kept.Remove(transaction.Hash))
                _forgotten.Delete(ValidatorSchema.Accepted(transaction.Hash));
        }
    }
}
