using DerChain.Chain.Primitives;
using DerChain.Consensus.Validators;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Tests.Validators;

/// <summary>In which order a node takes what waits.</summary>
public sealed class NodeInboxTests
{
    private static readonly PeerId Flooder = new(1);
    private static readonly PeerId Quiet = new(2);
    private static readonly byte[] Transactions = MessageCodec.Encode(new TransactionsMessage([]));
    private static readonly byte[] Block = MessageCodec.Encode(new NewBlockMessage(new byte[1]));

    private readonly NodeInbox _inbox;
    private ulong _now = 1_000;

    public NodeInboxTests() => _inbox = new NodeInbox(maxMessagesPerPeer: 256, maxBytesPerPeer: 1024 * 1024, () => _now);

    [Fact]
    public async Task A_quiet_peer_waits_for_one_message_of_a_flooding_one()
    {
        Connect();
        for (int count = 0; count < 100; count++)
            _inbox.Received(Flooder, Block);

        _inbox.Received(Quiet, Block);
        await Take();
        Assert.Equal(Quiet, Sender(await Take()));
    }

    [Fact]
    public async Task A_block_overtakes_the_transactions_that_wait()
    {
        Connect();
        for (int count = 0; count < 100; count++)
            _inbox.Received(Flooder, Transactions);

        _inbox.Received(Flooder, Block);
        Assert.Equal(Block, Message(await Take()));
        Assert.Equal(Transactions, Message(await Take()));
    }

    [Fact]
    public async Task A_call_waits_for_16_blocks_and_the_like_at_most_however_many_come()
    {
        Connect();
        for (int count = 0; count < 100; count++)
            _inbox.Received(Flooder, Block);

        var call = new NodeCall(new ValidatorInput.Discarded(Address.Zero));
        await _inbox.CallAsync(call, TestContext.Current.CancellationToken);
        for (int count = 0; count < NodeInbox.UrgentInARow; count++)
            Assert.Null((await Take()).Call);

        Assert.Same(call, (await Take()).Call);
    }

    // A slot may have passed by the clock, and the block that came within it is not read yet.
    [Fact]
    public async Task A_nodes_time_does_not_run_past_a_block_that_waits()
    {
        Connect();
        _inbox.Received(Quiet, Block);
        _now = 2_000;
        _inbox.Received(Flooder, Block);
        _inbox.Received(Flooder, Transactions);
        _inbox.TimeReached();
        _now = 3_000;
        Assert.Equal(2_000UL, (await Take()).AtUnixMilliseconds);
        Assert.Equal(3_000UL, (await Take()).AtUnixMilliseconds);
        Assert.Equal(3_000UL, (await Take()).AtUnixMilliseconds);
        Assert.Equal(3_000UL, (await Take()).AtUnixMilliseconds);
    }

    [Fact]
    public async Task What_is_taken_makes_room()
    {
        Connect();
        int taken = 0;
        while (_inbox.Received(Flooder, Block))
            taken++;

        Assert.Equal((256, 1), (taken, _inbox.Dropped));
        await Take();
        Assert.True(_inbox.Received(Flooder, Block));
        Assert.False(_inbox.Received(Flooder, Block));
        Assert.True(_inbox.Received(Quiet, Block));
    }

    [Fact]
    public async Task Calls_wait_for_room_and_keep_their_order()
    {
        NodeCall[] calls = [.. Enumerable.Range(0, 200).Select(static _ => new NodeCall(new ValidatorInput.Discarded(Address.Zero)))];
        Task[] put = [.. calls.Select(call => _inbox.CallAsync(call, TestContext.Current.CancellationToken))];
        Assert.Contains(put, static task => !task.IsCompleted);
        foreach (NodeCall call in calls)
            Assert.Same(call, (await Take()).Call);

        await Task.WhenAll(put);
    }

    [Fact]
    public async Task A_closed_inbox_gives_nothing_and_hands_back_the_calls()
    {
        Connect();
        var call = new NodeCall(new ValidatorInput.Discarded(Address.Zero));
        await _inbox.CallAsync(call, TestContext.Current.CancellationToken);
        Assert.Same(call, _inbox.Close().Single());
        Assert.Null(await _inbox.TakeAsync());
        Assert.False(_inbox.Received(Flooder, Block));
    }

    private void Connect()
    {
        foreach (PeerId peer in new[] { Flooder, Quiet })
        {
            _inbox.Connected(peer);
            Assert.IsType<ValidatorInput.PeerConnected>(_inbox.TakeAsync().AsTask().GetAwaiter().GetResult()!.Input);
        }
    }

    private async Task<NodeInbox.Item> Take() => (await _inbox.TakeAsync())!;

    private static PeerId Sender(NodeInbox.Item item) => Assert.IsType<ValidatorInput.MessageReceived>(item.Input).From;

    private static byte[] Message(NodeInbox.Item item) => Assert.IsType<ValidatorInput.MessageReceived>(item.Input).Message.ToArray();
}
