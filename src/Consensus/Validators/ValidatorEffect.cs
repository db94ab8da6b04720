using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Validators;

/// <summary>Something a validator wants done: the result of <see cref="ValidatorCore.Step"/>.</summary>
/// <remarks>They are carried out in order. What they rest on is durable in the validator's own store before <see cref="ValidatorCore.Step"/> returns; so
/// nothing is published, answered or reported that a crash could take back.</remarks>
public abstract record ValidatorEffect
{
    private ValidatorEffect()
    {
    }

    /// <summary>Send bytes. They may be lost, doubled, delayed or overtaken; what matters is said again.</summary>
    /// <param name="To">The connections.</param>
    /// <param name="Message">The bytes.</param>
    public sealed record Send(ImmutableArray<PeerId> To, ReadOnlyMemory<byte> Message) : ValidatorEffect;

    /// <summary>End a connection: what came by it broke a rule. The validator has forgotten the peer already.</summary>
    /// <param name="Peer">The connection.</param>
    /// <param name="Reason">The rule and the offending values in one sentence.</param>
    public sealed record Disconnect(PeerId Peer, string Reason) : ValidatorEffect;

    /// <summary>Give <see cref="ValidatorInput.TimeReached"/> at this time. Replaces the one before; every step gives one.</summary>
    /// <param name="UnixMilliseconds">The time; at once where it has passed.</param>
    public sealed record WakeAt(ulong UnixMilliseconds) : ValidatorEffect;

    /// <summary>Verdicts on the transactions of a <see cref="ValidatorInput.TransactionsSubmitted"/>, in its order. Those accepted are durable.</summary>
    /// <param name="Verdicts">One for each transaction.</param>
    public sealed record Answer(ImmutableArray<ValidationResult> Verdicts) : ValidatorEffect;

    /// <summary>The head of the chain has moved.</summary>
    /// <param name="Change">From where to where.</param>
    public sealed record HeadMoved(ImportResult Change) : ValidatorEffect;

    /// <summary>The validator has sealed a block. It stands before the <see cref="Send"/> that publishes it.</summary>
    /// <param name="Block">The block.</param>
    public sealed record BlockSealed(Block Block) : ValidatorEffect;

    /// <summary>The validator's status is another one.</summary>
    /// <param name="Status">The new status.</param>
    public sealed record StatusChanged(ValidatorStatus Status) : ValidatorEffect;
}
