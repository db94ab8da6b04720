using System.Collections.Immutable;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Consensus.Validators.Protocol;

/// <summary>Bytes of a message: an RLP list of its kind and its fields (docs/spec/validator-protocol.md).</summary>
internal static class MessageCodec
{
    private enum Kind : ulong
    {
        Status = 1,
        Transactions = 2,
        NewBlock = 3,
        HeadersRequest = 4,
        HeadersReply = 5,
        BlocksRequest = 6,
        BlocksReply = 7,
    }

    public static byte[] Encode(ValidatorMessage message)
    {
        using var writer = new RlpWriter(256);
        int list = writer.StartList();
        switch (message)
        {
            case StatusMessage status:
                writer.Write((ulong)Kind.Status);
                writer.Write(status.Genesis);
                writer.Write(status.Validator);
                writer.Write(status.Head.Number);
                writer.Write(status.Head.Hash);
                break;
            case TransactionsMessage transactions:
                writer.Write((ulong)Kind.Transactions);
                WriteItems(writer, transactions.Transactions);
                break;
            case NewBlockMessage block:
                writer.Write((ulong)Kind.NewBlock);
                writer.Write(block.Block.Span);
                break;
            case HeadersRequest request:
                writer.Write((ulong)Kind.HeadersRequest);
                writer.Write(request.Id);
                WriteHashes(writer, request.Locator);
                break;
            case HeadersReply reply:
                writer.Write((ulong)Kind.HeadersReply);
                writer.Write(reply.Id);
                WriteItems(writer, reply.Headers);
                break;
            case BlocksRequest request:
                writer.Write((ulong)Kind.BlocksRequest);
                writer.Write(request.Id);
                WriteHashes(writer, request.Hashes);
                break;
            case BlocksReply reply:
                writer.Write((ulong)Kind.BlocksReply);
                writer.Write(reply.Id);
                WriteItems(writer, reply.Blocks);
                break;
            default:
                throw new ArgumentException($"{message.GetType()} is no message of the protocol.", nameof(message));
        }

        writer.EndList(list);
        return writer.ToArray();
    }

    /// <summary>Reads a message. Its blocks, headers and transactions are not looked into.</summary>
    /// <param name="encoded">At most <see cref="MessageLimits.Bytes"/>.</param>
    /// <returns>Null where the bytes are no message of the protocol, or one above its limits.</returns>
    public static ValidatorMessage? TryDecode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length > MessageLimits.Bytes)
            return null;

        var outer = new RlpReader(encoded);
        RlpReader fields = outer.ReadList();
        ValidatorMessage? message = Read((Kind)fields.ReadUInt64(), ref fields);
        outer.Close(fields);
        return outer.Finish() == RlpError.None ? message : null;
    }

    /// <summary>True where the bytes begin as a message of transactions does.</summary>
    public static bool HasTransactions(ReadOnlySpan<byte> encoded)
    {
        var outer = new RlpReader(encoded);
        RlpReader fields = outer.ReadList();
        return (Kind)fields.ReadUInt64() == Kind.Transactions;
    }

    private static ValidatorMessage? Read(Kind kind, ref RlpReader fields) => kind switch
    {
        Kind.Status => ReadStatus(ref fields),
        Kind.Transactions => ReadItems(ref fields, MessageLimits.Transactions) is { } transactions ? new TransactionsMessage(transactions) : null,
        Kind.NewBlock => new NewBlockMessage(fields.ReadBytes().ToArray()),
        Kind.HeadersRequest => ReadId(ref fields, out ulong id) && ReadHashes(ref fields, MessageLimits.Locator) is { } locator
            ? new HeadersRequest(id, locator) : null,
        Kind.HeadersReply => ReadId(ref fields, out ulong id) && ReadItems(ref fields, MessageLimits.Headers) is { } headers
            ? new HeadersReply(id, headers) : null,
        Kind.BlocksRequest => ReadId(ref fields, out ulong id) && ReadHashes(ref fields, MessageLimits.Blocks) is { } hashes
            ? new BlocksRequest(id, hashes) : null,
        Kind.BlocksReply => ReadId(ref fields, out ulong id) && ReadItems(ref fields, MessageLimits.Blocks) is { } blocks
            ? new BlocksReply(id, blocks) : null,
        _ => null,
    };

    private static StatusMessage ReadStatus(ref RlpReader fields)
    {
        Hash256 genesis = fields.ReadHash256();
        Address validator = fields.ReadAddress();
        ulong number = fields.ReadUInt64();
        return new StatusMessage(genesis, validator, new BlockReference(number, fields.ReadHash256()));
    }

    private static bool ReadId(ref RlpReader fields, out ulong id)
    {
        id = fields.ReadUInt64();
        return fields.Error == RlpError.None;
    }

    private static ImmutableArray<ReadOnlyMemory<byte>>? ReadItems(ref RlpReader fields, int limit)
    {
        var found = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        RlpReader items = fields.ReadList();
        while (items.HasMore && found.Count < limit)
            found.Add(items.ReadBytes().ToArray());

        fields.Close(items);
        return fields.Error == RlpError.None ? found.DrainToImmutable() : null;
    }

    private static ImmutableArray<Hash256>? ReadHashes(ref RlpReader fields, int limit)
    {
        var found = ImmutableArray.CreateBuilder<Hash256>();
        RlpReader items = fields.ReadList();
        while (items.HasMore && found.Count < limit)
            found.Add(items.ReadHash256());

        fields.Close(items);
        return fields.Error == RlpError.None ? found.DrainToImmutable() : null;
    }

    private static void WriteItems(RlpWriter writer, ImmutableArray<ReadOnlyMemory<byte>> items)
    {
        int list = writer.StartList();
        foreach (ReadOnlyMemory<byte> item in items)
            writer.Write(item.Span);

        writer.EndList(list);
    }

    private static void WriteHashes(RlpWriter writer, ImmutableArray<Hash256> hashes)
    {
        int list = writer.StartList();
        foreach (Hash256 hash in hashes)
            writer.Write(hash);

        writer.EndList(list);
    }
}
