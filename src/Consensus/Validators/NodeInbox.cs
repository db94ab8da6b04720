using System.Threading.Channels;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>What waits for a <see cref="ValidatorNode"/>: a queue for each connection, one for the calls of its own user, and the timer. The node takes one
/// of each in turn, so that no peer keeps another, or the user, waiting for more than its place.</summary>
/// <remarks>A transport calls <see cref="Connected"/>, then <see cref="Received"/> for each message in order, then <see cref="Disconnected"/>.</remarks>
/// <threadsafety>Thread-safe; the calls of one connection come one after another. None of them waits.</threadsafety>
public sealed class NodeInbox
{
    /// <summary>Longest message of the protocol in bytes. A transport may end a connection that announces a longer one; the node does so where it gets one.</summary>
    public const int MaxMessageBytes = MessageLimits.Bytes;

    private const int MaxWaitingCalls = 64;

    private readonly Lock _gate = new();
    private readonly Channel<Source> _ready = Channel.CreateUnbounded<Source>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<PeerId, Source> _peers = [];
    private readonly Source _user = new();
    private readonly Source _timer = new();
    private readonly Channel<NodeCall> _calls = Channel.CreateBounded<NodeCall>(MaxWaitingCalls);
    private readonly int _maxMessages;
    private readonly long _maxBytes;
    private long _dropped;
    private bool _isClosed;

    internal NodeInbox(int maxMessagesPerPeer, int maxBytesPerPeer)
    {
        _maxMessages = maxMessagesPerPeer;
        _maxBytes = maxBytesPerPeer;
    }

    /// <summary>Messages dropped so far because too many of their connection waited.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>A connection is there.</summary>
    /// <param name="peer">Its number: never one that was used before.</param>
    /// <exception cref="ArgumentException">A connection has that number.</exception>
    public void Connected(PeerId peer)
    {
        lock (_gate)
        {
            var source = new Source();
            if (!_peers.TryAdd(peer, source))
                throw new ArgumentException($"There is a connection {peer} already.", nameof(peer));

            Add(source, new Waiting(new ValidatorInput.PeerConnected(peer)));
        }
    }

    /// <summary>A message has arrived.</summary>
    /// <param name="from">Its connection.</param>
    /// <param name="message">The bytes; they are the node's from now on and must not be changed.</param>
    /// <returns>False where it was dropped: too much of this connection waits, or the node has ended it or does not know it.</returns>
    public bool Received(PeerId from, ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            if (!_peers.TryGetValue(from, out Source? source))
                return false;

            bool hasRoom = source.Messages < _maxMessages && (source.Messages == 0 || source.Bytes + message.Length <= _maxBytes);
            if (hasRoom)
                Add(source, new Waiting(new ValidatorInput.MessageReceived(from, message), Bytes: message.Length, IsMessage: true));
            else
                Interlocked.Increment(ref _dropped);

            return hasRoom;
        }
    }

    /// <summary>A connection has ended. What waits of it is dropped.</summary>
    /// <param name="peer">The connection; one that the node has ended itself is nothing to do.</param>
    public void Disconnected(PeerId peer)
    {
        lock (_gate)
        {
            if (!_peers.Remove(peer, out Source? source))
                return;

            bool isHeardOf = !source.Queue.TryPeek(out Waiting? first) || first.Input is not ValidatorInput.PeerConnected;
            source.Clear();
            if (isHeardOf)
                Add(source, new Waiting(new ValidatorInput.PeerDisconnected(peer)));
        }
    }

    /// <summary>The node ends a connection: what waits of it, and what still comes, is not heard.</summary>
    internal void Forget(PeerId peer)
    {
        lock (_gate)
        {
            if (_peers.Remove(peer, out Source? source))
                source.Clear();
        }
    }

    internal void DisconnectAll()
    {
        lock (_gate)
        {
            foreach (PeerId peer in _peers.Keys.ToArray())
                Disconnected(peer);
        }
    }

    internal void TimeReached()
    {
        lock (_gate)
        {
            if (_timer.Queue.Count == 0)
                Add(_timer, new Waiting(new ValidatorInput.TimeReached()));
        }
    }

    /// <summary>Waits for room and puts a call in.</summary>
    /// <exception cref="ChannelClosedException">The inbox is closed.</exception>
    internal async Task CallAsync(NodeCall call, CancellationToken cancellationToken)
    {
        await _calls.Writer.WriteAsync(call, cancellationToken).ConfigureAwait(false);
        lock (_gate)
            Add(_user, new Waiting(call.Input));
    }

    /// <summary>Takes what is next, each source in turn. One reader.</summary>
    /// <returns>Null when closed.</returns>
    internal async ValueTask<Waiting?> TakeAsync()
    {
        while (await _ready.Reader.WaitToReadAsync().ConfigureAwait(true))
        {
            while (_ready.Reader.TryRead(out Source? source))
            {
                if (TryTake(source) is { } next)
                    return next;
            }
        }

        return null;
    }

    /// <summary>Nothing is taken any more.</summary>
    /// <returns>The calls that waited.</returns>
    internal IReadOnlyList<NodeCall> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _peers.Clear();
        }

        _ready.Writer.TryComplete();
        _calls.Writer.TryComplete();
        var waiting = new List<NodeCall>();
        while (_calls.Reader.TryRead(out NodeCall? call))
            waiting.Add(call);

        return waiting;
    }

    private void Add(Source source, Waiting item)
    {
        source.Put(item);
        if (source.Queue.Count == 1)
            _ready.Writer.TryWrite(source);
    }

    private Waiting? TryTake(Source source)
    {
        lock (_gate)
        {
            if (_isClosed || !source.TryTake(out Waiting? item))
                return null;

            if (source.Queue.Count > 0)
                _ready.Writer.TryWrite(source);

            return source == _user && _calls.Reader.TryRead(out NodeCall? call) ? item! with { Input = call.Input, Call = call } : item;
        }
    }

    internal sealed record Waiting(ValidatorInput Input, NodeCall? Call = null, int Bytes = 0, bool IsMessage = false);

    private sealed class Source
    {
        public Queue<Waiting> Queue { get; } = new();

        public int Messages { get; private set; }

        public long Bytes { get; private set; }

        public void Put(Waiting item)
        {
            Queue.Enqueue(item);
            Count(item, 1);
        }

        public bool TryTake(out Waiting? item)
        {
            bool isThere = Queue.TryDequeue(out item);
            if (isThere)
                Count(item!, -1);

            return isThere;
        }

        public void Clear()
        {
            Queue.Clear();
            Messages = 0;
            Bytes = 0;
        }

        private void Count(Waiting item, int sign)
        {
            Messages += item.IsMessage ? sign : 0;
            Bytes += sign * item.Bytes;
        }
    }
}
