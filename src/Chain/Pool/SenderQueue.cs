using System.Numerics;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;

namespace DerChain.Chain.Pool;

/// <summary>The waiting transactions of one sender, by nonce: the executable ones, which follow on the account's nonce without a gap, and the queued ones,
/// which wait for a nonce that is missing.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SenderQueue(Address sender, Account account)
{
    private readonly Dictionary<ulong, PooledTransaction> _byNonce = [];
    private readonly SortedSet<ulong> _queued = [];
    private BigInteger _executableCost;

    // No waiting transaction exceeds them; they may be higher than needed, until they are counted anew.
    private UInt256 _highestCost;
    private ulong _highestGasLimit;

    public Address Sender { get; } = sender;

    /// <summary>The account, as of the last <see cref="Update"/>.</summary>
    public Account Account { get; private set; } = account;

    /// <summary>The first nonce that neither the chain nor an executable transaction has.</summary>
    public ulong NextNonce { get; private set; } = account.Nonce;

    /// <summary>What the sender must own for all executable transactions, in wei.</summary>
    public BigInteger ExecutableCost => _executableCost;

    public int Count => _byNonce.Count;

    public int QueuedCount => _queued.Count;

    public bool HasExecutable => NextNonce > Account.Nonce;

    /// <summary>The transaction of the highest nonce. For a queue that is not empty.</summary>
    public PooledTransaction Last => _byNonce[_queued.Count > 0 ? _queued.Max : NextNonce - 1];

    public PooledTransaction? Find(ulong nonce) => _byNonce.GetValueOrDefault(nonce);

    /// <summary>Adds a transaction whose nonce is not below the account's and waits not yet.</summary>
    public void Add(PooledTransaction transaction)
    {
        Hold(transaction);
        Promote();
    }

    /// <summary>Puts a transaction in the place of the one of its nonce.</summary>
    public void Replace(PooledTransaction transaction)
    {
        if (transaction.Nonce < NextNonce)
            _executableCost += (BigInteger)transaction.Cost - (BigInteger)_byNonce[transaction.Nonce].Cost;

        _byNonce[transaction.Nonce] = transaction;
        NoteHighest(transaction);
    }

    /// <summary>Removes the transaction of the highest nonce.</summary>
    public void RemoveLast()
    {
        PooledTransaction last = Last;
        _byNonce.Remove(last.Nonce);
        if (_queued.Remove(last.Nonce))
            return;

        NextNonce--;
        _executableCost -= last.Cost;
    }

    /// <summary>Follows the account and the block gas limit: drops what is done, what the account cannot pay and what no block can hold. Those behind a
    /// dropped one are queued.</summary>
    /// <returns>The transactions dropped.</returns>
    public List<PooledTransaction> Update(Account account, ulong blockGasLimit)
    {
        var dropped = new List<PooledTransaction>();
        bool isDone = account.Nonce >= Account.Nonce && account.Nonce <= NextNonce;
        bool mayStay = account.Balance >= _highestCost && blockGasLimit >= _highestGasLimit;
        if (isDone && mayStay)
            DropDone(account.Nonce, dropped);
        else
            Sift(account, blockGasLimit, dropped);

        Account = account;
        return dropped;
    }

    private void DropDone(ulong nonce, List<PooledTransaction> dropped)
    {
        for (ulong done = Account.Nonce; done < nonce; done++)
        {
            _byNonce.Remove(done, out PooledTransaction? transaction);
            _executableCost -= transaction!.Cost;
            dropped.Add(transaction);
        }
    }

    private void Sift(Account account, ulong blockGasLimit, List<PooledTransaction> dropped)
    {
        PooledTransaction[] all = [.. _byNonce.Values];
        _byNonce.Clear();
        _queued.Clear();
        _executableCost = 0;
        _highestCost = 0;
        _highestGasLimit = 0;
        NextNonce = account.Nonce;
        foreach (PooledTransaction transaction in all)
        {
            if (transaction.Nonce < account.Nonce || transaction.Cost > account.Balance || transaction.Content.GasLimit > blockGasLimit)
                dropped.Add(transaction);
            else
                Hold(transaction);
        }

        Promote();
    }

    private void Hold(PooledTransaction transaction)
    {
        _byNonce.Add(transaction.Nonce, transaction);
        _queued.Add(transaction.Nonce);
        NoteHighest(transaction);
    }

    private void Promote()
    {
        while (_queued.Remove(NextNonce))
        {
            _executableCost += _byNonce[NextNonce].Cost;
            NextNonce++;
        }
    }

    private void NoteHighest(PooledTransaction transaction)
    {
        if (transaction.Cost > _highestCost)
            _highestCost = transaction.Cost;

        _highestGasLimit = Math.Max(_highestGasLimit, transaction.Content.GasLimit);
    }
}
