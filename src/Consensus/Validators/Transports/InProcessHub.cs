using System.Collections.Concurrent;

namespace DerChain.Consensus.Validators.Transports;

/// <summary>Connects nodes of one process, each with every other, as long as they run. They exchange encoded bytes alone.</summary>
/// <remarks>A connection that a node ends because its peer broke a rule stays ended until one of the two is started again.</remarks>
/// <threadsafety>Thread-safe.</threadsafety>
public sealed class InProcessHub
{
    private readonly Lock _gate = new();
    private readonly List<InProcessTransport> _running = [];
    private ulong _lastPeer;

    /// <summary>A transport for one node, or for one after the other.</summary>
    public IValidatorTransport CreateTransport() => new InProcessTransport(this);

    private void Join(InProcessTransport joining, NodeInbox inbox)
    {
        lock (_gate)
        {
            if (_running.Contains(joining))
                throw new InvalidOperationException("A transport serves one node at a time.");

            joining.Inbox = inbox;
            foreach (InProcessTransport other in _running)
                Connect(joining, other);

            _running.Add(joining);
        }
    }

    private void Leave(InProcessTransport leaving)
    {
        lock (_gate)
        {
            _running.Remove(leaving);
            foreach (PeerId peer in leaving.Links.Keys)
                Disconnect(leaving, peer);
        }
    }

    private void Connect(InProcessTransport left, InProcessTransport right)
    {
        var rightSeenByLeft = new PeerId(++_lastPeer);
        var leftSeenByRight = new PeerId(++_lastPeer);
        left.Inbox!.Connected(rightSeenByLeft);
        right.Inbox!.Connected(leftSeenByRight);
        left.Links[rightSeenByLeft] = new Link(right, leftSeenByRight);
        right.Links[leftSeenByRight] = new Link(left, rightSeenByLeft);
    }

    private void Disconnect(InProcessTransport transport, PeerId peer)
    {
        lock (_gate)
        {
            if (!transport.Links.TryRemove(peer, out Link? link))
                return;

            link.Other.Links.TryRemove(link.SeenByOther, out _);
            link.Other.Inbox!.Disconnected(link.SeenByOther);
        }
    }

    private sealed record Link(InProcessTransport Other, PeerId SeenByOther);

    private sealed class InProcessTransport(InProcessHub hub) : IValidatorTransport
    {
        public NodeInbox? Inbox { get; set; }

        public ConcurrentDictionary<PeerId, Link> Links { get; } = [];

        public async Task RunAsync(NodeInbox inbox, CancellationToken stop)
        {
            hub.Join(this, inbox);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (stop.Register(stopped.SetResult).ConfigureAwait(false))
                await stopped.Task.ConfigureAwait(false);

            hub.Leave(this);
        }

        public bool TrySend(PeerId to, ReadOnlyMemory<byte> message) =>
            Links.TryGetValue(to, out Link? link) && link.Other.Inbox!.Received(link.SeenByOther, message);

        public void Disconnect(PeerId peer, string reason) => hub.Disconnect(this, peer);
    }
}
