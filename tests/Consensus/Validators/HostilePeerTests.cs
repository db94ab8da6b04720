using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>What a peer may do to a node: cost it little, and its own connection.</summary>
public sealed class HostilePeerTests
{
    private static readonly PeerId Peer = new(1);

    private readonly NodeNetwork _network = new(1);
    private readonly HandTransport _transport = new();
    private readonly ValidatorNode _node;

    public HostilePeerTests()
    {
        _node = _network.Open(_network.Keys[0], _network.Stores[0], _transport);
        _network.Do(_node.StartAsync(NodeNetwork.Token));
        _transport.Inbox.Connected(Peer);
        _network.Pass(seconds: 1);
    }

    [Fact]
    public void What_is_no_message_costs_the_connection() => EachCase.Holds(
        new (string Name, byte[] Message)[]
        {
            ("nothing", []),
            ("one byte", [7]),
            ("text", "hello"u8.ToArray()),
            ("unknown kind", [0xc1, 0x08]),
            ("a byte too many", [.. MessageCodec.Encode(new NewBlockMessage(new byte[3])), 0]),
            ("oversized", new byte[NodeInbox.MaxMessageBytes + 1]),
            ("too many hashes", MessageCodec.Encode(new BlocksRequest(1, [.. new Hash256[MessageLimits.Blocks + 1]]))),
            ("a block that is none", MessageCodec.Encode(new NewBlockMessage(new byte[100]))),
            ("a transaction that is none", MessageCodec.Encode(new TransactionsMessage([new byte[] { 0xc1, 0x80 }]))),
            ("another genesis", MessageCodec.Encode(new StatusMessage(Hash256.Zero, Address.Zero, new BlockReference(0, Hash256.Zero)))),
        },
        static test => test.Name,
        test =>
        {
            var peer = new PeerId((ulong)(100 + _transport.Ended.Count));
            _transport.Inbox.Connected(peer);
            Assert.True(_transport.Inbox.Received(peer, test.Message));
            _network.Scheduler.RunUntilIdle();
            (PeerId Peer, string Reason) ended = _transport.Ended.Last();
            Assert.Equal(peer, ended.Peer);
            Assert.False(string.IsNullOrWhiteSpace(ended.Reason));
            Assert.False(_transport.Inbox.Received(peer, test.Message));
            AssertAlive();
        });

    [Fact]
    public void A_block_of_a_stranger_costs_the_connection_and_is_told()
    {
        using ValidatorEvents events = _node.Subscribe();
        Block block = TestChain.Open(TestChain.GenesisOf(1, _node.Chain.Spec, NodeNetwork.Alice)).Seal(TestChain.Key("stranger"));
        Send(new NewBlockMessage(block.Encode()));
        Assert.Contains(nameof(CliqueError.UnauthorizedSigner), _transport.Ended.Single().Reason, StringComparison.Ordinal);
        _network.Do(_node.StopAsync(NodeNetwork.Token));
        ValidatorEvent.PeerRefused told = _network.Scheduler.RunUntil(ValidatorNodeTests.Read(events)).OfType<ValidatorEvent.PeerRefused>().Single();
        Assert.Equal(_transport.Ended.Single(), (told.Peer, told.Reason));
    }

    [Fact]
    public void Replies_that_nobody_asked_for_are_dropped()
    {
        Block block = TestChain.Open(TestChain.GenesisOf(1, _node.Chain.Spec, NodeNetwork.Alice)).Seal();
        Send(new HeadersReply(1, [block.Header.Encode()]));
        Send(new BlocksReply(1, [block.Encode()]));
        Assert.Equal(0UL, _node.Chain.Head.Header.Number);
        Assert.Empty(_transport.Ended);
        AssertAlive();
    }

    [Fact]
    public void A_flood_is_dropped_above_its_limits_and_the_user_is_served()
    {
        var options = new ValidatorNodeOptions();
        byte[] message = MessageCodec.Encode(new HeadersRequest(1, [_node.Chain.GenesisHash]));
        int taken = Enumerable.Range(0, 10_000).Count(_ => _transport.Inbox.Received(Peer, message));
        Assert.Equal(options.MaxWaitingMessagesPerPeer, taken);
        Assert.Equal(10_000 - taken, _node.DroppedMessages);
        AssertAlive();
    }

