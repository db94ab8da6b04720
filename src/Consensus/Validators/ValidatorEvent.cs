using DerChain.Chain;
using DerChain.Chain.Blocks;

namespace DerChain.Consensus.Validators;

/// <summary>Something a <see cref="ValidatorNode"/> tells who listens; durable before it is told.</summary>
public abstract record ValidatorEvent
{
    private ValidatorEvent()
    {
    }

    /// <summary>The head of the chain has moved.</summary>
    /// <param name="Change">From where to where.</param>
    public sealed record HeadMoved(ImportResult Change) : ValidatorEvent;

    /// <summary>This node has sealed a block.</summary>
    /// <param name="Block">The block.</param>
    public sealed record BlockSealed(Block Block) : ValidatorEvent;

    /// <summary>The node's status is another one.</summary>
    /// <param name="Status">The new status.</param>
    public sealed record StatusChanged(ValidatorStatus Status) : ValidatorEvent;

    /// <summary>The node has ended a connection.</summary>
    /// <param name="Peer">The connection.</param>
    /// <param name="Reason">The rule that was broken and the offending values in one sentence.</param>
    public sealed record PeerRefused(PeerId Peer, string Reason) : ValidatorEvent;

    /// <summary>The transport has failed; the node goes on without it.</summary>
    /// <param name="Failure">What it threw, or that it ended though nobody stopped it.</param>
    public sealed record TransportFailed(Exception Failure) : ValidatorEvent;

    /// <summary>The reader was slow: events between the one before and the next are lost. <see cref="ValidatorNode.Chain"/> and
    /// <see cref="ValidatorNode.Status"/> say how things stand.</summary>
    /// <param name="Count">How many.</param>
    public sealed record EventsMissed(long Count) : ValidatorEvent;
}
