using System.Threading.Channels;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>What waits for a <see cref="ValidatorNode"/>: two queues for each connection, one for the calls of its own user, and the timer. The node takes one
/// of each in turn, so that no peer keeps another, or the user, waiting for more than its place.</summary>
/// <remarks>Transactions, of peers and of the user, wait until the rest is done, lest a block that waits behind hundreds of them misses its slot; but never
/// for more than <see cref="UrgentInARow"/> other messages. A transport calls <see cref="Connected"/>, then <see cref="Received"/> for each message in order, then <see cref="Disconnected"/>.</remarks>
/// <threadsafety>Thread-safe; the calls of one connection come one after another. None of them waits.</threadsafety>
public sealed class NodeInbox
{
    /// <summary>Longest message of the protocol in bytes. A transport may end a connection that announces a longer one; the node does so where it gets one.</summary>
    public const int MaxMessageBytes = MessageLimits.Bytes;

    /// <summary>How many blocks, requests and the like are taken in a row while transactions wait: 16.</summary>
    public const int UrgentInARow = 16;

    private const int MaxWaitingCalls = 64;

    private readonly Lock _gate = new();
    private readonly Channel<bool> _ready = Channel.CreateUnbounded<bool>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Queue<Source> _urgent = [];
    private readonly Queue<Source> _patient = [];
    private readonly Dictionary<PeerId, Peer> _peers = [];
    private readonly Source _user = new(isUrgent: false);
    private readonly Source _timer = new(isUrgent: true);
    private readonly Channel<NodeCall> _calls = Channel.CreateBounded<NodeCall>(MaxWaitingCalls);
    private readonly Func<ulong> _clock;
    private readonly int _maxMessages;
    private readonly long _maxBytes;
    private long _dropped;
    private int _urgentInARow;
    private bool _isClosed;

    internal NodeInbox(int maxMessagesPerPeer, int maxBytesPerPeer, Func<ulong> clock)
    {
        _clock = clock;
        _maxMessages = maxMessagesPerPeer;
        _maxBytes = maxBytesPerPeer;
    }

    /// <summary>Messages dropped so far because too many of their connection waited.</summary>
    internal long Dropped
    {
        get
        {
            lock (_gate)
                return _dropped;
        }
    }

    /// <summary>A connection is there.</summary>
    /// <param name="peer">Its number: never one that was used before.</param>
    /// <exception cref="ArgumentException">A connection has that number.</exception>
    public void Connected(PeerId peer)
    {
        lock (_gate)
        {
            var connected = new Peer();
            if (!_peers.TryAdd(peer, connected))
                throw new ArgumentException($"There is a connection {peer} already.", nameof(peer));

            Add(connected.Others, new Item(new ValidatorInput.PeerConnected(peer)));
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
            if (!_peers.TryGetValue(from, out Peer? peer))
                return false;

            if (peer.Messages == _maxMessages || (peer.Messages > 0 && peer.Bytes + message.Length > _maxBytes))
            {
                _dropped++;
                return false;
            }

            peer.Messages++;
            peer.Bytes += message.Length;
            Source source = MessageCodec.HasTransactions(message.Span) ? peer.Transactions : peer.Others;
            Add(source, new Item(new ValidatorInput.MessageReceived(from, message), peer));
            return true;
        }
    }

    /// <summary>A connection has ended. What waits of it is dropped.</summary>
    /// <param name="peer">The connection; one that the node has ended itself is nothing to do.</param>
    public void Disconnected(PeerId peer)
    {
        lock (_gate)
        {
            if (!_peers.Remove(peer, out Peer? connected))
                return;

            bool isHeardOf = !connected.Others.Waiting.TryPeek(out Item? first) || first.Input is not ValidatorInput.PeerConnected;
            connected.Clear();
            if (isHeardOf)
                Add(connected.Others, new Item(new ValidatorInput.PeerDisconnected(peer)));
        }
    }

