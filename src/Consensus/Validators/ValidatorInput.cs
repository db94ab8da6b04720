using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Validators;

/// <summary>Something that happened to a validator: the argument of <see cref="ValidatorCore.Step"/>.</summary>
public abstract record ValidatorInput
{
    private ValidatorInput()
    {
    }

    /// <summary>The validator starts: the first input, once.</summary>
    public sealed record Started : ValidatorInput;

    /// <summary>Time has passed: a <see cref="ValidatorEffect.WakeAt"/> is due.</summary>
    public sealed record TimeReached : ValidatorInput;

    /// <summary>A connection to another node is there. Every validator is connected with every other.</summary>
    /// <param name="Peer">The connection.</param>
    public sealed record PeerConnected(PeerId Peer) : ValidatorInput;

    /// <summary>A connection has ended.</summary>
    /// <param name="Peer">The connection.</param>
    public sealed record PeerDisconnected(PeerId Peer) : ValidatorInput;

    /// <summary>Another node sent bytes.</summary>
    /// <param name="From">The connection they came by.</param>
    /// <param name="Message">The bytes, as another validator's <see cref="ValidatorEffect.Send"/> has them, or anything else.</param>
    public sealed record MessageReceived(PeerId From, ReadOnlyMemory<byte> Message) : ValidatorInput;

    /// <summary>A user of this node submits transactions. Answered by one <see cref="ValidatorEffect.Answer"/>.</summary>
    /// <param name="Encoded">Canonical encodings, in order.</param>
    public sealed record TransactionsSubmitted(ImmutableArray<ReadOnlyMemory<byte>> Encoded) : ValidatorInput;

    /// <summary>The operator wants blocks of this validator to vote on an account, until it is discarded.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="Authorizes">True to admit it, false to drop it.</param>
    public sealed record Proposed(Address Account, bool Authorizes) : ValidatorInput;

    /// <summary>The operator takes a proposal back.</summary>
    /// <param name="Account">The account.</param>
    public sealed record Discarded(Address Account) : ValidatorInput;

    /// <summary>The operator decides a <see cref="SealStatus.FinalityConflict"/>: this branch is the one to follow.</summary>
    /// <param name="Head">Hash of the head of the branch that <see cref="DerChain.Chain.Blockchain.FinalityConflict"/> names.</param>
    public sealed record ReorganisationAccepted(Hash256 Head) : ValidatorInput;
}
