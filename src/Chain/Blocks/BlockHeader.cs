using System.Buffers.Binary;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Header of a block: 15 fields, and from London on a 16th, in the order of their encoding (Yellow Paper, section 4.3; EIP-1559).</summary>
/// <remarks>Equal headers have equal hashes.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed record BlockHeader
{
    /// <summary>Largest encoding that is read: a Clique checkpoint header with 1,000 authorities is about 21 KB.</summary>
    public const int MaxEncodedBytes = 64 * 1024;

    /// <summary>Keccak-256 of the RLP of an empty list: the ommers hash of every block of this ledger.</summary>
    public static readonly Hash256 EmptyOmmersHash = Keccak256.Hash([0xc0]);

    // What the hash was computed of stands beside it, since "with" copies this field too.
    private volatile HashOf? _hash;

    /// <summary>Hash of the parent's header.</summary>
    public required Hash256 ParentHash { get; init; }

    /// <summary>Hash of the list of ommers.</summary>
    public Hash256 OmmersHash { get; init; } = EmptyOmmersHash;

    /// <summary>Beneficiary (JSON <c>miner</c>). Under Clique the account voted on; fees go to the recovered signer instead (EIP-225).</summary>
    public Address Beneficiary { get; init; }

    /// <summary>Root of the state trie after the block.</summary>
    public required Hash256 StateRoot { get; init; }

    /// <summary>Root of the trie of the block's transactions.</summary>
    public required Hash256 TransactionsRoot { get; init; }

    /// <summary>Root of the trie of the block's receipts.</summary>
    public required Hash256 ReceiptsRoot { get; init; }

    /// <summary>Bloom over the block's logs; empty here.</summary>
    public Bloom LogsBloom { get; init; } = Bloom.Empty;

    /// <summary>Difficulty. Under Clique 2 in turn and 1 out of turn.</summary>
    public required UInt256 Difficulty { get; init; }

    /// <summary>Number of the block: the paper's height. Genesis is 0.</summary>
    public required ulong Number { get; init; }

    /// <summary>Highest gas the block may use.</summary>
    public required ulong GasLimit { get; init; }

    /// <summary>Gas that the block's transactions used.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Time of the block in seconds since 1970-01-01T00:00:00Z.</summary>
    public required ulong Timestamp { get; init; }

    /// <summary>Free bytes. Under Clique 32 of vanity, at checkpoints the signers, and 65 of seal (EIP-225).</summary>
    public required ReadOnlyMemory<byte> ExtraData { get; init; }

    /// <summary>32 bytes of proof of work; zero under Clique.</summary>
    public Hash256 MixHash { get; init; }

    /// <summary>8 bytes of proof of work, as a big-endian number. Under Clique the vote: all ones authorises, zero drops.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Base fee per gas in wei, from London on (EIP-1559); null before.</summary>
    public UInt256? BaseFeePerGas { get; init; }

    /// <summary>Reads the canonical encoding of a header.</summary>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out BlockHeader? header)
    {
        header = null;
        if (encoded.Length > MaxEncodedBytes)
            return ValidationResult.Fail(ChainError.TooLarge, $"A header of {encoded.Length} bytes is above the limit of {MaxEncodedBytes}.");

        var reader = new RlpReader(encoded);
        BlockHeader read = Read(ref reader);
        RlpError error = reader.Finish();
        if (error != RlpError.None)
            return ValidationResult.Fail(ChainError.MalformedRlp, $"The header is not canonical RLP: {error}.");

        header = read;
        return ValidationResult.Valid;
    }

    /// <summary>The canonical encoding.</summary>
    public byte[] Encode()
    {
        using var writer = new RlpWriter(640);
        Write(writer);
        return writer.ToArray();
    }

    /// <summary>Keccak-256 of the encoding: the block's hash. It is computed once.</summary>
    public Hash256 ComputeHash()
    {
        HashOf? computed = _hash;
        if (computed is null || !ReferenceEquals(computed.Header, this))
            _hash = computed = new HashOf(this, HashWith(ExtraData.Span));

        return computed.Hash;
    }

    /// <summary>Equal where the hashes are.</summary>
    public bool Equals(BlockHeader? other) => other is not null && (ReferenceEquals(this, other) || ComputeHash() == other.ComputeHash());

    /// <inheritdoc/>
    public override int GetHashCode() => ComputeHash().GetHashCode();

    /// <summary>Keccak-256 of the encoding with other extra data.</summary>
    internal Hash256 HashWith(ReadOnlySpan<byte> extraData)
    {
        using var writer = new RlpWriter(640);
        Write(writer, extraData);
        return Keccak256.Hash(writer.Written);
    }

    internal void Write(RlpWriter writer) => Write(writer, ExtraData.Span);

    private void Write(RlpWriter writer, ReadOnlySpan<byte> extraData)
    {
        int list = writer.StartList();
        writer.Write(ParentHash);
        writer.Write(OmmersHash);
        writer.Write(Beneficiary);
        writer.Write(StateRoot);
        writer.Write(TransactionsRoot);
        writer.Write(ReceiptsRoot);
        writer.Write(LogsBloom.Bytes.Span);
        writer.Write(Difficulty);
        writer.Write(Number);
        writer.Write(GasLimit);
        writer.Write(GasUsed);
        writer.Write(Timestamp);
        writer.Write(extraData);
        writer.Write(MixHash);
        Span<byte> nonce = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(nonce, Nonce);
        writer.Write(nonce);
        if (BaseFeePerGas is { } baseFee)
            writer.Write(baseFee);

        writer.EndList(list);
    }

    /// <summary>Reads the header that is the next item.</summary>
    internal static BlockHeader Read(ref RlpReader reader)
    {
        ReadOnlySpan<byte> encoded = reader.ReadEncodedItem();
        var item = new RlpReader(encoded);
        RlpReader fields = item.ReadList();
        var header = new BlockHeader
        {
            ParentHash = fields.ReadHash256(),
            OmmersHash = fields.ReadHash256(),
            Beneficiary = fields.ReadAddress(),
            StateRoot = fields.ReadHash256(),
            TransactionsRoot = fields.ReadHash256(),
            ReceiptsRoot = fields.ReadHash256(),
            LogsBloom = Bloom.FromBytes(fields.ReadBytes(Bloom.Length)),
            Difficulty = fields.ReadUInt256(),
            Number = fields.ReadUInt64(),
            GasLimit = fields.ReadUInt64(),
            GasUsed = fields.ReadUInt64(),
            Timestamp = fields.ReadUInt64(),
            ExtraData = fields.ReadBytes().ToArray(),
            MixHash = fields.ReadHash256(),
            Nonce = BinaryPrimitives.ReadUInt64BigEndian(fields.ReadBytes(sizeof(ulong))),
            BaseFeePerGas = fields.HasMore ? fields.ReadUInt256() : null,
        };
        item.Close(fields);
        reader.Close(item);

        // What was read strictly is written as it was read.
        if (reader.Error == RlpError.None)
            header._hash = new HashOf(header, Keccak256.Hash(encoded));

        return header;
    }

    private sealed class HashOf(BlockHeader header, Hash256 hash)
    {
        public BlockHeader Header => header;

        public Hash256 Hash => hash;
    }
}
