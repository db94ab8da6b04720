using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Pool;

/// <summary>Transactions that wait for a block. A sender's transactions leave in the order of their nonces; one behind a gap waits for the gap to be filled.</summary>
/// <remarks>
/// <para>The owner calls <see cref="Follow"/> after each change of head; until then answers are those of the head followed last.</para>
/// <para>A full pool gives up the worst of what it holds and the newcomer: of the transactions with their sender's highest nonce, one behind a gap before an
/// executable one, then the one that pays the least at the next base fee, then the one that came last.</para>
/// </remarks>
/// <threadsafety>Admission (<see cref="Verify"/>, <see cref="VerifyMany"/>) is thread-safe; everything else is single owner.</threadsafety>
public sealed class TransactionPool
{
    private static readonly Comparer<(UInt256 Price, long Arrival)> BestFirst = Comparer<(UInt256 Price, long Arrival)>.Create(Compare);

    private readonly Blockchain _chain;
    private readonly PoolOptions _options;
    private readonly WaitingTransactions _waiting = new();
    private readonly LikelySender _likely;
    private (Hash256 Hash, ulong GasLimit) _followed;
    private long _firstArrival;
    private long _lastArrival;

    /// <summary>A pool of transactions for the head of a chain.</summary>
    /// <param name="chain">The chain; its head decides nonces, balances and the rule's state.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public TransactionPool(Blockchain chain, PoolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chain);
        _chain = chain;
        _options = options ?? new PoolOptions();
        _options.Validate();
        _likely = new LikelySender(_options.KnownKeyBytes);
        _followed = (chain.Head.Hash, chain.Head.Header.GasLimit);
    }

    /// <summary>Transactions in the pool.</summary>
    public int Count => _waiting.Count;

    /// <summary>Bytes of the encoded transactions in the pool.</summary>
    public long Bytes => _waiting.Bytes;

    /// <summary>True where a transaction waits that has its account's nonce.</summary>
    public bool HasExecutable => _waiting.Executable.Count > 0;

    /// <summary>Decodes a transaction, recovers its sender and judges it against the head: everything that costs time and needs no order.</summary>
    /// <param name="encoded">The canonical encoding.</param>
    /// <param name="nowUnixSeconds">The time: the rule judges for a block of then, or for one on the head where that is later.</param>
    /// <param name="transaction">The transaction and its sender, or null where it is refused.</param>
    public ValidationResult Verify(ReadOnlyMemory<byte> encoded, ulong nowUnixSeconds, out RecoveredTransaction? transaction)
    {
        transaction = null;
        ValidationResult result = Decode(encoded, out Transaction? decoded);
        return result.IsValid ? Judge(decoded!, _likely.Recover(decoded!), nowUnixSeconds, out transaction) : result;
    }

    /// <summary>Judges many transactions, each as <see cref="Verify"/> does, in less time for each.</summary>
    /// <param name="encoded">The canonical encodings.</param>
    /// <param name="nowUnixSeconds">The time.</param>
    /// <param name="verdicts">Takes the verdict on each.</param>
    /// <param name="transactions">Takes each transaction and its sender, or null where it is refused.</param>
    /// <exception cref="ArgumentException">There is not one place for each verdict and each transaction.</exception>
    public void VerifyMany(
        ReadOnlySpan<ReadOnlyMemory<byte>> encoded, ulong nowUnixSeconds, Span<ValidationResult> verdicts, Span<RecoveredTransaction?> transactions)
    {
        if (verdicts.Length != encoded.Length || transactions.Length != encoded.Length)
            throw new ArgumentException($"{encoded.Length} transactions have no {verdicts.Length} verdicts and {transactions.Length} results.");

        var places = new List<int>(encoded.Length);
        var decoded = new List<Transaction>(encoded.Length);
        for (int index = 0; index < encoded.Length; index++)
        {
            transactions[index] = null;
            verdicts[index] = Decode(encoded[index], out Transaction? transaction);
            if (!verdicts[index].IsValid)
                continue;

            places.Add(index);
            decoded.Add(transaction!);
        }

        var senders = new Address?[decoded.Count];
        if (senders.Length == 1)
            senders[0] = _likely.Recover(decoded[0]);
        else
            SenderRecovery.Recover(CollectionsMarshal.AsSpan(decoded), senders);

        for (int index = 0; index < senders.Length; index++)
            verdicts[places[index]] = Judge(decoded[index], senders[index], nowUnixSeconds, out transactions[places[index]]);
    }

    /// <summary>Adds a transaction that <see cref="Verify"/> of this pool accepted.</summary>
    public ValidationResult Add(RecoveredTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Add(new PooledTransaction(transaction, ++_lastArrival));
    }

    /// <summary>The sender of a transaction in the pool, or null.</summary>
    public Address? FindSender(Hash256 transactionHash) => _waiting.Find(transactionHash)?.Recovered.Sender;

    /// <summary>The nonce for a sender's next transaction: after those on the chain and those that wait here without a gap.</summary>
    public ulong NextNonce(Address sender) => _waiting.FindSender(sender)?.NextNonce ?? _chain.GetAccount(sender).Nonce;

    /// <summary>Executable transactions in the order of preference: higher tip first, then earlier arrival, each sender's in the order of nonces.</summary>
    /// <param name="baseFeePerGas">Base fee of the next block in wei; 0 before London.</param>
    public IEnumerable<RecoveredTransaction> Executable(UInt256 baseFeePerGas)
    {
        var next = new PriorityQueue<(SenderQueue Queue, PooledTransaction First), (UInt256 Price, long Arrival)>(BestFirst);
        foreach (SenderQueue queue in _waiting.Executable)
            Enqueue(next, queue, queue.Account.Nonce, baseFeePerGas);

        while (next.TryDequeue(out (SenderQueue Queue, PooledTransaction First) best, out _))
        {
            yield return best.First.Recovered;
            Enqueue(next, best.Queue, best.First.Nonce + 1, baseFeePerGas);
        }
    }

    /// <summary>Follows a change of head: drops what is included, what its sender can no longer pay and what no block can hold any more, and takes back what
    /// abandoned blocks held, in the order of their blocks and before all that arrived since.</summary>
    /// <param name="change">What <see cref="Blockchain.Import"/> gave; a change that was missed is caught up on.</param>
    /// <returns>Transactions of abandoned blocks that the new head's chain does not hold and the pool refuses.</returns>
    public IReadOnlyList<RecoveredTransaction> Follow(ImportResult change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Outcome != ImportOutcome.NewHead)
            return [];

        foreach (SenderQueue queue in ConcernedBy(change))
            _waiting.Update(queue, _chain.GetAccount(queue.Sender), _chain.Head.Header.GasLimit);

        Block head = change.Adopted[^1];
        _followed = (head.Hash, head.Header.GasLimit);
        return TakeBack(change.Abandoned);
    }

    private bool IsOverfull => _waiting.Count > _options.MaxTransactions || _waiting.Bytes > _options.MaxBytes;

    private EvictionOrder.Rank Worst => _waiting.EvictionAt(_chain.NextBaseFeePerGas).Worst;

    private static int Compare((UInt256 Price, long Arrival) left, (UInt256 Price, long Arrival) right)
    {
        int byPrice = right.Price.CompareTo(left.Price);
        return byPrice != 0 ? byPrice : left.Arrival.CompareTo(right.Arrival);
    }

    // At one base fee the effective price orders as the tip does.
    private static void Enqueue(
        PriorityQueue<(SenderQueue Queue, PooledTransaction First), (UInt256 Price, long Arrival)> next,
        SenderQueue queue,
        ulong nonce,
        UInt256 baseFeePerGas)
    {
        if (nonce < queue.NextNonce && queue.Find(nonce) is { } transaction && transaction.Content.MaxFeePerGas >= baseFeePerGas)
            next.Enqueue((queue, transaction), (GasRules.EffectiveGasPrice(transaction.Content, baseFeePerGas), transaction.Arrival));
    }

    // What can be said of a transaction before its sender is known.
    private ValidationResult Decode(ReadOnlyMemory<byte> encoded, out Transaction? decoded)
    {
        decoded = null;
        ValidationResult result = CheckSize(encoded.Length);
        if (result.IsValid)
            result = TransactionCodec.TryDecode(encoded, out decoded);

        return result.IsValid ? CheckUnsigned(decoded!) : result;
    }

    private ValidationResult Judge(Transaction decoded, Address? sender, ulong nowUnixSeconds, out RecoveredTransaction? transaction)
    {
        transaction = null;
        if (sender is null)
            return ValidationResult.Fail(ChainError.InvalidSignature, "The signature does not recover to a key.");

        ValidationResult result = CheckGasAndTip(decoded.Content);
        if (result.IsValid)
            result = CheckRecipientAndRule(decoded.Content, sender.Value, nowUnixSeconds);

        if (result.IsValid)
            transaction = new RecoveredTransaction(decoded, sender.Value);

        return result;
    }

    private ValidationResult CheckSize(int bytes) => bytes > _options.MaxTransactionBytes
        ? ValidationResult.Fail(ChainError.OversizedData, $"The transaction has {bytes} bytes; the pool accepts {_options.MaxTransactionBytes}.")
        : ValidationResult.Valid;

    private ValidationResult CheckUnsigned(Transaction transaction)
    {
        BlockHeader head = _chain.Head.Header;
        ChainSpec spec = _chain.Spec;
        ValidationResult result = TransactionRules.CheckType(transaction.Content, spec, head.Number + 1);
        if (result.IsValid)
            result = PoolRules.CheckGasLimit(transaction.Content, head);

        if (result.IsValid)
            result = TransactionRules.CheckTip(transaction.Content);

        return result.IsValid ? TransactionRules.Check(transaction, spec, head.Number + 1) : result;
    }

    private ValidationResult CheckGasAndTip(UnsignedTransaction content) =>
        PoolRules.CheckGasAndTip(content, _chain.Spec.IsIstanbul(_chain.Head.Header.Number + 1), _options.MinTipPerGas);

    private ValidationResult CheckRecipientAndRule(UnsignedTransaction content, Address sender, ulong nowUnixSeconds)
    {
        Address recipient = content.To!.Value;
        if (_chain.GetAccount(recipient).HasCode)
            return ValidationResult.Fail(ChainError.ContractCallUnsupported, $"{recipient} is a contract; there is no EVM.");

        ulong unixSeconds = Math.Max(nowUnixSeconds, _chain.Head.Header.Timestamp);
        TransactionRuleResult? verdict = _chain.Rule?.Apply(_chain.RuleState!, unixSeconds, sender, recipient, content.Data.Span);
        return verdict?.Violation is { } violation ? ValidationResult.Fail(ChainError.ForbiddenByRule, violation) : ValidationResult.Valid;
    }

    private ValidationResult Add(PooledTransaction newcomer)
    {
        if (_waiting.Find(newcomer.Hash) is not null)
            return ValidationResult.Fail(ChainError.AlreadyKnown, $"The transaction {newcomer.Hash} is in the pool already.");

        // Again, since the head may have moved on since the transaction was verified.
        ValidationResult result = CheckSize(newcomer.Bytes);
        if (result.IsValid)
            result = PoolRules.CheckGasLimit(newcomer.Content, _chain.Head.Header);

        if (result.IsValid)
            result = CheckGasAndTip(newcomer.Content);

        if (!result.IsValid)
            return result;

        SenderQueue queue = QueueOf(newcomer.Recovered.Sender);
        result = PoolRules.CheckAccount(newcomer, queue);
        if (result.IsValid)
            result = PoolRules.CheckPlace(newcomer, queue, _options.MaxQueuedPerSender);

        return result.IsValid ? Place(newcomer, queue) : result;
    }

    // The newcomer is added, then the worst go until the rest fits; where the newcomer is among them, all is as it was.
    private ValidationResult Place(PooledTransaction newcomer, SenderQueue queue)
    {
        PooledTransaction? replaced = _waiting.Put(newcomer, queue);
        EvictionOrder.Rank worst = default;
        var evicted = new Stack<(PooledTransaction Transaction, SenderQueue Queue)>();
        while (IsOverfull && worst.Transaction != newcomer)
        {
            worst = Worst;
            SenderQueue queueOfWorst = _waiting.FindSender(worst.Transaction.Recovered.Sender)!;
            _waiting.RemoveLast(queueOfWorst);
            evicted.Push((worst.Transaction, queueOfWorst));
        }

        if (worst.Transaction != newcomer)
            return ValidationResult.Valid;

        evicted.Pop();
        ValidationResult refusal = Refuse(worst, Worst);
        if (replaced is not null)
            _waiting.Put(replaced, queue);

        foreach ((PooledTransaction transaction, SenderQueue itsQueue) in evicted)
            _waiting.Put(transaction, itsQueue);

        return refusal;
    }

    private ValidationResult Refuse(EvictionOrder.Rank newcomer, EvictionOrder.Rank worst)
    {
        string full = $"The pool holds its limit of {_options.MaxTransactions} transactions or {_options.MaxBytes} bytes";
        return newcomer.IsExecutable == worst.IsExecutable && newcomer.Price <= worst.Price
            ? ValidationResult.Fail(
                ChainError.Underpriced, $"{full}; the transaction pays {newcomer.Price} wei for gas, not more than the worst of them, {worst.Price}.")
            : ValidationResult.Fail(ChainError.PoolFull, $"{full}; the transaction waits behind others, and none of them leaves for it.");
    }

    // All senders where the change does not follow on the one before, or where the block gas limit fell; else those whose account it may have touched.
    private SenderQueue[] ConcernedBy(ImportResult change)
    {
        Hash256 before = change.Abandoned.IsEmpty ? change.Adopted[0].Header.ParentHash : change.Abandoned[0].Hash;
        if (before != _followed.Hash || change.Adopted[^1].Header.GasLimit < _followed.GasLimit)
            return [.. _waiting.Senders];

        return [.. change.Abandoned.Concat(change.Adopted).SelectMany(TouchedBy).Distinct().Select(_waiting.FindSender).OfType<SenderQueue>()];
    }

    private IEnumerable<Address> TouchedBy(Block block) => _chain.GetSenders(block)
        .Concat(block.Transactions.Select(static transaction => transaction.Content.To!.Value))
        .Append(_chain.Engine.GetAuthor(block.Header));

    private List<RecoveredTransaction> TakeBack(ImmutableArray<Block> abandoned)
    {
        List<RecoveredTransaction> returning = [.. abandoned.Reverse().SelectMany(
            block => block.Transactions.Zip(_chain.GetSenders(block), static (transaction, sender) => new RecoveredTransaction(transaction, sender)))];
        _firstArrival -= returning.Count;
        return [.. returning.Where((transaction, index) =>
            !Add(new PooledTransaction(transaction, _firstArrival + index)).IsValid && !IsHeld(transaction.Transaction.Hash))];
    }

    private bool IsHeld(Hash256 hash) => _waiting.Find(hash) is not null || _chain.FindTransaction(hash) is not null;

    // The queue may be stale where the owner adds before it follows.
    private SenderQueue QueueOf(Address sender)
    {
        Account account = _chain.GetAccount(sender);
        SenderQueue? queue = _waiting.FindSender(sender);
        if (queue is not null && queue.Account != account)
            _waiting.Update(queue, account, _chain.Head.Header.GasLimit);

        return queue is { Count: > 0 } ? queue : new SenderQueue(sender, account);
    }
}
