using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Testing.Simulation.Checks;

namespace DerChain.Testing.Simulation;

/// <summary>A network of validators in virtual time, on one thread, driven by one seed: the same seed and the same calls give the same run.</summary>
/// <remarks>
/// <para>Nodes are real validators on real chains; the network, the clocks and the disks are simulated. Every step is checked by checkers that share no code
/// with what they check: that each adopted block obeys EIP-225, that no key seals a height twice, that heads only get heavier, that final blocks stay
/// final, that no accepted transaction is lost or included twice. What they find is a <see cref="SimulationFailedException"/>.</para>
/// <para>Of the options' faults the network itself brings delay, loss, duplication, reordering and wrong clocks; crashes, partitions, votes, transactions
/// and Byzantine signers happen where a test makes them happen, or at random in <see cref="SeededSimulation"/>.</para>
/// </remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class SimulatedNetwork : IDisposable
{
    private const ulong GenesisUnixSeconds = 1_700_000_000;
    private const ulong SecondsBeforeGenesis = 20;
    private const ulong Gwei = 1_000_000_000;
    private const int MaxStepsAtOneTime = 100_000;

    private readonly RecoveryMemo _memo = new();
    private readonly EventQueue _queue;
    private readonly Transport _transport;
    private readonly EventLog _log;
    private readonly SafetyChecks _checks;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly ValidatorOptions _validatorOptions;
    private (ulong At, int Steps) _stepsAtOneTime;

    /// <summary>A network, not started yet: its authorities first, then the followers.</summary>
    /// <param name="options">The consortium and the network; null for the defaults.</param>
    /// <param name="seed">What everything random is drawn from.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SimulatedNetwork(SimulationOptions? options = null, ulong seed = 1)
    {
        Options = options ?? new SimulationOptions();
        Options.Validate();
        Seed = seed;
        Random = new SimulationRandom(seed);
        _queue = new EventQueue((GenesisUnixSeconds - SecondsBeforeGenesis) * 1000);
        _transport = new Transport(_queue, Options, Random.Split());
        _log = new EventLog(_queue.Now);
        _validatorOptions = new ValidatorOptions
        {
            SlotMilliseconds = Options.SlotMilliseconds,
            AnnouncementMilliseconds = Options.AnnouncementMilliseconds,
            RequestTimeoutMilliseconds = Options.RequestTimeoutMilliseconds,
        };
        Genesis = MakeGenesis(Options);
        _checks = new SafetyChecks(Genesis, Options.KeepsFinalityAssumption);
        for (int i = 0; i < Options.Validators + Options.Followers; i++)
            AddNode(SimulationKeys.Authority(i));
    }

    /// <summary>The options.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>What the chain starts from: the authorities, and 1,000 ether for each <see cref="UserKey"/>.</summary>
    public Genesis Genesis { get; }

    /// <summary>Virtual time.</summary>
    public ulong NowUnixMilliseconds => _queue.Now;

    /// <summary>The nodes, in the order in which they were added.</summary>
    public IReadOnlyList<SimulatedNode> Nodes => _nodes;

    /// <summary>The nodes that run.</summary>
    public IEnumerable<SimulatedNode> Running => _nodes.Where(static node => node.IsRunning);

    /// <summary>Number of the highest head of a node that runs; 0 where none does.</summary>
    public ulong HighestBlock => Running.Select(static node => node.Head.Number).DefaultIfEmpty().Max();

    /// <summary>True where all running nodes have the same head.</summary>
    public bool AllHeadsEqual
    {
        get
        {
            BlockReference? first = null;
            foreach (SimulatedNode node in _nodes)
            {
                if (node.IsRunning && (first ??= node.Head) != node.Head)
                    return false;
            }

            return true;
        }
    }

    /// <summary>What happened so far, counted.</summary>
    public SimulationResult Result => _checks.Counts with
    {
        Blocks = HighestBlock,
        Messages = _transport.Messages,
        Events = _log.Count,
        EventDigest = _log.Digest,
        VirtualMilliseconds = _queue.Now - (GenesisUnixSeconds - SecondsBeforeGenesis) * 1000,
    };

    internal SimulationRandom Random { get; }

    internal EventQueue Queue => _queue;

    internal SafetyChecks Checks => _checks;

    internal Transport Transport => _transport;

    /// <summary>Told of each crash.</summary>
    internal Action<SimulatedNode>? Crashed { get; set; }

    /// <summary>Key of an authority or follower of the options: known to everyone, as all keys here.</summary>
    /// <param name="index">Its index.</param>
    public PrivateKey AuthorityKey(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return SimulationKeys.Authority(index);
    }

    /// <summary>Key of a user who has 1,000 ether: one for each node of the options.</summary>
    /// <param name="index">Its index.</param>
    public PrivateKey UserKey(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Options.Validators + Options.Followers);
        return SimulationKeys.User(index);
    }

    /// <summary>Adds a node with an empty store. It is not started.</summary>
    /// <param name="key">Its key; it stays the caller's. One that another node has is used twice: what it seals is not held against its nodes.</param>
    /// <param name="trustedCheckpoint">A block that its operator knows to be the chain's; null for none.</param>
    public SimulatedNode AddNode(PrivateKey key, BlockReference? trustedCheckpoint = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_nodes.Exists(node => node.Address == key.Address))
            _checks.Distrust(key.Address);

        int index = _nodes.Count;
        ClockSkew? skew = index < Options.ClockSkews.Length ? Options.ClockSkews[index] : null;
        var node = new SimulatedNode(this, index, key, skew) { TrustedCheckpoint = trustedCheckpoint };
        _nodes.Add(node);
        return node;
    }

    /// <summary>Starts nodes, each from its store, and connects each with every node that runs.</summary>
    /// <param name="nodes">Nodes that do not run.</param>
    public void Start(params IEnumerable<SimulatedNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        foreach (SimulatedNode node in nodes)
            Start(node, fault: null);
    }

    /// <summary>Ends nodes as a crash does: nothing is said, nothing is written any more. What was acknowledged is in the store.</summary>
    /// <param name="nodes">Nodes that run.</param>
    public void Crash(params IEnumerable<SimulatedNode> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        foreach (SimulatedNode node in nodes)
            Crash(node, "crashes");
    }

    /// <summary>Cuts the network into groups: messages between two groups are lost until <see cref="Heal"/>. A node in no group reaches everyone.</summary>
    /// <param name="groups">The groups.</param>
    public void Partition(params IReadOnlyList<SimulatedNode[]> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        for (int i = 0; i < groups.Count; i++)
        {
            for (int j = 0; j < groups.Count; j++)
                CutAll(i == j ? [] : groups[i], groups[j]);
        }
    }

    /// <summary>Lets messages through again.</summary>
    public void Heal() => _transport.Mend();

    /// <summary>Lets time pass.</summary>
    /// <param name="milliseconds">How long.</param>
    /// <exception cref="SimulationFailedException">A checker found something.</exception>
    public void Advance(ulong milliseconds) => AdvanceUntil(static () => false, milliseconds);

    /// <summary>Lets time pass until something holds.</summary>
    /// <param name="condition">Asked after each event.</param>
    /// <param name="atMostMilliseconds">How long to wait for it.</param>
    /// <returns>False where it does not hold by then.</returns>
    /// <exception cref="SimulationFailedException">A checker found something.</exception>
    public bool AdvanceUntil(Func<bool> condition, ulong atMostMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using IDisposable use = _memo.Use();
        ulong end = _queue.Now + atMostMilliseconds;
        while (!condition())
        {
            if (!_queue.TryStep(end))
                return condition();
        }

        return true;
    }

    /// <summary>A user hands in transactions at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="transactions">The transactions.</param>
    /// <returns>A verdict on each; none where the node does not run or crashed before it answered.</returns>
    /// <exception cref="SimulationFailedException">A checker found something.</exception>
    public ImmutableArray<ValidationResult> Submit(SimulatedNode node, params IEnumerable<Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(node);
        ImmutableArray<Transaction> all = [.. transactions];
        ImmutableArray<ValidatorEffect> effects = Step(
            node, new ValidatorInput.TransactionsSubmitted([.. all.Select(static transaction => transaction.Encoded)]));
        ImmutableArray<ValidationResult> verdicts = effects.OfType<ValidatorEffect.Answer>().SingleOrDefault()?.Verdicts ?? [];
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].IsValid)
                _checks.Accepted(node, all[i].Hash);
        }

        return verdicts;
    }

    /// <summary>A transfer of 1 wei from a user to itself, as the user signs it.</summary>
    /// <param name="user">Index of the user.</param>
    /// <param name="nonce">Its nonce.</param>
    public Transaction Transfer(int user, ulong nonce) => new UnsignedTransaction
    {
        ChainId = Genesis.Spec.ChainId,
        Nonce = nonce,
        MaxPriorityFeePerGas = (UInt256)Gwei,
        MaxFeePerGas = (UInt256)(11 * Gwei),
        GasLimit = 21_000,
        To = UserKey(user).Address,
        Value = UInt256.One,
    }.Sign(UserKey(user));

    /// <summary>The operator of a node proposes to admit or to drop an account.</summary>
    public void Propose(SimulatedNode node, Address account, bool authorizes) => Step(node, new ValidatorInput.Proposed(account, authorizes));

    /// <summary>The operator of a node takes a proposal back.</summary>
    public void Discard(SimulatedNode node, Address account) => Step(node, new ValidatorInput.Discarded(account));

    /// <summary>The operator of a node follows the branch that its status names as <see cref="ValidatorStatus.Conflict"/>.</summary>
    /// <exception cref="InvalidOperationException">The node has no conflict.</exception>
    public void AcceptReorganisation(SimulatedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        Hash256 head = node.Status.Conflict?.Hash ?? throw new InvalidOperationException($"{node.Name} has no conflict to decide.");
        _checks.ReorganisationAccepted(node);
        Step(node, new ValidatorInput.ReorganisationAccepted(head));
    }

    /// <summary>Connects a peer that the test plays with a node.</summary>
    /// <param name="node">A node that runs.</param>
    public SimulatedPeer ConnectPeer(SimulatedNode node) => ConnectPeer(node, keepsReceived: true);

    /// <summary>All nodes end, and what they have stored is forgotten.</summary>
    public void Dispose()
    {
        foreach (SimulatedNode node in _nodes)
            node.Dispose();
    }

    internal SimulatedPeer ConnectPeer(SimulatedNode node, bool keepsReceived)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new SimulatedPeer(_transport, node, "a stranger", keepsReceived);
    }

    internal void Start(SimulatedNode node, StoreFault? fault)
    {
        if (node.IsRunning)
            throw new InvalidOperationException($"{node.Name} runs already.");

        using IDisposable use = _memo.Use();
        try
        {
            node.Open(Genesis, _validatorOptions, fault);
        }
        catch (StoreException exception) when (fault is not null)
        {
            _log.Note(_queue.Now, node.Name, exception.Message);
            node.Close();
            Crashed?.Invoke(node);
            return;
        }

        Guard(() => _checks.Started(node));
        Step(node, new ValidatorInput.Started());
        if (node.IsRunning)
            Guard(() => _checks.CompareAccepted(node));

        foreach (SimulatedNode other in Running.Where(other => other != node).ToArray())
            Link(node, other);
    }

    internal ImmutableArray<ValidatorEffect> Step(SimulatedNode node, ValidatorInput input)
    {
        if (node.Core is not { } core)
            return [];

        using IDisposable use = _memo.Use();
        CountSteps(node);
        ImmutableArray<ValidatorEffect> effects = [];
        try
        {
            effects = core.Step(input, node.ClockAt(_queue.Now));
        }
        catch (StoreException exception) when (node.FaultOccurred is not null)
        {
            Crash(node, exception.Message);
            return [];
        }
        catch (Exception exception)
        {
            _log.Note(_queue.Now, node.Name, new Wording(input, new ValidatorEffectSummary([])));
            throw Failure($"{node.Name} threw {exception.GetType().Name}: {exception.Message}", exception);
        }

        _log.Note(_queue.Now, node.Name, new Wording(input, new ValidatorEffectSummary(effects)), core.Chain.Head.Header.Number, core.Chain.Head.Hash);
        Guard(() => _checks.Stepped(node, effects));
        foreach (ValidatorEffect effect in effects)
            Perform(node, effect);

        return effects;
    }

    internal void CompareWithStore(SimulatedNode node)
    {
        using IDisposable use = _memo.Use();
        Guard(() => _checks.CompareWithStore(node));
    }

    internal void Fail(string property) => throw Failure(property, null);

    internal void Note(string what) => _log.Note(_queue.Now, "network", what);

    private void Perform(SimulatedNode node, ValidatorEffect effect)
    {
        switch (effect)
        {
            case ValidatorEffect.Send send when node.Interception?.Invoke(send) != true:
                Send(node, send.To, send.Message);
                break;
            case ValidatorEffect.Disconnect disconnect:
                EndConnection(node, disconnect.Peer);
                break;
            case ValidatorEffect.WakeAt wake:
                Wake(node, wake.UnixMilliseconds);
                break;
        }
    }

    internal void Send(SimulatedNode node, IEnumerable<PeerId> peers, ReadOnlyMemory<byte> message)
    {
        foreach (PeerId peer in peers)
            _transport.Send(node.Endpoint, peer, message);
    }

    // As a timer waits: for a time, whatever the clock does meanwhile.
    private void Wake(SimulatedNode node, ulong atUnixMilliseconds)
    {
        if (atUnixMilliseconds == ulong.MaxValue)
            return;

        ulong clock = node.ClockAt(_queue.Now);
        ulong wakeUp = ++node.WakeUp;
        _queue.After(atUnixMilliseconds > clock ? atUnixMilliseconds - clock : 1, () =>
        {
            if (node.WakeUp == wakeUp)
                Step(node, new ValidatorInput.TimeReached());
        });
    }

    private void EndConnection(SimulatedNode node, PeerId peer)
    {
        SimulatedNode? other = node.Endpoint.Connections.TryGetValue(peer, out Connection? connection)
            ? _nodes.Find(candidate => ReferenceEquals(candidate.Endpoint, connection.Other(node.Endpoint)))
            : null;
        _transport.Disconnect(node.Endpoint, peer);
        if (other is not null)
            _queue.After(Options.ReconnectionMilliseconds, () => Link(node, other));
    }

    // Waits where one end has not noticed yet that the connection before has ended.
    private void Link(SimulatedNode first, SimulatedNode second)
    {
        if (!first.IsRunning || !second.IsRunning)
            return;

        bool isThere = Transport.Find(first.Endpoint, second.Endpoint) is not null;
        bool isThereBack = Transport.Find(second.Endpoint, first.Endpoint) is not null;
        if (isThere != isThereBack)
            _queue.After(Options.ReconnectionMilliseconds, () => Link(first, second));
        else if (!isThere)
            _transport.Connect(first.Endpoint, second.Endpoint);
    }

    private void Crash(SimulatedNode node, string reason)
    {
        _log.Note(_queue.Now, node.Name, reason);
        _checks.Crashed();
        node.Close();
        node.WakeUp++;
        foreach (PeerId peer in node.Endpoint.Connections.Keys.ToArray())
            _transport.Disconnect(node.Endpoint, peer);

        Crashed?.Invoke(node);
    }

    private void CutAll(SimulatedNode[] from, SimulatedNode[] to)
    {
        foreach (SimulatedNode sender in from)
        {
            foreach (SimulatedNode receiver in to)
                _transport.Cut(sender.Endpoint, receiver.Endpoint);
        }
    }

    private void CountSteps(SimulatedNode node)
    {
        _stepsAtOneTime = _stepsAtOneTime.At == _queue.Now ? (_queue.Now, _stepsAtOneTime.Steps + 1) : (_queue.Now, 1);
        if (_stepsAtOneTime.Steps > MaxStepsAtOneTime)
            Fail($"Time stands still: {MaxStepsAtOneTime} steps at one time, the last at {node.Name}.");
    }

    private void Guard(Action check)
    {
        try
        {
            check();
        }
        catch (BrokenPropertyException broken)
        {
            throw Failure(broken.Message, broken);
        }
    }

    private SimulationFailedException Failure(string property, Exception? innerException) =>
        new(property, Seed, Options, _log.Last(), innerException);

    private static Genesis MakeGenesis(SimulationOptions options)
    {
        int users = options.Validators + options.Followers;
        return new Genesis
        {
            Spec = new ChainSpec { ChainId = 202211, CliquePeriodSeconds = options.PeriodSeconds, CliqueEpochLength = options.EpochLength },
            Timestamp = GenesisUnixSeconds,
            ExtraData = CliqueExtraData.ForGenesis(Enumerable.Range(0, options.Validators).Select(static index => SimulationKeys.Authority(index).Address)),
            Accounts = Enumerable.Range(0, users).ToImmutableSortedDictionary(
                static index => SimulationKeys.User(index).Address, static _ => new GenesisAccount((UInt256)Gwei * Gwei * 1_000)),
        };
    }
}
