using System.Collections.Immutable;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Validators.Protocol;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Consensus.Tests.Validators.Protocol;

[Collection(nameof(Alone))]
public sealed class MessageCodecTests(ITestOutputHelper output)
{
    private static readonly Hash256 Hash = Hash256.FromBytes([.. Enumerable.Range(1, 32).Select(static value => (byte)value)]);
    private static readonly Address Account = Address.FromBytes([.. Enumerable.Range(1, 20).Select(static value => (byte)value)]);

    private static ImmutableArray<ValidatorMessage> All =>
    [
        new StatusMessage(Hash, Account, new BlockReference(ulong.MaxValue, Hash)),
        new TransactionsMessage([]),
        new TransactionsMessage([new byte[] { 1, 2, 3 }, new byte[60]]),
        new NewBlockMessage(new byte[] { 1, 2, 3 }),
        new HeadersRequest(0, []),
        new HeadersRequest(7, [Hash, Hash256.Zero]),
        new HeadersReply(ulong.MaxValue, [new byte[600], new byte[] { 9 }]),
        new BlocksRequest(300, [Hash]),
        new BlocksReply(1, [new byte[1000]]),
    ];

    [Fact]
    public void A_message_is_read_as_it_was_written() => EachCase.Holds(
        All,
        static message => message.ToString()!,
        static message =>
        {
            byte[] encoded = MessageCodec.Encode(message);
            ValidatorMessage read = MessageCodec.TryDecode(encoded)!;
            Assert.IsType(message.GetType(), read);
            Assert.Equal(encoded, MessageCodec.Encode(read));
            Assert.Equal(message is TransactionsMessage, MessageCodec.HasTransactions(encoded));
        });

    [Fact]
    public void The_bytes_of_each_kind_are_pinned() => EachCase.Holds(
        new (ValidatorMessage Message, string Bytes)[]
        {
            (new StatusMessage(Hash, Account, new BlockReference(5, Hash)),
                "f85901a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20940102030405060708090a0b0c0d0e0f1011121314"
                + "05a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
            (new TransactionsMessage([new byte[] { 1, 2 }, new byte[] { 3 }]), "c602c482010203"),
            (new NewBlockMessage(new byte[] { 0xc0 }), "c30381c0"),
            (new HeadersRequest(7, [Hash]), "e40407e1a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
            (new HeadersReply(7, [new byte[] { 1, 2 }]), "c60507c3820102"),
            (new BlocksRequest(7, [Hash]), "e40607e1a00102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"),
            (new BlocksReply(7, []), "c30707c0"),
        },
        static test => test.Message.ToString()!,
        static test => Assert.Equal(test.Bytes, Convert.ToHexStringLower(MessageCodec.Encode(test.Message))));

    [Fact]
    public void A_message_at_its_limit_is_read_and_one_above_is_refused() => EachCase.Holds(
        new (string Name, int Limit, Func<int, ValidatorMessage> Make)[]
        {
            ("transactions", MessageLimits.Transactions, static count => new TransactionsMessage([.. Items(count)])),
            ("locator", MessageLimits.Locator, static count => new HeadersRequest(1, [.. new Hash256[count]])),
            ("headers", MessageLimits.Headers, static count => new HeadersReply(1, [.. Items(count)])),
            ("hashes", MessageLimits.Blocks, static count => new BlocksRequest(1, [.. new Hash256[count]])),
            ("blocks", MessageLimits.Blocks, static count => new BlocksReply(1, [.. Items(count)])),
            ("bytes", MessageLimits.Bytes - 9, static count => new NewBlockMessage(new byte[count])),
        },
        static test => test.Name,
        static test =>
        {
            Assert.NotNull(MessageCodec.TryDecode(MessageCodec.Encode(test.Make(test.Limit))));
            Assert.Null(MessageCodec.TryDecode(MessageCodec.Encode(test.Make(test.Limit + 1))));
        });

    [Fact]
    public async Task Mutated_messages_are_refused_or_read_as_what_they_say() => output.WriteLine(await Fuzzer.RunAsync(
        [
            new FuzzTarget<ValidatorMessage>(
                "message", [.. All.Select(MessageCodec.Encode)], static input => MessageCodec.TryDecode(input), MessageCodec.Encode)
            {
                AllocatedPerByte = 80,
                IsRlp = true,
            },
        ],
        TimeSpan.FromSeconds(5),
        fullCount: 1_000_000));

    private static IEnumerable<ReadOnlyMemory<byte>> Items(int count) => Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[] { 1 }, count);
}
