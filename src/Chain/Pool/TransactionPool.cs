using System.Collections.Immutable;
using System.Numerics;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Pool;

/// <summary>Transactions that wait for a block. A sender's transactions leave in the order of their nonces; one behind a gap waits for the gap to be filled.</summary>
/// <threadsafety>Admission (<see cref="Verify"/>) is thread-safe; everything else is single owner.</threadsafety>
public sealed class TransactionPool
{
    private const ulong PriceBumpPercent = 10;

    private static readonly Comparer<(UInt256 Tip, long Arrival)> BestFirst = Comparer<(UInt256 Tip, long Arrival)>.Create(Compare);

    private readonly Blockchain _chain;
    private readonly PoolOptions _options;
    private readonly Dictionary<Hash256, PooledTransaction> _byHash = [];
    private readonly Dictionary<Address, SortedList<ulong, PooledTransaction>> _bySender = [];
    private long _arrivals;

    /// <summary>A pool of transactions for the head of a chain.</summary>
    /// <param name="chain">The chain; its head decides nonces, balances and the rule's state.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public TransactionPool(Blockchain chain, PoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        _options = options ?? new PoolOptions();
        _options.Validate();
    }

    /// <summary>Transactions in the pool.</summary>
    public int Count => _byHash.Count;

    /// <summary>True where a transaction can be included in the next block.</summary>
    public bool HasExecutable => _bySender.Any(entry => entry.Value.ContainsKey(_chain.GetAccount(entry.Key).Nonce));

    /// <summary>Decodes a transaction, recovers its sender and judges it against the head: everything that costs time and needs no order.</summary>
    /// <param name="encoded">The canonical encoding.</param>
    /// <param name="transaction">The transaction and its sender, or null where it is refused.</param>
    public ValidationResult Verify(ReadOnlyMemory<byte> encoded, out RecoveredTransaction? transaction)
    {
        transaction = null;
        if (encoded.Length > _options.MaxTransactionBytes)
        {
            return ValidationResult.Fail(
                ChainError.OversizedData, $"The transaction has {encoded.Length} bytes; the pool accepts {_options.MaxTransactionBytes}.");
        }

        ValidationResult result = TransactionCodec.TryDecode(encoded, out Transaction? decoded);
        if (!result.IsValid)
            return result;

        result = TransactionRules.Check(decoded!, _chain.Genesis.Spec, _chain.Head.Header.Number + 1);
        if (!result.IsValid)
            return result;

        if (decoded!.RecoverSender() is not { } sender)
            return ValidationResult.Fail(ChainError.InvalidSignature, "The signature does not recover to a key.");

        result = CheckRule(decoded.Content, sender);
        if (result.IsValid)
            transaction = new RecoveredTransaction(decoded, sender);

        return result;
    }

    /// <summary>Adds a transaction that <see cref="Verify"/> of this pool accepted.</summary>
    public ValidationResult Add(RecoveredTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        UnsignedTransaction content = transaction.Transaction.Content;
        if (_byHash.ContainsKey(transaction.Transaction.Hash))
            return ValidationResult.Fail(ChainError.AlreadyKnown, $"The transaction {transaction.Transaction.Hash} is in the pool already.");

        ValidationResult result = CheckAccount(content, transaction.Sender);
        if (!result.IsValid)
            return result;

        if (FindWaiting(transaction.Sender, content.Nonce) is { } rival)
        {
            if (!PaysEnoughMore(content, rival.Recovered.Transaction.Content))
                return ValidationResult.Fail(ChainError.ReplacementUnderpriced, $"A transaction of nonce {content.Nonce} waits; a replacement pays {PriceBumpPercent} % more.");

            Remove(rival);
        }
        else if (_byHash.Count >= _options.MaxTransactions)
        {
            return ValidationResult.Fail(ChainError.PoolFull, $"The pool holds its limit of {_options.MaxTransactions} transactions.");
        }

        var pooled = new PooledTransaction(transaction, _arrivals++);
        _byHash.Add(transaction.Transaction.Hash, pooled);
        QueueOf(transaction.Sender).Add(content.Nonce, pooled);
        return ValidationResult.Valid;
    }

    /// <summary>The sender of a transaction in the pool, or null.</summary>
    public Address? FindSender(Hash256 transactionHash) =>
        _byHash.TryGetValue(transactionHash, out PooledTransaction? pooled) ? pooled.Recovered.Sender : null;

    /// <summary>The nonce for a sender's next transaction: after those on the chain and those that wait here without a gap.</summary>
    public ulong NextNonce(Address sender)
    {
        ulong nonce = _chain.GetAccount(sender).Nonce;
        if (_bySender.TryGetValue(sender, out SortedList<ulong, PooledTransaction>? queue))
        {
            while (queue.ContainsKey(nonce))
                nonce++;
        }

        return nonce;
    }

    /// <summary>Executable transactions in the order of preference: higher tip first, then earlier arrival, each sender's in the order of nonces.</summary>
    /// <param name="baseFeePerGas">Base fee of the next block in wei; 0 before London.</param>
    public IEnumerable<RecoveredTransaction> Executable(UInt256 baseFeePerGas)
    {
        var next = new PriorityQueue<PooledTransaction, (UInt256 Tip, long Arrival)>(BestFirst);
        foreach ((Address sender, SortedList<ulong, PooledTransaction> queue) in _bySender)
        {
            if (queue.TryGetValue(_chain.GetAccount(sender).Nonce, out PooledTransaction? first))
                Enqueue(next, first, baseFeePerGas);
        }

        while (next.TryDequeue(out PooledTransaction? best, out _))
        {
            yield return best.Recovered;
            if (_bySender[best.Recovered.Sender].TryGetValue(best.Recovered.Transaction.Content.Nonce + 1, out PooledTransaction? following))
                Enqueue(next, following, baseFeePerGas);
        }
    }

    /// <summary>Follows a change of head: drops what can no longer be included and takes back what abandoned blocks held.</summary>
    /// <returns>Transactions of abandoned blocks that the rules of the new head refuse.</returns>
    public IReadOnlyList<RecoveredTransaction> Follow(ImportResult change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var returning = new List<RecoveredTransaction>();
        foreach (Block block in change.Abandoned)
        {
            ImmutableArray<Address> senders = _chain.GetSenders(block);
            returning.AddRange(block.Transactions.Select((transaction, index) => new RecoveredTransaction(transaction, senders[index])));
        }

        foreach (PooledTransaction stale in _byHash.Values.Where(IsStale).ToList())
            Remove(stale);

        return [.. returning.Where(transaction => !IsMined(transaction) && !Add(transaction).IsValid)];
    }

    private static int Compare((UInt256 Tip, long Arrival) left, (UInt256 Tip, long Arrival) right)
    {
        int byTip = right.Tip.CompareTo(left.Tip);
        return byTip != 0 ? byTip : left.Arrival.CompareTo(right.Arrival);
    }

    private static void Enqueue(
        PriorityQueue<PooledTransaction, (UInt256 Tip, long Arrival)> queue, PooledTransaction transaction, UInt256 baseFeePerGas)
    {
        UnsignedTransaction content = transaction.Recovered.Transaction.Content;
        if (content.MaxFeePerGas < baseFeePerGas)
            return;

        UInt256 tip = GasRules.EffectiveGasPrice(content, baseFeePerGas) - baseFeePerGas;
        queue.Enqueue(transaction, (tip, transaction.Arrival));
    }

    private static bool PaysEnoughMore(UnsignedTransaction offered, UnsignedTransaction present) =>
        IsBumped(offered.MaxFeePerGas, present.MaxFeePerGas) && IsBumped(offered.MaxPriorityFeePerGas, present.MaxPriorityFeePerGas);

    private static bool IsBumped(UInt256 offered, UInt256 present) =>
        (BigInteger)offered * 100 >= (BigInteger)present * (100 + PriceBumpPercent) && offered > present;

    private ValidationResult CheckRule(UnsignedTransaction content, Address sender)
    {
        if (_chain.Rule is not { } rule)
            return ValidationResult.Valid;

        TransactionRuleResult verdict = rule.Apply(_chain.RuleState!, sender, content.To!.Value, content.Data.Span);
        return verdict.Violation is { } violation ? ValidationResult.Fail(ChainError.ForbiddenByRule, violation) : ValidationResult.Valid;
    }

    private ValidationResult CheckAccount(UnsignedTransaction content, Address sender)
    {
        ulong blockGas = HeaderRules.GasTarget(_chain.Head.Header.GasLimit);
        if (content.GasLimit > blockGas)
            return ValidationResult.Fail(ChainError.ExceedsBlockGasLimit, $"The transaction allows {content.GasLimit} gas; a block is filled to {blockGas}.");

        ulong intrinsicGas = GasRules.IntrinsicGas(content, _chain.Genesis.Spec.IsIstanbul(_chain.Head.Header.Number + 1));
        if (content.GasLimit < intrinsicGas)
            return ValidationResult.Fail(ChainError.IntrinsicGasTooLow, $"The transaction needs {intrinsicGas} gas and allows {content.GasLimit}.");

        Account account = _chain.GetAccount(sender);
        if (content.Nonce < account.Nonce)
            return ValidationResult.Fail(ChainError.NonceTooLow, $"The transaction's nonce is {content.Nonce}, the account's {account.Nonce}.");

        return TransactionRules.TryGetUpFrontCost(content, out UInt256 cost) && account.Balance >= cost
            ? ValidationResult.Valid
            : ValidationResult.Fail(ChainError.InsufficientFunds, $"The account {sender} has {account.Balance} wei and needs {cost}.");
    }

    private bool IsStale(PooledTransaction pooled) =>
        pooled.Recovered.Transaction.Content.Nonce < _chain.GetAccount(pooled.Recovered.Sender).Nonce;

    private bool IsMined(RecoveredTransaction transaction) => _chain.FindTransaction(transaction.Transaction.Hash) is not null;

    private PooledTransaction? FindWaiting(Address sender, ulong nonce) =>
        _bySender.TryGetValue(sender, out SortedList<ulong, PooledTransaction>? queue) ? queue.GetValueOrDefault(nonce) : null;

    private SortedList<ulong, PooledTransaction> QueueOf(Address sender)
    {
        if (!_bySender.TryGetValue(sender, out SortedList<ulong, PooledTransaction>? queue))
            _bySender[sender] = queue = [];

        return queue;
    }

    private void Remove(PooledTransaction pooled)
    {
        RecoveredTransaction recovered = pooled.Recovered;
        _byHash.Remove(recovered.Transaction.Hash);
        SortedList<ulong, PooledTransaction> queue = _bySender[recovered.Sender];
        queue.Remove(recovered.Transaction.Content.Nonce);
        if (queue.Count == 0)
            _bySender.Remove(recovered.Sender);
    }

    private sealed record PooledTransaction(RecoveredTransaction Recovered, long Arrival);
}
