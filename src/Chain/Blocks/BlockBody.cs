using System.Collections.Immutable;
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

    /// <summary>Reads the list of transactions.</summary>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out ImmutableArray<Transaction> transactions)
    {
        transactions = [];
        var outer = new RlpReader(encoded);
        RlpReader items = outer.ReadList();
        var builder = ImmutableArray.CreateBuilder<Transaction>();
        while (items.HasMore)
        {
            bool isLegacy = items.NextIsList;
            byte[] item = (isLegacy ? items.ReadEncodedItem() : items.ReadBytes()).ToArray();
            if (items.Error != RlpError.None)
                break;

            ValidationResult result = TransactionCodec.TryDecode(item, out Transaction? transaction);
            if (result.IsValid && isLegacy != (transaction!.Content.Type == TransactionType.Legacy))
                result = ValidationResult.Fail(ChainError.MalformedRlp, "A legacy transaction stands in the block as a string.");

            if (!result.IsValid)
                return ValidationResult.Fail(result.Error, $"Transaction {builder.Count}: {result.Message}");

            builder.Add(transaction!);
        }

        outer.Close(items);
        RlpError error = outer.Finish();
        if (error != RlpError.None)
            return ValidationResult.Fail(ChainError.MalformedRlp, $"The list of transactions is not canonical RLP: {error}.");

        transactions = builder.DrainToImmutable();
        return ValidationResult.Valid;
    }

    /// <summary>Root of the trie of transactions.</summary>
    public static Hash256 TransactionsRoot(ImmutableArray<Transaction> transactions) =>
        OrderedTrie.Root(transactions.Length, index => transactions[index].Encoded.Span);

    /// <summary>Root of the trie of receipts.</summary>
    public static Hash256 ReceiptsRoot(ImmutableArray<Receipt> receipts) =>
        OrderedTrie.Root(receipts.Length, index => receipts[index].Encode());
}
