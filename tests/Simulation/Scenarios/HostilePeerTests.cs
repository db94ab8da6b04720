using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Validators.Protocol;
using DerChain.Testing.Simulation;

namespace DerChain.Simulation.Tests.Scenarios;

/// <summary>What a hostile peer sends costs it its connection, or is dropped; the node goes on.</summary>
public sealed class HostilePeerTests
{
    private readonly SimulatedNetwork _network = new(new SimulationOptions { Validators = 3 });
    private readonly SimulatedNode _victim;

    public HostilePeerTests()
    {
        _victim = _network.Nodes[0];
        _network.Start(_network.Nodes);
        _network.AdvanceUntil(() => _network.Result.Blocks >= 5, 60_000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(MessageLimits.Bytes)]
    [InlineData(MessageLimits.Bytes + 1)]
    public void Bytes_that_are_no_message_cost_the_connection(int length) => AssertRefused(new byte[length]);

    [Fact]
    public void More_items_than_the_protocol_allows_cost_the_connection()
    {
        ReadOnlyMemory<byte> item = new byte[1];
        AssertRefused(MessageCodec.Encode(new TransactionsMessage([.. Enumerable.Repeat(item, MessageLimits.Transactions + 1)])));
        AssertRefused(MessageCodec.Encode(new HeadersRequest(1, [.. Enumerable.Repeat(_victim.Head.Hash, MessageLimits.Locator + 1)])));
        AssertRefused(MessageCodec.Encode(new BlocksRequest(1, [.. Enumerable.Repeat(_victim.Head.Hash, MessageLimits.Blocks + 1)])));
    }

    [Fact]
    public void A_transaction_that_is_none_costs_the_connection() =>
        AssertRefused(MessageCodec.Encode(new TransactionsMessage([new byte[] { 0xC0 }])));

    [Fact]
    public void A_chain_of_another_genesis_costs_the_connection() =>
        AssertRefused(MessageCodec.Encode(new StatusMessage(Hash256.Zero, _victim.Address, new(9, Hash256.Zero))));

    [Fact]
    public void Blocks_that_break_a_rule_cost_the_connection()
    {
        Block block = _victim.Chain.FindBlock(3)!;
        SimulatedNode signer = _network.Nodes.Single(node => node.Address == _victim.Chain.Engine.GetAuthor(block.Header));
        var branch = new Branch(_network);
        int index = Array.IndexOf(Branch.InOrder(_network), signer);
        AssertRefused(Branch.Message(branch.Alter(block, index, header => header with { Difficulty = 3 - header.Difficulty })));
        AssertRefused(Branch.Message(branch.Alter(block, index, static header => header with { Timestamp = header.Timestamp - 1 })));
        AssertRefused(Branch.Message(branch.Alter(block, index, static header => header with { StateRoot = Hash256.Zero })));
        AssertRefused(Branch.Message(branch.Alter(block, (index + 1) % 3, static header => header)));
        AssertRefused(MessageCodec.Encode(new NewBlockMessage(new byte[] { 0xC0 })));
    }

    [Fact]
    public void Answers_that_nobody_asked_for_are_dropped()
    {
        ImmutableArray<ReadOnlyMemory<byte>> many = [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[100], 64)];
        SimulatedPeer peer = _network.ConnectPeer(_victim);
        peer.Send(MessageCodec.Encode(new HeadersReply(1, many)));
        peer.Send(MessageCodec.Encode(new BlocksReply(1, many)));
        AssertGoesOn();
        Assert.True(peer.IsConnected);
    }

    [Fact]
    public void Heads_that_do_not_exist_are_asked_for_and_do_not_stop_the_node()
    {
        SimulatedPeer peer = _network.ConnectPeer(_victim);
        for (byte i = 1; i <= 100; i++)
        {
            byte[] hash = new byte[Hash256.Length];
            hash[0] = i;
            peer.Send(MessageCodec.Encode(new StatusMessage(_victim.Chain.GenesisHash, _victim.Address, new(1_000_000, Hash256.FromBytes(hash)))));
        }

        AssertGoesOn();
        Assert.Contains(peer.Received, static message => MessageCodec.TryDecode(message.Span) is HeadersRequest);
    }

    private void AssertRefused(byte[] message)
    {
        SimulatedPeer peer = _network.ConnectPeer(_victim);
        _network.Advance(100);
        Assert.True(peer.IsConnected);
        peer.Send(message);
        _network.Advance(200);
        Assert.False(peer.IsConnected);
        AssertGoesOn();
    }

    private void AssertGoesOn()
    {
        ulong now = _network.Result.Blocks;
        Assert.True(_network.AdvanceUntil(() => _network.AllHeadsEqual && _network.Result.Blocks >= now + 6, 20_000));
        Assert.Equal(0UL, _network.Result.Reorganisations);
    }
}