    [Fact]
    public void Long_messages_are_bounded_by_their_bytes()
    {
        int limit = new ValidatorNodeOptions().MaxWaitingBytesPerPeer;
        var message = new byte[NodeInbox.MaxMessageBytes];
        int taken = Enumerable.Range(0, 20).Count(_ => _transport.Inbox.Received(Peer, message));
        Assert.Equal(limit / message.Length, taken);
        _network.Scheduler.RunUntilIdle();
        Assert.Equal(Peer, _transport.Ended.Single().Peer);
        AssertAlive();
    }

    [Fact]
    public void A_connection_that_ends_takes_what_waits_of_it_along()
    {
        byte[] message = MessageCodec.Encode(new HeadersRequest(1, [_node.Chain.GenesisHash]));
        Assert.True(_transport.Inbox.Received(Peer, message));
        _transport.Inbox.Disconnected(Peer);
        _transport.Inbox.Disconnected(Peer);
        Assert.False(_transport.Inbox.Received(Peer, message));
        _network.Scheduler.RunUntilIdle();
        Assert.DoesNotContain(_transport.Sent, static sent => sent.Message is HeadersReply);
        AssertAlive();
    }

    [Fact]
    public void A_number_is_used_for_one_connection() =>
        Assert.Throws<ArgumentException>(() => _transport.Inbox.Connected(Peer));

    [Fact]
    public void One_who_does_not_answer_keeps_nobody_from_catching_up()
    {
        TestChain ahead = TestChain.Open(TestChain.GenesisOf(1, _node.Chain.Spec, NodeNetwork.Alice));
        Block block = ahead.Extend();
        var honest = new PeerId(2);
        _transport.Inbox.Connected(honest);
        var status = new StatusMessage(_node.Chain.GenesisHash, Address.Zero, new BlockReference(1, block.Hash));
        Send(status);
        _transport.Inbox.Received(honest, MessageCodec.Encode(status));
        _network.Scheduler.RunUntilIdle();
        Assert.Equal(Peer, _transport.Sent.Last(static sent => sent.Message is HeadersRequest).To);
        _network.Pass(seconds: 6);
        (PeerId to, ValidatorMessage asked) = _transport.Sent.Last(static sent => sent.Message is HeadersRequest);
        Assert.Equal(honest, to);
        _transport.Inbox.Received(honest, MessageCodec.Encode(new HeadersReply(((HeadersRequest)asked).Id, [block.Header.Encode()])));
        _network.Scheduler.RunUntilIdle();
        BlocksRequest blocks = _transport.Sent.Select(static sent => sent.Message).OfType<BlocksRequest>().Single();
        Assert.Equal(block.Hash, blocks.Hashes.Single());
        _transport.Inbox.Received(honest, MessageCodec.Encode(new BlocksReply(blocks.Id, [block.Encode()])));
        _network.Scheduler.RunUntilIdle();
        Assert.Equal(block.Hash, _node.Chain.Head.Hash);
    }

    [Fact]
    public void Headers_that_nobody_sealed_cost_the_connection_and_fetch_nothing()
    {
        TestChain ahead = TestChain.Open(TestChain.GenesisOf(1, _node.Chain.Spec, NodeNetwork.Alice));
        Block block = ahead.Extend();
        Send(new StatusMessage(_node.Chain.GenesisHash, Address.Zero, new BlockReference(1, block.Hash)));
        var asked = (HeadersRequest)_transport.Sent.Last(static sent => sent.Message is HeadersRequest).Message;
        BlockHeader forged = CliqueExtraData.Seal(block.Header, TestChain.Key("stranger"));
        Send(new HeadersReply(asked.Id, [forged.Encode()]));
        Assert.Contains(nameof(CliqueError.UnauthorizedSigner), _transport.Ended.Single().Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_transport.Sent, static sent => sent.Message is BlocksRequest);
        AssertAlive();
    }

    private void Send(ValidatorMessage message)
    {
        Assert.True(_transport.Inbox.Received(Peer, MessageCodec.Encode(message)));
        _network.Scheduler.RunUntilIdle();
    }

    private void AssertAlive()
    {
        Address account = TestChain.Key("any").Address;
        _network.Do(_node.ProposeAsync(account, authorizes: true, NodeNetwork.Token));
        Assert.True(_node.Proposals[account]);
        Assert.False(_node.Completion.IsCompleted);
    }
}
