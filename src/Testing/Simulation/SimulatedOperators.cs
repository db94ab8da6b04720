using DerChain.Chain.Primitives;

namespace DerChain.Testing.Simulation;

/// <summary>Operators of all nodes: they decide finality conflicts, and now and then agree to admit or to drop a validator.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SimulatedOperators
{
    private readonly SimulatedNetwork _network;
    private readonly SimulationRandom _random;
    private readonly bool[] _isDeciding;
    private Address? _proposed;

    public SimulatedOperators(SimulatedNetwork network)
    {
        _network = network;
        _random = network.Random.Split();
        _isDeciding = new bool[network.Nodes.Count];
        Look();
        if (network.Options.VotingIntervalMilliseconds > 0)
            Campaign();
    }

    /// <summary>When the last conflict was decided; null where there was none.</summary>
    public ulong? LastDecisionUnixMilliseconds { get; private set; }

    /// <summary>True once nobody is voted on any more.</summary>
    public bool HasStoppedVoting { get; set; }

    /// <summary>True while a conflict waits for its decision.</summary>
    public bool IsDeciding => Array.IndexOf(_isDeciding, true) >= 0;

    private void Look() => _network.Queue.After(1_000, () =>
    {
        foreach (SimulatedNode node in _network.Running)
        {
            if (node.Status.Conflict is not null && !_isDeciding[node.Index])
                Decide(node);
        }

        Look();
    });

    private void Decide(SimulatedNode node)
    {
        _isDeciding[node.Index] = true;
        _network.Queue.After(_random.Around(_network.Options.OperatorMilliseconds), () =>
        {
            _isDeciding[node.Index] = false;
            if (!node.IsRunning || node.Status.Conflict is null)
                return;

            LastDecisionUnixMilliseconds = _network.NowUnixMilliseconds;
            _network.AcceptReorganisation(node);
        });
    }

    private void Campaign() => _network.Queue.After(_random.Around(_network.Options.VotingIntervalMilliseconds), () =>
    {
        Withdraw();
        if (HasStoppedVoting)
            return;

        SimulatedNode target = _network.Nodes[_random.Index(_network.Nodes.Count)];
        if (_network.Running.FirstOrDefault() is { } witness && MayChange(witness, target.Address))
            Propose(target.Address, !witness.Snapshot.IsSigner(target.Address));

        Campaign();
    });

    // Nobody is dropped while that would leave fewer authorities than there were at first, so that the faulty stay a minority.
    private bool MayChange(SimulatedNode witness, Address account) =>
        !witness.Snapshot.IsSigner(account) || witness.Snapshot.Signers.Length > _network.Options.Validators;

    private void Propose(Address account, bool authorizes)
    {
        _proposed = account;
        foreach (SimulatedNode node in _network.Running.ToArray())
            _network.Propose(node, account, authorizes);
    }

    private void Withdraw()
    {
        if (_proposed is not { } account)
            return;

        foreach (SimulatedNode node in _network.Running.ToArray())
            _network.Discard(node, account);
    }
}
