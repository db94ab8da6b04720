using System.Collections.Concurrent;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;
using DerChain.Consensus.Validators.Transports;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>A transport whose other end is the test.</summary>
internal sealed class HandTransport : IValidatorTransport
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where the test puts in what its peers do; there when the node is started.</summary>
    public NodeInbox Inbox { get; private set; } = null!;

    public ConcurrentQueue<(PeerId To, ValidatorMessage Message)> Sent { get; } = [];

    public ConcurrentQueue<(PeerId Peer, string Reason)> Ended { get; } = [];

    /// <summary>What <see cref="TrySend"/> throws; null for nothing.</summary>
    public Exception? SendFailure { get; set; }

    /// <summary>Lets the transport end before it is told to; with an exception, fail.</summary>
    public void End(Exception? failure)
    {
        if (failure is null)
            _ended.SetResult();
        else
            _ended.SetException(failure);
    }

    public Task RunAsync(NodeInbox inbox, CancellationToken stop)
    {
        Inbox = inbox;
        return _ended.Task.WaitAsync(stop);
    }

    public bool TrySend(PeerId to, ReadOnlyMemory<byte> message)
    {
        if (SendFailure is { } failure)
            throw failure;

        Sent.Enqueue((to, MessageCodec.TryDecode(message.Span)!));
        return true;
    }

    public void Disconnect(PeerId peer, string reason) => Ended.Enqueue((peer, reason));
}
