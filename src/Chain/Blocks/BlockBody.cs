using System.Collections.Immutable;
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
        var writer = new RlpWriter(16 + transactions.Sum(static transaction => transaction.Encoded.Length + 4));
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
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out ImmutableArray<Transaction> transactions)
    {
        transactions = [];
        RlpError error = Split(encoded, out ReadOnlyMemory<byte>[] items, out List<bool> areLists);
        var hashes = new Hash256[items.Length];
        Keccak256.HashMany(items, hashes);
        var builder = ImmutableArray.CreateBuilder<Transaction>(items.Length);
        for (int index = 0; index < items.Length; index++)
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

    // The items as far as they can be read, and whether each is a list.
    private static RlpError Split(ReadOnlySpan<byte> encoded, out ReadOnlyMemory<byte>[] items, out List<bool> areLists)
    {
        var read = new List<ReadOnlyMemory<byte>>();
        areLists = [];
        var outer = new RlpReader(encoded);
        RlpReader list = outer.ReadList();
        while (list.HasMore)
        {
            bool isList = list.NextIsList;
            byte[] item = (isList ? list.ReadEncodedItem() : list.ReadBytes()).ToArray();
            if (list.Error != RlpError.None)
                break;

            read.Add(item);
            areLists.Add(isList);
        }

        outer.Close(list);
        items = [.. read];
        return outer.Finish();
    }

    /// <summary>Root of the trie of transactions.</summary>
    public static Hash256 TransactionsRoot(ImmutableArray<Transaction> transactions) =>
        OrderedTrie.Root(transactions.Length, index => transactions[index].Encoded.Span);

    /// <summary>Root of the trie of receipts.</summary>
    public static Hash256 ReceiptsRoot(ImmutableArray<Receipt> receipts) =>
        OrderedTrie.Root(receipts.Length, index => receipts[index].Encode());
}
