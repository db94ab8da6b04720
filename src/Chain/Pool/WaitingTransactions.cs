using DerChain.Chain.Primitives;
using DerChain.Chain.State;

namespace DerChain.Chain.Pool;

/// <summary>What a pool holds: by hash, by sender, and in the order of eviction once that was asked for.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class WaitingTransactions
{
    private readonly Dictionary<Hash256, PooledTransaction> _byHash = [];
    private readonly Dictionary<Address, SenderQueue> _bySender = [];
    private readonly HashSet<SenderQueue> _executable = [];
    private EvictionOrder? _evictionOrder;

    public int Count => _byHash.Count;

    public long Bytes { get; private set; }

    /// <summary>Senders of at least one transaction.</summary>
    public IReadOnlyCollection<SenderQueue> Senders => _bySender.Values;

    /// <summary>Senders whose first transaction has their account's nonce.</summary>
    public IReadOnlyCollection<SenderQueue> Executable => _executable;

    public PooledTransaction? Find(Hash256 hash) => _byHash.GetValueOrDefault(hash);

    public SenderQueue? FindSender(Address sender) => _bySender.GetValueOrDefault(sender);

    /// <summary>Which transaction leaves first. It is kept in order from the first call on, until it is asked for another base fee.</summary>
    public EvictionOrder EvictionAt(UInt256 baseFeePerGas)
    {
        if (_evictionOrder?.BaseFeePerGas != baseFeePerGas)
            _evictionOrder = new EvictionOrder(baseFeePerGas, _bySender.Values);

        return _evictionOrder;
    }

    /// <summary>Adds a transaction to its sender's queue, or puts it in the place of the one of its nonce.</summary>
    /// <returns>The transaction whose place it took, or null.</returns>
    public PooledTransaction? Put(PooledTransaction transaction, SenderQueue queue)
    {
        PooledTransaction? replaced = queue.Find(transaction.Nonce);
        if (replaced is null)
        {
            queue.Add(transaction);
        }
        else
        {
            queue.Replace(transaction);
            Forget(replaced);
        }

        _byHash.Add(transaction.Hash, transaction);
        Bytes += transaction.Bytes;
        NoteChange(queue);
        return replaced;
    }

    /// <summary>Removes a sender's transaction of the highest nonce.</summary>
    public void RemoveLast(SenderQueue queue)
    {
        Forget(queue.Last);
        queue.RemoveLast();
        NoteChange(queue);
    }

    /// <summary>Lets a queue follow its account, and drops what it drops.</summary>
    public void Update(SenderQueue queue, Account account, ulong blockGasLimit)
    {
        foreach (PooledTransaction dropped in queue.Update(account, blockGasLimit))
            Forget(dropped);

        NoteChange(queue);
    }

    private void Forget(PooledTransaction transaction)
    {
        _byHash.Remove(transaction.Hash);
        Bytes -= transaction.Bytes;
    }

    private void NoteChange(SenderQueue queue)
    {
        if (queue.Count > 0)
            _bySender[queue.Sender] = queue;
        else
            _bySender.Remove(queue.Sender);

        if (queue.HasExecutable)
            _executable.Add(queue);
        else
            _executable.Remove(queue);

        _evictionOrder?.Update(queue);
    }
}
