using System.Buffers.Binary;
using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Storage;

/// <summary>The chain's entries as values. What is read is checked against the hash that commits to it, so an altered entry is an error, never an answer.</summary>
internal sealed class ChainStore(IKeyValueStore store)
{
    // Of about 1 KB each. A header is the same on every branch, and never taken out of a store.
    private const int RememberedHeaders = 1_024;

    private readonly RecentlyUsed<BlockHeader> _headers = new(RememberedHeaders);

    /// <summary>The header of a stored block, or null. It is checked when it is read; one that was recently used is not read again.</summary>
    public BlockHeader? FindHeader(Hash256 blockHash)
    {
        if (_headers.Find(blockHash) is { } known)
            return known;

        byte[]? encoded = store.Get(ChainSchema.Header(blockHash));
        if (encoded is null)
            return null;

        ValidationResult result = BlockHeader.TryDecode(encoded, out BlockHeader? header);
        if (!result.IsValid || header!.ComputeHash() != blockHash)
            throw new StoreCorruptException($"The stored header of block {blockHash} was altered: it does not have this hash.");

        _headers.Add(blockHash, header);
        return header;
    }

    /// <summary>The header of block 0, which must be this genesis over the state root that it names.</summary>
    public BlockHeader FindGenesis(Genesis genesis) =>
        FindCanonicalHash(0) is { } hash && FindHeader(hash) is { } header && GenesisBlock.HeaderOf(genesis, header.StateRoot).Equals(header)
            ? header
            : throw new StoreCorruptException("The store's block 0 is missing or is not that of its genesis: it was damaged.");

    public Block? FindBlock(Hash256 blockHash)
    {
        if (FindHeader(blockHash) is not { } header)
            return null;

        byte[] body = Required(ChainSchema.Body(blockHash), header);
        return Block.TryJoin(header, blockHash, body, out Block? block).IsValid && BlockBody.TransactionsRoot(block!.Transactions) == header.TransactionsRoot
            ? block
            : throw Altered("transactions", header);
    }

    public BlockFindings FindingsOf(Hash256 blockHash, BlockHeader header) =>
        BlockFindings.TryDecode(blockHash, Required(ChainSchema.Findings(blockHash), header)) ?? throw Altered("findings", header);

    public ImmutableArray<Receipt> ReceiptsOf(Block block)
    {
        byte[] encoded = Required(ChainSchema.Receipts(block.Hash), block.Header);
        ImmutableArray<Receipt> receipts = StoredReceipts.TryDecode(encoded, block) ?? throw Altered("receipts", block.Header);
        return BlockBody.ReceiptsRoot(receipts) == block.Header.ReceiptsRoot ? receipts : throw Altered("receipts", block.Header);
    }

    public Hash256? FindCanonicalHash(ulong number) => ReadHash(ChainSchema.CanonicalHash(number));

    public Hash256? FindHead() => ReadHash(ChainSchema.Head);

    public Hash256? FindFinalized() => ReadHash(ChainSchema.Finalized);

    public Hash256? FindConflict() => ReadHash(ChainSchema.Conflict);

    public (ulong Number, int Index)? FindTransactionLocation(Hash256 transactionHash)
    {
        byte[]? value = store.Get(ChainSchema.TransactionLocation(transactionHash));
        if (value is null)
            return null;

        return value.Length == sizeof(ulong) + sizeof(int)
            ? (BinaryPrimitives.ReadUInt64BigEndian(value), BinaryPrimitives.ReadInt32BigEndian(value.AsSpan(sizeof(ulong))))
            : throw new StoreCorruptException($"The stored location of transaction {transactionHash} was altered.");
    }

    public byte[] RuleState(Hash256 stateHash)
    {
        byte[]? encoded = store.Get(ChainSchema.RuleState(stateHash));
        return encoded is not null && Keccak256.Hash(encoded) == stateHash
            ? encoded
            : throw new StoreCorruptException($"The stored rule state {stateHash} is missing or was altered.");
    }

    /// <summary>Writes a block. The header comes last, and after the state: where it stands, all of the block does.</summary>
    public static void PutBlock(WriteBatch batch, Block block, ImmutableArray<Receipt> receipts, BlockFindings findings, byte[]? note)
    {
        EngineNote.Put(batch, block.Hash, note);
        batch.Put(ChainSchema.Body(block.Hash), block.EncodedBody);
        batch.Put(ChainSchema.Receipts(block.Hash), StoredReceipts.Encode(receipts));
        batch.Put(ChainSchema.Findings(block.Hash), findings.Encode(block.Hash));
        batch.Put(ChainSchema.Header(block.Hash), block.Header.Encode());
    }

    /// <summary>Writes what the head's branch says of a block: the number first, since it leads <see cref="CanonicalRecovery"/> to the rest.</summary>
    public static void PutCanonical(WriteBatch batch, Block block)
    {
        batch.Put(ChainSchema.CanonicalHash(block.Number), block.Hash.ToBytes());
        PutLocations(batch, block);
    }

    public static void PutLocations(WriteBatch batch, Block block)
    {
        for (int index = 0; index < block.Transactions.Length; index++)
        {
            var location = new byte[sizeof(ulong) + sizeof(int)];
            BinaryPrimitives.WriteUInt64BigEndian(location, block.Number);
            BinaryPrimitives.WriteInt32BigEndian(location.AsSpan(sizeof(ulong)), index);
            batch.Put(ChainSchema.TransactionLocation(block.Transactions[index].Hash), location);
        }
    }

    /// <summary>Takes back <see cref="PutCanonical"/>: the number first, so that no number stands whose locations are gone.</summary>
    public static void DeleteCanonical(WriteBatch batch, Block block)
    {
        batch.Delete(ChainSchema.CanonicalHash(block.Number));
        foreach (Transaction transaction in block.Transactions)
            batch.Delete(ChainSchema.TransactionLocation(transaction.Hash));
    }

    private Hash256? ReadHash(byte[] key)
    {
        byte[]? value = store.Get(key);
        if (value is null)
            return null;

        return value.Length == Hash256.Length
            ? Hash256.FromBytes(value)
            : throw new StoreCorruptException($"The stored {ChainSchema.Describe(key)} was altered: it is not a hash.");
    }

    private byte[] Required(byte[] key, BlockHeader header) =>
        store.Get(key) ?? throw new StoreCorruptException($"Block {header.Number}: the {ChainSchema.Describe(key)} are missing from the store.");

    private static StoreCorruptException Altered(string what, BlockHeader header) =>
        new($"Block {header.Number}: the stored {what} were altered and do not match the header {header.ComputeHash()}.");
}
