using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>A block: its header and its transactions. The list of ommers, the third part of the encoding, is always empty.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Block
{
    /// <summary>Largest encoding that is read: 15 MiB, four times a block full of data at a gas limit of 60 million, and the longest value of a store.</summary>
    public const int MaxEncodedBytes = 15 * 1024 * 1024;

    private byte[]? _encodedBody;

    /// <summary>Puts header and transactions together. They are not checked against each other.</summary>
    public Block(BlockHeader header, ImmutableArray<Transaction> transactions)
    {
        ArgumentNullException.ThrowIfNull(header);
        Header = header;
        Transactions = transactions;
        Hash = header.ComputeHash();
    }

    private Block(BlockHeader header, ImmutableArray<Transaction> transactions, Hash256 hash, byte[] encodedBody)
    {
        Header = header;
        Transactions = transactions;
        Hash = hash;
        _encodedBody = encodedBody;
    }

    /// <summary>The header.</summary>
    public BlockHeader Header { get; }

    /// <summary>The transactions in order.</summary>
    public ImmutableArray<Transaction> Transactions { get; }

    /// <summary>The header's hash.</summary>
    public Hash256 Hash { get; }

    /// <summary>Number of the block: the paper's height.</summary>
    public ulong Number => Header.Number;

    /// <summary>The list of transactions in its canonical encoding.</summary>
    internal byte[] EncodedBody => _encodedBody ??= BlockBody.Encode(Transactions);

    /// <summary>Reads the canonical encoding: a list of header, transactions and (empty) ommers.</summary>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out Block? block)
    {
        block = null;
        if (encoded.Length > MaxEncodedBytes)
            return ValidationResult.Fail(ChainError.TooLarge, $"A block of {encoded.Length} bytes is above the limit of {MaxEncodedBytes}.");

        var outer = new RlpReader(encoded);
        RlpReader parts = outer.ReadList();
        BlockHeader header = BlockHeader.Read(ref parts);
        ReadOnlySpan<byte> body = parts.ReadEncodedItem();
        RlpReader ommers = parts.ReadList();
        bool hasOmmers = !ommers.AtEnd;
        outer.Close(parts);
        RlpError error = outer.Finish();
        if (error != RlpError.None)
            return ValidationResult.Fail(ChainError.MalformedRlp, $"The block is not canonical RLP: {error}.");

        if (hasOmmers)
            return ValidationResult.Fail(ChainError.OmmersNotEmpty, "The block has ommers; this ledger has none.");

        return TryJoin(header, header.ComputeHash(), body.ToArray(), out block);
    }

    /// <summary>Puts a header and an encoded list of transactions together. They are not checked against each other.</summary>
    /// <param name="header">The header.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="encodedBody">The list; it is kept, not copied.</param>
    /// <param name="block">The block; null where the list is not one.</param>
    internal static ValidationResult TryJoin(BlockHeader header, Hash256 hash, byte[] encodedBody, out Block? block)
    {
        ValidationResult result = BlockBody.TryDecode(encodedBody, out ImmutableArray<Transaction> transactions);
        block = result.IsValid ? new Block(header, transactions, hash, encodedBody) : null;
        return result;
    }

    /// <summary>The canonical encoding.</summary>
    public byte[] Encode()
    {
        byte[] body = EncodedBody;
        using var writer = new RlpWriter(1024 + body.Length);
        int list = writer.StartList();
        Header.Write(writer);
        writer.WriteEncoded(body);
        writer.EndList(writer.StartList());
        writer.EndList(list);
        return writer.ToArray();
    }
}
