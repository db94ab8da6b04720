using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Testing.Simulation;

/// <summary>Abuses the key of a validator: alters, doubles or keeps back what its honest part sends.</summary>
/// <remarks>What is invalid by itself goes by connections of its own, so that the node's own stay open.</remarks>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class ByzantineSigner
{
    private const int SlotsWithheld = 10;

    private readonly SimulatedNetwork _network;
    private readonly SimulatedNode _node;
    private readonly ByzantineValidator _validator;
    private readonly SimulationRandom _random;
    private readonly Dictionary<SimulatedNode, SimulatedPeer> _attacks = [];
    private ulong _withholdsUntil;

    public ByzantineSigner(SimulatedNetwork network, SimulatedNode node, ByzantineValidator validator)
    {
        _network = network;
        _node = node;
        _validator = validator;
        _random = network.Random.Split();
        network.Checks.Distrust(node.Address);
        node.Interception = Intercept;
    }

    /// <summary>From now on the node is honest. One that has sealed twice starts anew, since it may have noticed that its key was used elsewhere.</summary>
    public void Heal()
    {
        _node.Interception = null;
        if (_node.IsRunning && (_validator.Behaviours & ByzantineBehaviour.Equivocation) != 0)
            _network.Crash(_node);
    }

    private bool Intercept(ValidatorEffect.Send send)
    {
        ValidatorMessage? message = MessageCodec.TryDecode(send.Message.Span);
        if (message is StatusMessage or BlocksReply && _network.NowUnixMilliseconds < _withholdsUntil)
            return true;

        return message is NewBlockMessage published && Block.TryDecode(published.Block.Span, out Block? block).IsValid && Abuse(send, block!);
    }

    // True where the block must not go the honest way.
    private bool Abuse(ValidatorEffect.Send send, Block block)
    {
        if (Does(ByzantineBehaviour.VoteSpam))
            SpamVotes();

        if (Does(ByzantineBehaviour.WrongDifficulty))
            Attack(Forge(block, block.Header with { Difficulty = 3 - block.Header.Difficulty }));

        if (Does(ByzantineBehaviour.EarlyTimestamp) && _node.Chain.FindHeader(block.Header.ParentHash) is { } parent)
            Attack(Forge(block, block.Header with { Timestamp = parent.Timestamp + Math.Max(_network.Options.PeriodSeconds, 1) - 1 - (_network.Options.PeriodSeconds == 0 ? 1UL : 0) }));

        if (Does(ByzantineBehaviour.Equivocation))
        {
            Equivocate(send, block);
            return true;
        }

        return Does(ByzantineBehaviour.Withholding) && Withhold(send);
    }

    private bool Does(ByzantineBehaviour behaviour) => (_validator.Behaviours & behaviour) != 0 && _random.PerMille(_validator.PerMille);

    // Another vanity makes another block.
    private void Equivocate(ValidatorEffect.Send send, Block block)
    {
        byte[] extraData = block.Header.ExtraData.ToArray();
        extraData[0] ^= 1;
        Block twin = Forge(block, block.Header with { ExtraData = extraData });
        byte[] other = MessageCodec.Encode(new NewBlockMessage(twin.Encode()));
        foreach (PeerId peer in send.To)
            _network.Send(_node, [peer], _random.Index(2) == 0 ? send.Message : other);
    }

    private bool Withhold(ValidatorEffect.Send send)
    {
        ulong time = _random.Between(1, SlotsWithheld * _network.Options.SlotMilliseconds);
        _withholdsUntil = _network.NowUnixMilliseconds + time;
        _network.Queue.After(time, () => _network.Send(_node, send.To, send.Message));
        return true;
    }

    private void SpamVotes()
    {
        Span<byte> account = stackalloc byte[Address.Length];
        BitConverter.TryWriteBytes(account, _random.Next());
        if (_node.Proposals.All is { Count: > 4 } all)
            _network.Queue.After(0, () => _network.Discard(_node, all.Keys.First()));

        var stranger = Address.FromBytes(account);
        _network.Queue.After(0, () => _network.Propose(_node, stranger, authorizes: true));
    }

    private void Attack(Block block)
    {
        byte[] message = MessageCodec.Encode(new NewBlockMessage(block.Encode()));
        foreach (SimulatedNode victim in _network.Running.Where(victim => victim != _node).ToArray())
        {
            if (!_attacks.TryGetValue(victim, out SimulatedPeer? peer) || !peer.IsConnected)
                _attacks[victim] = peer = _network.ConnectPeer(victim, keepsReceived: false);

            peer.Send(message);
        }
    }

    private Block Forge(Block block, BlockHeader altered) => new(CliqueExtraData.Seal(altered, _node.Key), block.Transactions);
}
