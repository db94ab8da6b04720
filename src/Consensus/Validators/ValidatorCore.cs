using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>A validator as a step function: what happens and what time it is go in, what is to be done comes out.</summary>
/// <remarks>
/// <para>It has no clock, thread, randomness or transport. From the same store, the same inputs at the same times give the same effects. Its own copy of the
/// chain is the one thing it writes, and what it writes is durable before the step returns: persist, then publish, then report.</para>
/// <para>Sealing is level-triggered: after every input the validator derives anew what it should do, so that no event it missed can stop it. A restart is a
/// new core on the same store.</para>
/// <para>Peers are not trusted. What a peer can make it hold or do is bounded; what breaks a rule costs the peer its connection.</para>
/// </remarks>
/// <threadsafety>Single owner; <see cref="Chain"/> may be read from any thread.</threadsafety>
public sealed class ValidatorCore
{
    private const int AnnouncementsUntilAbsent = 3;

    private readonly Validator _validator;
    private readonly ValidatorOptions _options;
    private readonly PeerBook _peers = new();
    private readonly CatchUp _catchUp;
    private readonly FutureBlocks _future = new();
    private readonly AcceptedTransactions _accepted;
    private readonly EffectList _effects = new();
    private ulong? _startedAt;
    private ulong _now;
    private ulong _nextAnnouncement;
    private ulong _listensUntil;

    /// <summary>A validator on its copy of the chain.</summary>
    /// <param name="key">Its key; it stays the caller's. It need not be an authority's: then the node follows the chain and does not seal.</param>
    /// <param name="chain">Its copy of the chain, opened with <paramref name="engine"/>.</param>
    /// <param name="engine">The engine of the chain.</param>
    /// <param name="options">Local policy; null for the defaults.</param>
    /// <param name="poolOptions">Limits of the pool; null for the defaults.</param>
    /// <exception cref="ArgumentException">The chain was opened with another engine, or an option is out of range.</exception>
    public ValidatorCore(PrivateKey key, Blockchain chain, CliqueEngine engine, ValidatorOptions? options = null, PoolOptions? poolOptions = null)
    {
        _options = options ?? new ValidatorOptions();
        _validator = new Validator(key, chain, engine, _options, poolOptions);
        _catchUp = new CatchUp(chain, _options.RequestTimeoutMilliseconds);
        _accepted = new AcceptedTransactions(chain);
        Status = new ValidatorStatus(SealStatus.NothingToSeal, 0, 0, false, null);
    }

    /// <summary>The account that seals.</summary>
    public Address Address => _validator.Address;

    /// <summary>Its copy of the chain.</summary>
    public Blockchain Chain => _validator.Chain;

    /// <summary>What its blocks vote for.</summary>
    public Proposals Proposals => _validator.Proposals;

    /// <summary>Who may seal after the head.</summary>
    public CliqueSnapshot Snapshot => _validator.Snapshot;

    /// <summary>The transactions that wait.</summary>
    public TransactionPool Pool => _validator.Pool;

    /// <summary>What it does, after the last step.</summary>
    public ValidatorStatus Status { get; private set; }

    /// <summary>Takes one input.</summary>
    /// <param name="input">What happened; the first is <see cref="ValidatorInput.Started"/>.</param>
    /// <param name="nowUnixMilliseconds">The clock. It may stand still or go back; nothing but waiting depends on it.</param>
    /// <returns>What is to be done, in this order.</returns>
    /// <exception cref="InvalidOperationException">The validator was not started, or a second time.</exception>
    /// <exception cref="ArgumentException">The branch of a <see cref="ValidatorInput.ReorganisationAccepted"/> is not the one in conflict.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written: this core is of no use any more, its chain may still be read.</exception>
    public ImmutableArray<ValidatorEffect> Step(ValidatorInput input, ulong nowUnixMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input is ValidatorInput.Started == _startedAt.HasValue)
            throw new InvalidOperationException("The first input, and no other, is that the validator starts.");

