using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Validators;

/// <summary>One authority of a network: its key, its own copy of the chain, its own pool. Takes encoded bytes and the time, gives encoded bytes.</summary>
/// <remarks>It has no clock, thread or transport: who owns it calls it when something arrives or time passes.</remarks>
/// <threadsafety>Single owner; <see cref="VerifyTransaction"/> and <see cref="VerifyTransactions"/> alone may be called from several threads at once.</threadsafety>
public sealed class Validator
{
    private readonly PrivateKey _key;
    private readonly CliqueEngine _engine;
    private readonly ValidatorOptions _options;
    private readonly SealMemory _seals;
    private ulong? _pendingSinceUnixMilliseconds;
    private ulong? _heldBackSinceUnixMilliseconds;
    private bool _isKeyUsedElsewhere;

    /// <summary>A validator on its copy of the chain.</summary>
    /// <param name="key">Its key; it stays the caller's.</param>
    /// <param name="chain">Its copy of the chain, opened with <paramref name="engine"/>.</param>
    /// <param name="engine">The engine of the chain.</param>
    /// <param name="options">Local policy; null for the defaults.</param>
    /// <param name="poolOptions">Limits of the pool; null for the defaults.</param>
    /// <exception cref="ArgumentException">The chain was opened with another engine, or an option is out of range.</exception>
    public Validator(
        PrivateKey key, Blockchain chain, CliqueEngine engine, ValidatorOptions? options = null, PoolOptions? poolOptions = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(chain);
        if (!ReferenceEquals(chain.Engine, engine))
            throw new ArgumentException("The chain was opened with another engine.", nameof(engine));

        _key = key;
        _engine = engine;
        _options = options ?? new ValidatorOptions();
        _options.Validate();
        _seals = new SealMemory(chain.NodeEntries, key.Address);
        Chain = chain;
        FinishLastSeal();
        Proposals = new Proposals(chain.NodeEntries);
        Pool = new TransactionPool(chain, poolOptions);
    }

    /// <summary>The account that seals.</summary>
    public Address Address => _key.Address;

    /// <summary>Its copy of the chain.</summary>
    public Blockchain Chain { get; }

    /// <summary>Its pool.</summary>
    public TransactionPool Pool { get; }

    /// <summary>What its blocks vote for.</summary>
    public Proposals Proposals { get; }

    /// <summary>Who may seal after the head.</summary>
    public CliqueSnapshot Snapshot => _engine.SnapshotAt(Chain.Head.Header, Chain.Head.Hash, Chain.FindHeader);

    /// <summary>Decodes and judges a transaction for this validator's pool: what costs time. Thread-safe.</summary>
    public ValidationResult VerifyTransaction(ReadOnlyMemory<byte> encoded, ulong nowUnixMilliseconds, out RecoveredTransaction? transaction) =>
        Pool.Verify(encoded, nowUnixMilliseconds / 1000, out transaction);

    /// <summary>Decodes and judges many transactions, each as <see cref="VerifyTransaction"/> does, in less time for each. Thread-safe.</summary>
    /// <param name="encoded">The canonical encodings.</param>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    /// <param name="verdicts">Takes the verdict on each.</param>
    /// <param name="transactions">Takes each transaction and its sender, or null where it is refused.</param>
    /// <exception cref="ArgumentException">There is not one place for each verdict and each transaction.</exception>
    public void VerifyTransactions(
        ReadOnlySpan<ReadOnlyMemory<byte>> encoded, ulong nowUnixMilliseconds, Span<ValidationResult> verdicts, Span<RecoveredTransaction?> transactions) =>
        Pool.VerifyMany(encoded, nowUnixMilliseconds / 1000, verdicts, transactions);

    /// <summary>Puts a transaction that <see cref="VerifyTransaction"/> of this validator accepted into its pool.</summary>
    public ValidationResult AddTransaction(RecoveredTransaction transaction, ulong nowUnixMilliseconds)
    {
        ValidationResult result = Pool.Add(transaction);
        NotePending(nowUnixMilliseconds);
        return result;
    }

