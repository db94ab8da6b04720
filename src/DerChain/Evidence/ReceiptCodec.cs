using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;

namespace DerChain.Evidence;

/// <summary>The one encoding of a receipt (docs/spec/evidence.md, 1.1).</summary>
internal static class ReceiptCodec
{
    private const int MaxSmallNodeBytes = 1024;
    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "DERI"u8;

    public static byte[] Encode(InclusionReceipt receipt)
    {
        using var writer = new RlpWriter(4096);
        writer.WriteEncoded(Magic);
        writer.WriteEncoded([Version]);
        int list = writer.StartList();
        WriteHeaders(writer, receipt.Ancestors);
        receipt.Header.Write(writer);
        writer.Write((ulong)receipt.TransactionIndex);
        WriteNodes(writer, receipt.TransactionNodes);
        WriteNodes(writer, receipt.ReceiptNodes);
        WriteHeaders(writer, receipt.Descendants);
        WriteLeaf(writer, receipt.Leaf);
        writer.EndList(list);
        return writer.ToArray();
    }

    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out InclusionReceipt? receipt)
    {
        receipt = null;
        if (encoded.Length > InclusionReceipt.MaxEncodedBytes)
            return Fail(ReceiptError.TooLarge, $"The receipt has {encoded.Length} bytes; {InclusionReceipt.MaxEncodedBytes} is the most.");

        if (encoded.Length <= Magic.Length || !encoded.StartsWith(Magic))
            return Fail(ReceiptError.NotAReceipt, "The bytes do not begin with DERI and a version.");

        byte version = encoded[Magic.Length];
        if (version != Version)
            return Fail(ReceiptError.VersionUnknown, $"The receipt is of version {version}; version {Version} can be read.");

        var outer = new RlpReader(encoded[(Magic.Length + 1)..]);
        RlpReader fields = outer.ReadList();
        InclusionReceipt read = Read(ref fields);
        outer.Close(fields);
        return Verdict(outer, read, out receipt);
    }

    private static ValidationResult Verdict(in RlpReader outer, InclusionReceipt read, out InclusionReceipt? receipt)
    {
        receipt = null;
        if (outer.Error == RlpError.TooLarge)
            return Fail(ReceiptError.TooLarge, "The receipt has more headers, nodes or hashes than one can have, or a longer one.");

        if (outer.Error != RlpError.None)
            return Fail(ReceiptError.Malformed, $"The receipt is not canonical RLP: {outer.Error}.");

        if (!outer.AtEnd)
            return Fail(ReceiptError.TrailingBytes, "Bytes follow the receipt.");

        receipt = read;
        return ValidationResult.Valid;
    }

    private static InclusionReceipt Read(ref RlpReader fields) => new()
    {
        Ancestors = ReadHeaders(ref fields),
        Header = ReadHeader(ref fields),
        TransactionIndex = ReadIndex(ref fields),
        TransactionNodes = ReadNodes(ref fields, Block.MaxEncodedBytes),
        ReceiptNodes = ReadNodes(ref fields, MaxSmallNodeBytes),
        Descendants = ReadHeaders(ref fields),
        Leaf = ReadLeaf(ref fields),
    };

    private static void WriteHeaders(RlpWriter writer, ImmutableArray<BlockHeader> headers)
    {
        int list = writer.StartList();
        foreach (BlockHeader header in headers)
            header.Write(writer);

        writer.EndList(list);
    }

    private static ImmutableArray<BlockHeader> ReadHeaders(ref RlpReader fields)
    {
        var headers = ImmutableArray.CreateBuilder<BlockHeader>();
        RlpReader list = fields.ReadList();
        while (list.HasMore)
        {
            if (headers.Count == InclusionReceipt.MaxHeaders)
                list.Fail(RlpError.TooLarge);
            else
                headers.Add(ReadHeader(ref list));
        }

        fields.Close(list);
        return headers.ToImmutable();
    }

    private static BlockHeader ReadHeader(ref RlpReader reader)
    {
        ReadOnlySpan<byte> encoded = reader.ReadEncodedItem();
        if (encoded.Length > BlockHeader.MaxEncodedBytes)
            reader.Fail(RlpError.TooLarge);

        var item = new RlpReader(encoded);
        BlockHeader header = BlockHeader.Read(ref item);
        if (reader.Error == RlpError.None && item.Error != RlpError.None)
            reader.Fail(item.Error);

        return header;
    }

    private static int ReadIndex(ref RlpReader reader)
    {
        ulong index = reader.ReadUInt64();
        if (index <= int.MaxValue)
            return (int)index;

        reader.Fail(RlpError.IntegerTooLarge);
        return 0;
    }

    private static void WriteNodes(RlpWriter writer, ImmutableArray<ReadOnlyMemory<byte>> nodes)
    {
        int list = writer.StartList();
        foreach (ReadOnlyMemory<byte> node in nodes)
            writer.Write(node.Span);

        writer.EndList(list);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadNodes(ref RlpReader fields, int maxNodeBytes)
    {
        var nodes = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        RlpReader list = fields.ReadList();
        while (list.HasMore)
        {
            ReadOnlySpan<byte> node = list.ReadBytes();
            if (node.Length > maxNodeBytes || nodes.Count == TrieProof.MaxNodes)
                list.Fail(RlpError.TooLarge);
            else
                nodes.Add(node.ToArray());
        }

        fields.Close(list);
        return nodes.ToImmutable();
    }

    // An empty list where there is no leaf.
    private static void WriteLeaf(RlpWriter writer, ReceiptLeaf? leaf)
    {
        int list = writer.StartList();
        if (leaf is not null)
        {
            writer.Write((ulong)leaf.Index);
            writer.Write(leaf.Content.Span);
            int path = writer.StartList();
            foreach (Hash256 hash in leaf.Path)
                writer.Write(hash);

            writer.EndList(path);
        }

        writer.EndList(list);
    }

    private static ReceiptLeaf? ReadLeaf(ref RlpReader fields)
    {
        RlpReader list = fields.ReadList();
        if (!list.HasMore)
        {
            fields.Close(list);
            return null;
        }

        int index = ReadIndex(ref list);
        byte[] content = list.ReadBytes().ToArray();
        if (content.Length > ReceiptLeaf.MaxContentBytes)
            list.Fail(RlpError.TooLarge);

        ImmutableArray<Hash256> path = ReadPath(ref list);
        fields.Close(list);
        return new ReceiptLeaf(content, index, path);
    }

    private static ImmutableArray<Hash256> ReadPath(ref RlpReader fields)
    {
        var path = ImmutableArray.CreateBuilder<Hash256>();
        RlpReader list = fields.ReadList();
        while (list.HasMore)
        {
            if (path.Count == ReceiptLeaf.MaxPathLength)
                list.Fail(RlpError.TooLarge);
            else
                path.Add(list.ReadHash256());
        }

        fields.Close(list);
        return path.ToImmutable();
    }

    private static ValidationResult Fail(ReceiptError error, string message) => ValidationResult.Fail(error, message);
}
