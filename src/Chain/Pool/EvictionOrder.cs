using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Pool;

/// <summary>Which transaction leaves a full pool: of those with the highest nonce of their sender, so that none opens a gap, first a queued one, then the
/// one that pays the least at the next base fee, then the one that arrived last.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class EvictionOrder
{
    private readonly SortedSet<Rank> _worstFirst = [];
    private readonly Dictionary<Address, Rank> _bySender = [];

    /// <summary>The order of some senders' transactions.</summary>
    public EvictionOrder(UInt256 baseFeePerGas, IEnumerable<SenderQueue> senders)
    {
        BaseFeePerGas = baseFeePerGas;
        foreach (SenderQueue sender in senders)
            Update(sender);
    }

    /// <summary>The base fee in wei that the order is for; 0 before London.</summary>
    public UInt256 BaseFeePerGas { get; }

    /// <summary>The transaction that leaves first. For a pool that is not empty.</summary>
    public Rank Worst => _worstFirst.Min;

    /// <summary>Notes that a sender's transactions have changed.</summary>
    public void Update(SenderQueue sender)
    {
        if (_bySender.Remove(sender.Sender, out Rank before))
            _worstFirst.Remove(before);

        if (sender.Count == 0)
            return;

        PooledTransaction last = sender.Last;
        var rank = new Rank(sender.QueuedCount == 0, GasRules.EffectiveGasPrice(last.Content, BaseFeePerGas), last);
        _bySender.Add(sender.Sender, rank);
        _worstFirst.Add(rank);
    }

    /// <summary>How much a transaction deserves its place.</summary>
    /// <param name="IsExecutable">False where a nonce before it is missing.</param>
    /// <param name="Price">Effective gas price in wei at the next base fee, or its highest price where that is below the base fee: orders as the
    /// effective tip does, and needs no sign.</param>
    /// <param name="Transaction">The transaction.</param>
    internal readonly record struct Rank(bool IsExecutable, UInt256 Price, PooledTransaction Transaction) : IComparable<Rank>
    {
        public int CompareTo(Rank other)
        {
            int order = IsExecutable.CompareTo(other.IsExecutable);
            if (order == 0)
                order = Price.CompareTo(other.Price);

            return order == 0 ? other.Transaction.Arrival.CompareTo(Transaction.Arrival) : order;
        }
    }
}