    /// <summary>The node ends a connection: what waits of it, and what still comes, is not heard.</summary>
    internal void Forget(PeerId peer)
    {
        lock (_gate)
        {
            if (_peers.Remove(peer, out Peer? connected))
                connected.Clear();
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
            if (_timer.Waiting.Count == 0)
                Add(_timer, new Item(new ValidatorInput.TimeReached()));
        }
    }

    /// <summary>Waits for room and puts a call in.</summary>
    /// <exception cref="ChannelClosedException">The inbox is closed.</exception>
    internal async Task CallAsync(NodeCall call, CancellationToken cancellationToken)
    {
        await _calls.Writer.WriteAsync(call, cancellationToken).ConfigureAwait(false);
        lock (_gate)
            Add(_user, new Item(call.Input));
    }

    /// <summary>Takes what is next, each source in turn. One reader.</summary>
    /// <returns>Null when closed.</returns>
    internal async ValueTask<Item?> TakeAsync()
    {
        while (await _ready.Reader.WaitToReadAsync().ConfigureAwait(true))
        {
            while (_ready.Reader.TryRead(out _))
            {
                if (TakeNext() is { } next)
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

    private void Add(Source source, Item item)
    {
        source.Waiting.Enqueue(item with { AtUnixMilliseconds = _clock() });
        if (source.Waiting.Count == 1)
            Line(source);
    }

    // A source stands in its line once while something waits in it, and once more where it was emptied meanwhile.
    private void Line(Source source)
    {
        (source.IsUrgent ? _urgent : _patient).Enqueue(source);
        _ready.Writer.TryWrite(true);
    }

    private Source NextSource()
    {
        bool takesUrgent = _urgent.Count > 0 && (_patient.Count == 0 || _urgentInARow < UrgentInARow);
        _urgentInARow = takesUrgent && _patient.Count > 0 ? _urgentInARow + 1 : 0;
        return (takesUrgent ? _urgent : _patient).Dequeue();
    }

    private Item? TakeNext()
    {
        lock (_gate)
        {
            Source source = NextSource();
            if (_isClosed || !source.Waiting.TryDequeue(out Item? item))
                return null;

            if (source.Waiting.Count > 0)
                Line(source);

            if (item.From is { } peer && item.Input is ValidatorInput.MessageReceived received)
            {
                peer.Messages--;
                peer.Bytes -= received.Message.Length;
            }

            item = item with { AtUnixMilliseconds = HeardUntil() };
            return source == _user && _calls.Reader.TryRead(out NodeCall? call) ? item with { Input = call.Input, Call = call } : item;
        }
    }

    // The time now, or that of the first block or the like that has arrived and is not read. A node that has more to read than it can must not take a block
    // that waits for one that is late, and seal in its place.
    private ulong HeardUntil()
    {
        ulong until = _clock();
        foreach (Source source in _urgent)
        {
            if (source != _timer && source.Waiting.TryPeek(out Item? unread))
                until = Math.Min(until, unread.AtUnixMilliseconds);
        }

        return until;
    }

    /// <summary>What waits, and from <see cref="TakeAsync"/> what is to be done.</summary>
    /// <param name="Input">What happened.</param>
    /// <param name="From">The connection it came by; null for the node's own.</param>
    /// <param name="Call">The call to answer; null for all else.</param>
    /// <param name="AtUnixMilliseconds">When it came; of one that was taken, up to when all has been heard.</param>
    internal sealed record Item(ValidatorInput Input, Peer? From = null, NodeCall? Call = null, ulong AtUnixMilliseconds = 0);

    internal sealed class Peer
    {
        public Source Transactions { get; } = new(isUrgent: false);

        public Source Others { get; } = new(isUrgent: true);

        public int Messages { get; set; }

        public long Bytes { get; set; }

        public void Clear()
        {
            Transactions.Waiting.Clear();
            Others.Waiting.Clear();
        }
    }

    /// <summary>What waits, in the order in which it came.</summary>
    internal sealed class Source(bool isUrgent)
    {
        public bool IsUrgent => isUrgent;

        public Queue<Item> Waiting { get; } = [];
    }
}
