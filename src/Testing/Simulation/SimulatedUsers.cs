using System.Collections.Immutable;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Testing.Simulation;

/// <summary>Users who hand in transactions at random: each at a node of its own, one after the other, again where the node gave no answer.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class SimulatedUsers
{
    private const int AlsoElsewherePerMille = 100;

    // While a network stands still its users wait too.
    private const int MaxWaiting = 30;

    private readonly SimulatedNetwork _network;
    private readonly SimulationRandom _random;
    private readonly ulong[] _nonces;
    private readonly Transaction?[] _unanswered;

    public SimulatedUsers(SimulatedNetwork network)
    {
        _network = network;
        _random = network.Random.Split();
        _nonces = new ulong[network.Nodes.Count];
        _unanswered = new Transaction?[network.Nodes.Count];
        if (network.Options.TransactionIntervalMilliseconds > 0)
            Continue();
    }

    /// <summary>True once users hand in nothing new.</summary>
    public bool HasStopped { get; set; }

    /// <summary>True while a user does not know whether its transaction was accepted.</summary>
    public bool IsAnyUnanswered => _unanswered.Any(static transaction => transaction is not null);

    private void Continue() => _network.Queue.After(_random.Around(_network.Options.TransactionIntervalMilliseconds), () =>
    {
        int user = _random.Index(_nonces.Length);
        if (!HasStopped || _unanswered[user] is not null)
            HandIn(user);

        Continue();
    });

    private void HandIn(int user)
    {
        SimulatedNode node = _network.Nodes[user];
        if (node.Core is not { } core || core.Pool.Count > MaxWaiting)
            return;

        bool isRepeated = _unanswered[user] is not null;
        Transaction transaction = _unanswered[user] ??= _network.Transfer(user, _nonces[user]);
        ImmutableArray<ValidationResult> verdicts = _network.Submit(node, transaction);
        if (verdicts.IsEmpty)
            return;

        // Where the answer got lost in a crash, the transaction may wait or be on the chain already.
        bool wasKept = isRepeated && verdicts[0].Error is ChainError.AlreadyKnown or ChainError.NonceTooLow;
        if (!verdicts[0].IsValid && !wasKept)
            _network.Fail($"{node.Name} refuses a sound transaction: {verdicts[0]}");

        _unanswered[user] = null;
        _nonces[user]++;
        if (_random.PerMille(AlsoElsewherePerMille))
            _network.Submit(_network.Nodes[_random.Index(_network.Nodes.Count)], transaction);
    }
}
