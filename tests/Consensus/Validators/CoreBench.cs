using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>One core that the test drives by hand: inputs and times in, effects out.</summary>
internal sealed class CoreBench
{
    public static readonly PeerId Peer = new(1);
    public static readonly PeerId Other = new(2);

    public CoreBench(PrivateKey key, Genesis genesis, IKeyValueStore store, ValidatorOptions? options = null, bool isListening = false)
    {
        var engine = new CliqueEngine(genesis.Spec);
        Core = new ValidatorCore(key, Blockchain.Open(store, genesis, engine), engine, options);
        Step(new ValidatorInput.Started());
        Step(new ValidatorInput.PeerConnected(Peer));
        Step(new ValidatorInput.PeerConnected(Other));
        if (!isListening)
            Pass(options?.SlotMilliseconds ?? 500);
    }

    public ValidatorCore Core { get; }

    /// <summary>What the last step, and the wakes that were due at once, wanted done.</summary>
    public ImmutableArray<ValidatorEffect> Effects { get; private set; } = [];

    public ulong Now { get; private set; } = (TestChain.StartTime + 100) * 1000;

    public IEnumerable<Block> Sealed => Effects.OfType<ValidatorEffect.BlockSealed>().Select(static effect => effect.Block);

    public IEnumerable<ValidatorEffect.Disconnect> Disconnected => Effects.OfType<ValidatorEffect.Disconnect>();

    public ulong WakeAt => Effects.OfType<ValidatorEffect.WakeAt>().Last().UnixMilliseconds;

    public IEnumerable<T> Sent<T>(PeerId to) => Effects.OfType<ValidatorEffect.Send>()
        .Where(send => send.To.Contains(to))
        .Select(static send => MessageCodec.TryDecode(send.Message.Span))
        .OfType<T>();

    public void Step(ValidatorInput input)
    {
        Effects = Core.Step(input, Now);
        while (WakeAt <= Now)
            Effects = [.. Effects, .. Core.Step(new ValidatorInput.TimeReached(), Now)];
    }

    public void Receive(ValidatorMessage message, PeerId? from = null) =>
        Step(new ValidatorInput.MessageReceived(from ?? Peer, MessageCodec.Encode(message)));

    public ValidationResult Submit(ReadOnlyMemory<byte> encoded)
    {
        Step(new ValidatorInput.TransactionsSubmitted([encoded]));
        return Effects.OfType<ValidatorEffect.Answer>().Single().Verdicts.Single();
    }

    public void Pass(ulong milliseconds)
    {
        Now += milliseconds;
        Step(new ValidatorInput.TimeReached());
    }

    /// <summary>The clock goes back, as where somebody sets it.</summary>
    public void TurnBack(ulong milliseconds) => Now -= milliseconds;
}
