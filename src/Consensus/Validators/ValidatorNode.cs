using System.Collections.Immutable;
using System.Threading.Channels;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators.Transports;

namespace DerChain.Consensus.Validators;

/// <summary>A validator that runs: <see cref="ValidatorCore"/> with a clock, a transport and a loop. It has no rules of its own.</summary>
/// <remarks>
/// <para>It lives once: started, then stopped. A restart is a new node, on the same chain, or on one opened anew from the store; at any moment.</para>
/// <para>One loop owns the core. It takes one input at a time, carries out what the core wants done, in order, and waits. What makes the core throw, as a
/// store that fails, ends the node: <see cref="Completion"/> holds the exception, nothing is sealed any more, and <see cref="Chain"/> is still read.</para>
/// <para>A key that is no authority's is no error: the node follows the chain, and its status says <see cref="SealStatus.NotAuthorized"/>.</para>
/// </remarks>
/// <threadsafety>Thread-safe.</threadsafety>
public sealed class ValidatorNode : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ValidatorCore _core;
    private readonly CliqueEngine _engine;
    private readonly NodeTransport _transport;
    private readonly NodeInbox _inbox;
    private readonly NodeEvents _events = new();
    private readonly HeadSignal _head = new();
    private readonly ValidatorNodeOptions _options;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ValidatorStatus _status;
    private volatile Exception? _failure;
    private bool _isStarted;
    private bool _isStopped;

    /// <summary>A node that is not started.</summary>
    /// <param name="key">Its key; it stays the caller's, who disposes of it after the node.</param>
    /// <param name="chain">Its copy of the chain, opened with <paramref name="engine"/>. While the node runs, nobody else imports into it.</param>
    /// <param name="engine">The engine of the chain.</param>
    /// <param name="transport">How it reaches the others; it stays the caller's, and serves no other node meanwhile.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">The chain was opened with another engine, or a setting is out of range.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read.</exception>
    public ValidatorNode(
        PrivateKey key, Blockchain chain, CliqueEngine engine, IValidatorTransport transport, ValidatorNodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new ValidatorNodeOptions();
        _options.Validate();
        _core = new ValidatorCore(key, chain, engine, _options.Validator, _options.Pool);
        _engine = engine;
        _inbox = new NodeInbox(_options.MaxWaitingMessagesPerPeer, _options.MaxWaitingBytesPerPeer, () => Now);
        _transport = new NodeTransport(transport, _inbox, failure => _events.Tell(new ValidatorEvent.TransportFailed(failure)));
        _status = _core.Status;
        _timer = _options.TimeProvider.CreateTimer(_ => _inbox.TimeReached(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The account that seals.</summary>
    public Address Address => _core.Address;

    /// <summary>Its copy of the chain, to read: before it is started, while it runs, and after it has stopped or failed.</summary>
    public Blockchain Chain => _core.Chain;

    /// <summary>What it does, and why it does not seal where it does not.</summary>
    public ValidatorStatus Status => _status;

    /// <summary>Who may seal after the head, and the votes.</summary>
    public CliqueSnapshot Snapshot
    {
        get
        {
            HeadCandidate head = Chain.Head;
            return _engine.SnapshotAt(head.Header, head.Hash, Chain.FindHeader);
        }
    }

    /// <summary>What its blocks vote for: true to admit an account, false to drop it.</summary>
    public ImmutableSortedDictionary<Address, bool> Proposals => _core.Proposals.All;

    /// <summary>What made the transport fail; null while it works, and where it was stopped. The node is alone then: it may be stopped, and started again
    /// with a transport that works.</summary>
    public Exception? TransportFailure => _transport.Failure;

    /// <summary>Messages that were dropped because too many of their connection waited.</summary>
    public long DroppedMessages => _inbox.Dropped;

    /// <summary>Ends when the node has stopped; faulted with what made it fail.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts it, once.</summary>
    /// <param name="cancellationToken">Ends the wait, not the start.</param>
    /// <returns>Ends when the node has taken up what the store holds.</returns>
    /// <exception cref="InvalidOperationException">It was started or stopped before.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be read or written.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_isStarted || _isStopped)
                throw new InvalidOperationException("A node is started once; a restart is a new node.");

            _isStarted = true;
        }

        // One that nobody awaits is seen in Completion.
        Task.Factory.StartNew(RunAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _options.Scheduler);
        return _started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops it: what it has begun is finished, what waits is not begun. A second time is nothing to do, as is the stop of a node that failed.</summary>
    /// <param name="cancellationToken">Ends the wait, not the stop.</param>
    /// <returns>Ends with <see cref="Completion"/>, and does not throw what that holds.</returns>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        bool endsUnstarted;
        lock (_gate)
        {
            endsUnstarted = !_isStarted && !_isStopped;
            _isStopped = true;
        }

        if (endsUnstarted)
            await EndAsync().ConfigureAwait(false);
        else
            CloseInbox();

        await Task.WhenAny(Completion).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops it, as <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>Hands in transactions. Waits for its place: the node takes what others sent in turn with its own user's.</summary>
    /// <param name="encoded">Canonical encodings, in order.</param>
    /// <param name="cancellationToken">Ends the wait; whether the transactions were taken is not known then, and they may be handed in again.</param>
    /// <returns>A verdict on each. One that is accepted is durable: it survives a crash, and the node offers it until it is final.</returns>
    /// <exception cref="InvalidOperationException">The node does not run.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be written; the node has failed.</exception>
    public Task<ImmutableArray<ValidationResult>> SubmitAsync(
        IEnumerable<ReadOnlyMemory<byte>> encoded, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        return CallAsync(new ValidatorInput.TransactionsSubmitted([.. encoded]), cancellationToken);
    }

    /// <summary>Lets this node's blocks vote on an account until the proposal is discarded. Durable when it ends.</summary>
    /// <param name="account">The account.</param>
    /// <param name="authorizes">True to admit it, false to drop it.</param>
    /// <param name="cancellationToken">Ends the wait; whether the proposal was taken is not known then.</param>
    /// <exception cref="InvalidOperationException">The node does not run.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be written; the node has failed.</exception>
    public Task ProposeAsync(Address account, bool authorizes, CancellationToken cancellationToken = default) =>
        CallAsync(new ValidatorInput.Proposed(account, authorizes), cancellationToken);

    /// <summary>Takes a proposal back. Durable when it ends; nothing to do where there is none.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Ends the wait; whether it was taken back is not known then.</param>
    /// <exception cref="InvalidOperationException">The node does not run.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be written; the node has failed.</exception>
    public Task DiscardAsync(Address account, CancellationToken cancellationToken = default) =>
        CallAsync(new ValidatorInput.Discarded(account), cancellationToken);

    /// <summary>Decides a <see cref="SealStatus.FinalityConflict"/>: follows the other branch.</summary>
    /// <param name="headHash">Hash of <see cref="ValidatorStatus.Conflict"/>.</param>
    /// <param name="cancellationToken">Ends the wait; whether it was decided is not known then.</param>
    /// <exception cref="ArgumentException">It is not the head of a branch in conflict.</exception>
    /// <exception cref="InvalidOperationException">The node does not run.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">The store could not be written; the node has failed.</exception>
    public Task AcceptReorganisationAsync(Hash256 headHash, CancellationToken cancellationToken = default) =>
        CallAsync(new ValidatorInput.ReorganisationAccepted(headHash), cancellationToken);

    /// <summary>Listens to what happens from now on, also before the start.</summary>
    public ValidatorEvents Subscribe() => _events.Subscribe();

    /// <summary>Waits until the chain has a block of this number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The canonical block. Until it is final (<see cref="Blockchain.Finalized"/>) a reorganisation may put another in its place.</returns>
    /// <exception cref="InvalidOperationException">The node stopped before; what made it fail is the inner exception.</exception>
    public Task<Block> WaitForBlockAsync(ulong number, CancellationToken cancellationToken = default) =>
        _head.WaitAsync(() => Chain.FindBlock(number), cancellationToken);

    /// <summary>Waits until a transaction is in a block of the chain.</summary>
    /// <param name="transactionHash">Its hash.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The canonical block. Until it is final (<see cref="Blockchain.Finalized"/>) a reorganisation may take it away.</returns>
    /// <exception cref="InvalidOperationException">The node stopped before; what made it fail is the inner exception.</exception>
    public Task<Block> WaitForTransactionAsync(Hash256 transactionHash, CancellationToken cancellationToken = default) =>
        _head.WaitAsync(() => Chain.FindTransaction(transactionHash)?.Block, cancellationToken);

    private ulong Now => (ulong)Math.Max(0, _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds());

    private async Task<ImmutableArray<ValidationResult>> CallAsync(ValidatorInput input, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isStarted)
                throw new InvalidOperationException("The node was not started.");
        }

        var call = new NodeCall(input);
        try
        {
            await _inbox.CallAsync(call, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw NotRunning();
        }

        return await call.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            Take(new NodeInbox.Item(new ValidatorInput.Started(), AtUnixMilliseconds: Now));
            _transport.Start();
            _started.SetResult();
            while (await _inbox.TakeAsync().ConfigureAwait(true) is { } next)
            {
                Take(next);

                // Other nodes may share the scheduler.
                await Task.Yield();
            }
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        await EndAsync().ConfigureAwait(false);
    }

    private void Take(NodeInbox.Item next)
    {
        try
        {
            foreach (ValidatorEffect effect in _core.Step(next.Input, next.AtUnixMilliseconds))
                Perform(effect, next.Call);

            next.Call?.Answer([]);
        }
        catch (ArgumentException misuse) when (next.Call is not null)
        {
            next.Call.Fail(misuse);
        }
        catch (Exception exception)
        {
            next.Call?.Fail(exception);
            throw;
        }
    }

    private void Perform(ValidatorEffect effect, NodeCall? call)
    {
        switch (effect)
        {
            case ValidatorEffect.Send send:
                _transport.Send(send.To, send.Message);
                break;
            case ValidatorEffect.Disconnect disconnect:
                _transport.Disconnect(disconnect.Peer, disconnect.Reason);
                _events.Tell(new ValidatorEvent.PeerRefused(disconnect.Peer, disconnect.Reason));
                break;
            case ValidatorEffect.WakeAt wake:
                WakeAt(wake.UnixMilliseconds);
                break;
            case ValidatorEffect.Answer answer:
                call!.Answer(answer.Verdicts);
                break;
            case ValidatorEffect.HeadMoved moved:
                _events.Tell(new ValidatorEvent.HeadMoved(moved.Change));
                _head.Moved();
                break;
            case ValidatorEffect.BlockSealed block:
                _events.Tell(new ValidatorEvent.BlockSealed(block.Block));
                break;
            case ValidatorEffect.StatusChanged changed:
                _status = changed.Status;
                _events.Tell(new ValidatorEvent.StatusChanged(changed.Status));
                break;
        }
    }

    private void WakeAt(ulong unixMilliseconds)
    {
        ulong now = Now;
        if (unixMilliseconds <= now)
            _inbox.TimeReached();
        else
            _timer.Change(TimeSpan.FromMilliseconds(Math.Min(unixMilliseconds - now, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    private void CloseInbox()
    {
        foreach (NodeCall call in _inbox.Close())
            call.Fail(NotRunning());
    }

    private async Task EndAsync()
    {
        CloseInbox();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        _head.End(NotRunning());
        _events.End(_failure);
        if (_failure is { } failure)
        {
            _started.TrySetException(failure);
            _completion.TrySetException(failure);
        }
        else
        {
            _started.TrySetResult();
            _completion.TrySetResult();
        }
    }

    private InvalidOperationException NotRunning() =>
        _failure is { } failure ? new($"The node has failed: {failure.Message}", failure) : new("The node was stopped.");
}
