using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Encoding of a block's transactions as a list, and the roots that the header commits to.</summary>
internal static class BlockBody
{
    /// <summary>The list of transactions in its canonical encoding.</summary>
    public static byte[] Encode(ImmutableArray<Transaction> transactions)
    {
        using var writer = new RlpWriter(16 + transactions.Sum(static transaction => transaction.Encoded.Length + 4));
        Write(writer, transactions);
        return writer.ToArray();
    }

    /// <summary>A legacy transaction stands in the list as itself, a typed one as a string of its bytes (EIP-2718).</summary>
    public static void Write(RlpWriter writer, ImmutableArray<Transaction> transactions)
    {
        int list = writer.StartList();
        foreach (Transaction transaction in transactions)
        {
            if (transaction.Content.Type == TransactionType.Legacy)
                writer.WriteEncoded(transaction.Encoded.Span);
            else
                writer.Write(transaction.Encoded.Span);
        }

        writer.EndList(list);
    }

    /// <summary>Reads the list of transactions, which are hashed in one batch.</summary>
    /// <param name="encoded">The bytes; they are kept, not copied.</param>
    /// <param name="transactions">The transactions; none where the result is not valid.</param>
    public static ValidationResult TryDecode(byte[] encoded, out ImmutableArray<Transaction> transactions)
    {
        transactions = [];
        RlpError error = Split(encoded, out List<ReadOnlyMemory<byte>> items, out List<bool> areLists);
        var hashes = new Hash256[items.Count];
        Keccak256.HashMany(CollectionsMarshal.AsSpan(items), hashes);
        var builder = ImmutableArray.CreateBuilder<Transaction>(hashes.Length);
        for (int index = 0; index < hashes.Length; index++)
        {
            ValidationResult result = TransactionCodec.TryDecodeHashed(items[index], hashes[index], out Transaction? transaction);
            if (result.IsValid && areLists[index] != (transaction!.Content.Type == TransactionType.Legacy))
                result = ValidationResult.Fail(ChainError.MalformedRlp, "A legacy transaction stands in the block as a string.");

            if (!result.IsValid)
                return ValidationResult.Fail(result.Error, $"Transaction {index}: {result.Message}");

            builder.Add(transaction!);
        }

        if (error != RlpError.None)
            return ValidationResult.Fail(ChainError.MalformedRlp, $"The list of transactions is not canonical RLP: {error}.");

        transactions = builder.DrainToImmutable();
        return ValidationResult.Valid;
    }

    // The items as far as they can be read, lists with their prefix and strings without, and whether each is a list.
    private static RlpError Split(byte[] encoded, out List<ReadOnlyMemory<byte>> items, out List<bool> areLists)
    {
        items = [];
        areLists = [];
        var outer = new RlpReader(encoded);
        RlpReader list = outer.ReadList();
        while (list.HasMore)
        {
            bool isList = list.NextIsList;
            ReadOnlySpan<byte> item = isList ? list.ReadEncodedItem() : list.ReadBytes();
            if (list.Error != RlpError.None)
                break;

            areLists.Add(isList);
            items.Add(encoded.AsSpan().Overlaps(item, out int offset) ? encoded.AsMemory(offset, item.Length) : default);
        }

        outer.Close(list);
        return outer.Finish();
    }

    /// <summary>Root of the trie of transactions.</summary>
    public static Hash256 TransactionsRoot(ImmutableArray<Transaction> transactions) =>
        OrderedTrie.Root(transactions.Length, (index, writer) => writer.Write(transactions[index].Encoded.Span));

    /// <summary>Root of the trie of receipts.</summary>
    public static Hash256 ReceiptsRoot(ImmutableArray<Receipt> receipts)
    {
        using var encoded = new RlpWriter(300);
        return OrderedTrie.Root(receipts.Length, (index, writer) =>
        {
            encoded.Truncate();
            receipts[index].Write(encoded);
            writer.Write(encoded.Written);
        });
    }
}