    /// <summary>Takes a block from elsewhere: decodes, verifies and imports it, and follows the head with the pool.</summary>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written.</exception>
    public ImportResult ReceiveBlock(ReadOnlySpan<byte> encoded, ulong nowUnixMilliseconds)
    {
        ValidationResult result = Block.TryDecode(encoded, out Block? block);
        return result.IsValid
            ? ReceiveBlock(block!, nowUnixMilliseconds)
            : new ImportResult(ImportOutcome.Rejected, result, [], []);
    }

    /// <summary>Takes a block from elsewhere: verifies and imports it, and follows the head with the pool.</summary>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written.</exception>
    public ImportResult ReceiveBlock(Block block, ulong nowUnixMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(block);
        var reference = new BlockReference(block.Number, block.Hash);
        bool isOwn = _engine.FindAuthor(block.Header) == Address;
        bool isNews = isOwn && _seals.Allows(block.Number);
        ImportResult result = Import(block, nowUnixMilliseconds, isNews ? _seals.EntryOf(reference, isSealedHere: false) : null);
        bool isStoredNow = result.Outcome is not (ImportOutcome.Rejected or ImportOutcome.AlreadyKnown);
        if (isStoredNow && isNews)
            _seals.Note(reference);
        else if (isStoredNow && isOwn)
            _isKeyUsedElsewhere |= _seals.IsAnotherOf(reference);

        return result;
    }

    /// <summary>Follows the branch that <see cref="Blockchain.FinalityConflict"/> names, as the operator decided.</summary>
    /// <exception cref="ArgumentException">It is not the head of that branch.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written.</exception>
    public ImportResult AcceptReorganisation(Hash256 headHash, ulong nowUnixMilliseconds) =>
        Follow(Chain.AcceptReorganisation(headHash), nowUnixMilliseconds);

    /// <summary>What the validator may do about the next block at this time.</summary>
    public SealPlan Plan(ulong nowUnixMilliseconds)
    {
        if (Chain.FinalityConflict is not null)
            return new SealPlan(SealStatus.FinalityConflict);

        if (_isKeyUsedElsewhere)
            return new SealPlan(SealStatus.KeyUsedElsewhere);

        SealPlan plan = SealPlanner.Plan(
            Snapshot, Chain.Head.Header, Address, _engine.Parameters, _options.SlotMilliseconds, DemandedSince, nowUnixMilliseconds);
        bool wantsToSeal = plan.Status is SealStatus.Sealing or SealStatus.WaitingForTurn;
        return wantsToSeal && !_seals.Allows(Chain.Head.Header.Number + 1) ? HoldBack(plan, nowUnixMilliseconds) : plan;
    }

    /// <summary>Seals the next block where the plan says so, and imports it into its own copy before it is given out.</summary>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    /// <param name="sealedBlock">The block, whose encoding goes to the other validators; null unless the status is <see cref="SealStatus.Sealing"/>.</param>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written; nothing was given out.</exception>
    public SealPlan TrySeal(ulong nowUnixMilliseconds, out Block? sealedBlock) => TrySeal(nowUnixMilliseconds, out sealedBlock, out _);

    internal SealPlan TrySeal(ulong nowUnixMilliseconds, out Block? sealedBlock, out ImportResult? change)
    {
        sealedBlock = null;
        change = null;
        SealPlan plan = Plan(nowUnixMilliseconds);
        if (plan.Status != SealStatus.Sealing)
            return plan;

        Block unsealed = Chain.Assemble(Template(nowUnixMilliseconds), Pool.Executable(Chain.NextBaseFeePerGas));
        if (unsealed.Transactions.IsEmpty && _engine.Parameters.PeriodSeconds == 0 && !IsHeartbeatDue(nowUnixMilliseconds))
            return new SealPlan(SealStatus.NothingToSeal);

        var block = new Block(CliqueExtraData.Seal(unsealed.Header, _key), unsealed.Transactions);
        var reference = new BlockReference(block.Number, block.Hash);
        _engine.NoteSigner(block.Hash, Address);
        ImportResult result = Import(block, nowUnixMilliseconds, _seals.EntryOf(reference, isSealedHere: true));
        if (result.Outcome != ImportOutcome.NewHead)
            throw new InvalidOperationException($"The validator's own block {block.Number} was not imported: {result.Outcome} {result.Verdict}.");

        _seals.Note(reference);
        sealedBlock = block;
        change = result;
        return plan;
    }

