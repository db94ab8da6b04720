using System.Collections.Immutable;
using System.Globalization;
using DerChain.Chain;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Testing.Simulation.Checks;

namespace DerChain.Testing.Simulation;

/// <summary>A node of a <see cref="SimulatedNetwork"/>: a key, a store that outlives it, and, while it runs, a validator.</summary>
/// <threadsafety>Single owner.</threadsafety>
public sealed class SimulatedNode : IDisposable
{
    private readonly MemoryStore _disk = new();
    private readonly ulong _startUnixMilliseconds;
    private FaultyStore? _store;
    private CliqueEngine? _engine;
    private Blockchain? _chain;

    internal SimulatedNode(SimulatedNetwork network, int index, PrivateKey key, ClockSkew? skew)
    {
        Index = index;
        Key = key;
        Skew = skew;
        _startUnixMilliseconds = network.NowUnixMilliseconds;
        Endpoint = new Line(string.Create(CultureInfo.InvariantCulture, $"node {index}"), this, network);
        Watch = new NodeWatch();
    }

    /// <summary>Its place in <see cref="SimulatedNetwork.Nodes"/>.</summary>
    public int Index { get; }

    /// <summary>Its name in the log.</summary>
    public string Name => Endpoint.Name;

    /// <summary>The account it seals with.</summary>
    public Address Address => Key.Address;

    /// <summary>True between a start and the stop or crash after it.</summary>
    public bool IsRunning => Core is not null;

    /// <summary>Its copy of the chain; of one that has stopped, as it was when it did.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public Blockchain Chain => _chain ?? throw new InvalidOperationException($"{Name} was never started.");

    /// <summary>Head of its chain.</summary>
    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public BlockReference Head => new(Chain.Head.Header.Number, Chain.Head.Hash);

    /// <summary>What its validator does.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public ValidatorStatus Status => Running.Status;

    /// <summary>Who may seal after its head.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public CliqueSnapshot Snapshot => Running.Snapshot;

    /// <summary>What its blocks vote for.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Proposals Proposals => Running.Proposals;

    internal PrivateKey Key { get; }

    internal BlockReference? TrustedCheckpoint { get; init; }

    internal Endpoint Endpoint { get; }

    internal ClockSkew? Skew { get; set; }

    internal ValidatorCore? Core { get; private set; }

    internal NodeWatch Watch { get; }

    /// <summary>Starts so far: an event scheduled for an earlier start is void.</summary>
    internal int Starts { get; private set; }

    /// <summary>Which of its wake-ups counts.</summary>
    internal ulong WakeUp { get; set; }

    /// <summary>True where its store fails at some later write.</summary>
    internal bool HasScheduledFault { get; private set; }

    /// <summary>How many writes each batch had that it gave to its store since it was started last.</summary>
    internal ImmutableArray<int> WritesPerCommit => _store?.WritesPerCommit ?? [];

    /// <summary>The fault that its store has come to; null where none.</summary>
    internal StoreFault? FaultOccurred => _store?.Occurred;

    /// <summary>Takes a block or a message that it sends out of its hands; null for an honest node.</summary>
    internal Func<ValidatorEffect.Send, bool>? Interception { get; set; }

    /// <summary>Milliseconds of its clock at a virtual time.</summary>
    internal ulong ClockAt(ulong nowUnixMilliseconds) =>
        Skew is null ? nowUnixMilliseconds : (ulong)((long)nowUnixMilliseconds + Skew.At(nowUnixMilliseconds - _startUnixMilliseconds));

    /// <summary>The node ends, and what it has stored is forgotten.</summary>
    public void Dispose()
    {
        Core = null;
        _store?.Dispose();
        _disk.Dispose();
    }

    /// <summary>Opens its store and makes its validator.</summary>
    internal void Open(Chain.Blocks.Genesis genesis, ValidatorOptions options, StoreFault? fault)
    {
        _store = fault is null ? new FaultyStore(_disk) : new FaultyStore(_disk, fault);
        HasScheduledFault = fault is not null;
        Starts++;
        FaultyStore store = _store;
        _engine = new CliqueEngine(genesis.Spec, new CliqueEngineOptions { TrustedCheckpoint = TrustedCheckpoint, FindNote = hash => EngineNote.Read(store, hash) });
        _chain = Blockchain.Open(_store, genesis, _engine, options: new BlockchainOptions { CachedStateNodes = 1_000 });
        Core = new ValidatorCore(Key, _chain, _engine, options);
    }

    /// <summary>The process ends.</summary>
    internal void Close() => Core = null;

    /// <summary>A second look at what it has stored, by a chain and an engine of their own.</summary>
    internal (Blockchain Chain, CliqueSnapshot Snapshot, Proposals Proposals) Reopen(Chain.Blocks.Genesis genesis)
    {
        var engine = new CliqueEngine(genesis.Spec);
        Blockchain chain = Blockchain.Open(_disk, genesis, engine);
        return (chain, engine.SnapshotAt(chain.Head.Header, chain.Head.Hash, chain.FindHeader), new Proposals(chain.NodeEntries));
    }

    private ValidatorCore Running => Core ?? throw new InvalidOperationException($"{Name} does not run.");

    private sealed class Line(string name, SimulatedNode node, SimulatedNetwork network) : Endpoint(name)
    {
        public override void Receive(PeerId by, ReadOnlyMemory<byte> message) => network.Step(node, new ValidatorInput.MessageReceived(by, message));

        public override void Connected(PeerId peer) => network.Step(node, new ValidatorInput.PeerConnected(peer));

        public override void Disconnected(PeerId peer) => network.Step(node, new ValidatorInput.PeerDisconnected(peer));
    }
}