        _now = nowUnixMilliseconds;
        SetBack();
        Handle(input);
        Advance(input is ValidatorInput.TimeReached);
        return _effects.Take();
    }

    private void Handle(ValidatorInput input)
    {
        switch (input)
        {
            case ValidatorInput.Started:
                Start();
                break;
            case ValidatorInput.PeerConnected connected:
                _peers.Add(connected.Peer);
                _effects.Send(connected.Peer, StatusMessage());
                break;
            case ValidatorInput.PeerDisconnected disconnected:
                Forget(disconnected.Peer);
                break;
            case ValidatorInput.MessageReceived received when _peers.Connected.Contains(received.From):
                Receive(received.From, received.Message);
                break;
            case ValidatorInput.TransactionsSubmitted submitted:
                Submit(submitted.Encoded);
                break;
            case ValidatorInput.Proposed proposed:
                Proposals.Propose(proposed.Account, proposed.Authorizes);
                break;
            case ValidatorInput.Discarded discarded:
                Proposals.Discard(discarded.Account);
                break;
            case ValidatorInput.ReorganisationAccepted accepted:
                _accepted.KeepWhatLeaves(accepted.Head);
                ImportResult change = _validator.AcceptReorganisation(accepted.Head, _now);
                _accepted.LookBack();
                Note(change);
                break;
        }
    }

    // Where the clock has gone back, no wait becomes longer than it was meant to be.
    private void SetBack()
    {
        _nextAnnouncement = Math.Min(_nextAnnouncement, _now + _options.AnnouncementMilliseconds);
        _listensUntil = Math.Min(_listensUntil, _now + _options.SlotMilliseconds);
        _catchUp.SetBack(_now);
    }

    private void Start()
    {
        _startedAt = _now;
        _nextAnnouncement = _now + _options.AnnouncementMilliseconds;
        _listensUntil = _now + _options.SlotMilliseconds;
        _accepted.Restore(encoded => Accept([encoded])[0]);
    }

    private void Receive(PeerId from, ReadOnlyMemory<byte> bytes)
    {
        switch (MessageCodec.TryDecode(bytes.Span))
        {
            case StatusMessage status:
                ReceiveStatus(from, status);
                break;
            case TransactionsMessage transactions:
                ReceiveTransactions(from, transactions);
                break;
            case NewBlockMessage block:
                ReceiveBlock(from, block);
                break;
            case HeadersRequest request:
                _effects.Send(from, RangeServer.Answer(request, Chain));
                break;
            case BlocksRequest request:
                _effects.Send(from, RangeServer.Answer(request, Chain));
                break;
            case HeadersReply reply:
                Judge(from, _catchUp.Take(from, reply, _now, _effects));
                break;
            case BlocksReply reply:
                Judge(from, _catchUp.Take(from, reply, block => Import(block), _now, _effects));
                break;
            default:
                Refuse(from, $"{bytes.Length} bytes are no message of the protocol, or one above its limits.");
                break;
        }
    }

    private void ReceiveStatus(PeerId from, StatusMessage status)
    {
        if (status.Genesis != Chain.GenesisHash)
        {
            Refuse(from, $"Its chain begins with {status.Genesis}; this one begins with {Chain.GenesisHash}.");
            return;
        }

        _peers.Hear(status.Validator, Snapshot, _now);
        if (Chain.FindHeader(status.Head.Hash) is not { } head)
            _catchUp.Want(from);
        else if (Chain.FindHash(head.Number) != status.Head.Hash)
            OfferAgain(status.Head.Hash);
    }

    // A store that has kept a part of the last write may hold a better block without naming it as its head: nobody sends it any more.
    private void OfferAgain(Hash256 hash)
    {
        if (Chain.FindBlock(hash) is { } block)
            Note(_validator.ReceiveBlock(block, _now));
    }

    private void ReceiveTransactions(PeerId from, TransactionsMessage message)
    {
        ReadOnlyMemory<byte>[] unknown = [.. message.Transactions.Where(IsUnknown)];
        var verdicts = new ValidationResult[unknown.Length];
        var transactions = new RecoveredTransaction?[unknown.Length];
        _validator.VerifyTransactions(unknown, _now, verdicts, transactions);
        for (int index = 0; index < unknown.Length; index++)
        {
            if (transactions[index] is { } transaction)
            {
                _validator.AddTransaction(transaction, _now);
            }
            else if (verdicts[index].Error is ChainError.MalformedRlp or ChainError.InvalidSignature)
            {
                Refuse(from, $"A transaction: {verdicts[index].Message}");
                return;
            }
        }
    }

    private bool IsUnknown(ReadOnlyMemory<byte> encoded)
    {
        Hash256 hash = Keccak256.Hash(encoded.Span);
        return Pool.FindSender(hash) is null && Chain.FindTransaction(hash) is null;
    }

    private void ReceiveBlock(PeerId from, NewBlockMessage message)
    {
        ValidationResult result = Block.TryDecode(message.Block.Span, out Block? block);
        if (result.IsValid)
            result = Import(block!).Verdict;

        if (Equals(result.Error, ChainError.UnknownParent))
            _catchUp.Want(from);
        else if (Equals(result.Error, ChainError.FutureBlock))
            Hold(from, block!);
        else
            Judge(from, result);
    }

    // Judged but for its time, lest anybody fills the memory with blocks that no authority has sealed.
    private void Hold(PeerId from, Block block)
    {
        ValidationResult result = Chain.Engine.VerifyHeader(
            block.Header, Chain.FindHeader(block.Header.ParentHash)!, block.Header.Timestamp, Chain.FindHeader);
        if (result.IsValid)
            _future.Hold(block, from, _now);
        else
            Judge(from, result);
    }

    private ImportResult Import(Block block)
    {
        ImportResult result = _validator.ReceiveBlock(block, _now);
        if (result.Outcome != ImportOutcome.Rejected)
            _peers.Hear(Chain.Engine.GetAuthor(block.Header), Snapshot, _now);

        Note(result);
        return result;
    }

    private void Note(ImportResult change)
    {
        if (change.Outcome != ImportOutcome.NewHead)
            return;

        _accepted.Follow(Chain.Finalized);
        _effects.Add(new ValidatorEffect.HeadMoved(change));
    }

    private void Submit(ImmutableArray<ReadOnlyMemory<byte>> encoded)
    {
        (Transaction? Transaction, ValidationResult Verdict)[] judged = Accept(encoded.AsSpan());
        _accepted.Keep([.. judged.Where(static item => item.Verdict.IsValid).Select(static item => item.Transaction!)]);
        SendTransactions([.. encoded.Where((_, index) => judged[index].Verdict.IsValid)]);
        _effects.Add(new ValidatorEffect.Answer([.. judged.Select(static item => item.Verdict)]));
    }

    private (Transaction? Transaction, ValidationResult Verdict)[] Accept(ReadOnlySpan<ReadOnlyMemory<byte>> encoded)
    {
        var verdicts = new ValidationResult[encoded.Length];
        var transactions = new RecoveredTransaction?[encoded.Length];
        _validator.VerifyTransactions(encoded, _now, verdicts, transactions);
        return
        [
            .. transactions.Select((transaction, index) =>
                (transaction?.Transaction, transaction is null ? verdicts[index] : _validator.AddTransaction(transaction, _now))),
        ];
    }

    private void SendTransactions(IReadOnlyCollection<ReadOnlyMemory<byte>> encoded)
    {
        var message = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> item in encoded)
        {
            if (message.Count == MessageLimits.Transactions || (message.Count > 0 && bytes + item.Length > MessageLimits.TransactionBytes))
            {
                _effects.Send(_peers.Connected, new TransactionsMessage(message.DrainToImmutable()));
                bytes = 0;
            }

            bytes += item.Length;
            message.Add(item);
        }

        if (message.Count > 0)
            _effects.Send(_peers.Connected, new TransactionsMessage(message.DrainToImmutable()));
    }

    private void Judge(PeerId from, ValidationResult verdict)
    {
        if (!verdict.IsValid && !Equals(verdict.Error, ChainError.FutureBlock))
            Refuse(from, verdict.ToString());
    }

    private void Refuse(PeerId peer, string reason)
    {
        Forget(peer);
        _effects.Add(new ValidatorEffect.Disconnect(peer, reason));
    }

    private void Forget(PeerId peer)
    {
        _peers.Remove(peer);
        _catchUp.Forget(peer);
        _future.Forget(peer);
    }

    // What follows from the state and the time, whatever the input was. Only sealing waits for a wake, which may be at once: what has arrived meanwhile is
    // read first, such as the block that another has sealed in this one's stead.
    private void Advance(bool isWake)
    {
        foreach ((PeerId from, Block block) in _future.TakeDue(_now))
            Judge(from, Import(block).Verdict);

        _catchUp.Advance(_now, _effects);
        bool hasSealed = isWake && Seal();
        Announce();
        SealPlan plan = _validator.Plan(_now);
        UpdateStatus(plan);
        _effects.Add(new ValidatorEffect.WakeAt(NextWake(plan, isIdle: isWake && !hasSealed && MaySeal)));
    }

    private bool Seal()
    {
        if (!MaySeal)
            return false;

        _validator.TrySeal(_now, out Block? block, out ImportResult? change);
        if (block is null)
            return false;

        _effects.Add(new ValidatorEffect.BlockSealed(block));
        _effects.Send(_peers.Connected, new NewBlockMessage(block.Encode()));
        Note(change!);
        return true;
    }

    // One that starts listens first, lest it seals on a head that the others have left.
    private bool MaySeal => !_catchUp.IsFetching && _now >= _listensUntil;

    private void Announce()
    {
        if (_now < _nextAnnouncement)
            return;

        _nextAnnouncement = _now + _options.AnnouncementMilliseconds;
        _effects.Send(_peers.Connected, StatusMessage());
        SendTransactions([.. _accepted.Kept
            .Where(transaction => Pool.FindSender(transaction.Hash) is not null)
            .OrderBy(static transaction => transaction.Hash)
            .Take(MessageLimits.Transactions)
            .Select(static transaction => transaction.Encoded)]);
    }

    private void UpdateStatus(SealPlan plan)
    {
        CliqueSnapshot snapshot = Snapshot;
        ulong silence = AnnouncementsUntilAbsent * _options.AnnouncementMilliseconds;
        int active = _peers.CountActive(snapshot, Address, _now - Math.Min(_now, silence), _startedAt!.Value);
        int needed = (int)snapshot.SignerLimit;
        bool isQuorumLost = active < needed && plan.Status is not
            (SealStatus.FinalityConflict or SealStatus.KeyUsedElsewhere or SealStatus.NoAuthorities or SealStatus.NotAuthorized);
        BlockReference? conflict = Chain.FinalityConflict is { } head ? new BlockReference(head.Header.Number, head.Hash) : null;
        var status = new ValidatorStatus(isQuorumLost ? SealStatus.QuorumLost : plan.Status, active, needed, _catchUp.IsFetching, conflict);
        if (status == Status)
            return;

        Status = status;
        _effects.Add(new ValidatorEffect.StatusChanged(status));
    }

    // An idle plan, one to seal that gave no block, waits for something to change: time alone changes nothing.
    private ulong NextWake(SealPlan plan, bool isIdle)
    {
        ulong next = Math.Min(_nextAnnouncement, _catchUp.DeadlineUnixMilliseconds ?? ulong.MaxValue);
        next = Math.Min(next, _future.NextUnixMilliseconds ?? ulong.MaxValue);
        bool hasPlan = plan.Status is SealStatus.WaitingForTurn or SealStatus.SealedBefore || (plan.Status == SealStatus.Sealing && !isIdle);
        return hasPlan && !_catchUp.IsFetching ? Math.Min(next, Math.Max(plan.AtUnixMilliseconds, _listensUntil)) : next;
    }

    private StatusMessage StatusMessage() =>
        new(Chain.GenesisHash, Address, new BlockReference(Chain.Head.Header.Number, Chain.Head.Hash));
}