    // Its key has sealed this height on a branch that was left: every other authority goes first, each with a slot of its own. Where the chain still stands
    // after that, all who might go on have sealed the height elsewhere or too lately, and would wait for each other for ever.
    private SealPlan HoldBack(SealPlan plan, ulong nowUnixMilliseconds)
    {
        ulong since = Math.Min(_heldBackSinceUnixMilliseconds ?? nowUnixMilliseconds, nowUnixMilliseconds);
        _heldBackSinceUnixMilliseconds = since;
        CliqueSnapshot snapshot = Snapshot;
        ulong slots = (ulong)snapshot.Signers.Length + SealPlanner.Rank(snapshot, Chain.Head.Header.Number + 1, Address);
        ulong at = Math.Max(plan.AtUnixMilliseconds, ulong.CreateSaturating(since + (UInt128)slots * _options.SlotMilliseconds));
        return at <= nowUnixMilliseconds
            ? new SealPlan(SealStatus.Sealing)
            : new SealPlan(SealStatus.SealedBefore, at, _seals.Last!.Value.Number);
    }

    // A store that has kept a part of the last write may hold the own block without naming it as its head, or the memory of a block that is not there: that
    // one was never given out, since a block is whole in the store before it is.
    private void FinishLastSeal()
    {
        if (_seals.Last is not { } last)
            return;

        if (Chain.FindBlock(last.Hash) is { } block)
            Chain.Import(block, block.Header.Timestamp);
        else
            _seals.Withdraw();
    }

    // Since when a block is asked for, with a period of 0: by a transaction that waits, or by the heartbeat.
    private ulong? DemandedSince => _pendingSinceUnixMilliseconds ?? HeartbeatUnixMilliseconds;

    private ulong? HeartbeatUnixMilliseconds => _options.HeartbeatSeconds == 0 ? null : (Chain.Head.Header.Timestamp + _options.HeartbeatSeconds) * 1000;

    private bool IsHeartbeatDue(ulong nowUnixMilliseconds) => HeartbeatUnixMilliseconds <= nowUnixMilliseconds;

    private ImportResult Import(Block block, ulong nowUnixMilliseconds, WriteBatch? seal) =>
        Follow(Chain.Import(block, nowUnixMilliseconds / 1000, Pool.FindSender, seal), nowUnixMilliseconds);

    private ImportResult Follow(ImportResult result, ulong nowUnixMilliseconds)
    {
        if (result.Outcome == ImportOutcome.NewHead)
        {
            Pool.Follow(result);
            _pendingSinceUnixMilliseconds = null;
            _heldBackSinceUnixMilliseconds = null;
            NotePending(nowUnixMilliseconds);
        }

        return result;
    }

    private void NotePending(ulong nowUnixMilliseconds)
    {
        if (_pendingSinceUnixMilliseconds is null && Pool.HasExecutable)
            _pendingSinceUnixMilliseconds = nowUnixMilliseconds;
    }

    private BlockTemplate Template(ulong nowUnixMilliseconds)
    {
        HeadCandidate head = Chain.Head;
        CliqueSnapshot snapshot = Snapshot;
        ulong number = head.Header.Number + 1;
        ulong timestamp = Math.Max(head.Header.Timestamp + _engine.Parameters.PeriodSeconds, nowUnixMilliseconds / 1000);
        byte[] extraData = CliqueExtraData.Unsealed([], _engine.Parameters.IsCheckpoint(number) ? snapshot.Signers : []);
        Ballot ballot = VoteChoice.Choose(snapshot, number, Proposals.All, _engine.Parameters);
        return new BlockTemplate(
            Address, timestamp, CliqueRules.DifficultyOf(snapshot, number, Address), ballot.Account, ballot.Nonce, extraData);
    }
}
