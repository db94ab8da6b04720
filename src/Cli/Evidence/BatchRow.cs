using DerChain.Chain;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Evidence;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Evidence;
using DerChain.Market.Records;

namespace DerChain.Cli.Evidence;

/// <summary>A row of a batch that is kept beside the chain, as the leaf of a receipt.</summary>
internal static class BatchRow
{
    /// <summary>Reads a row of the batch that a transaction's record commits to.</summary>
    /// <exception cref="UserErrorException">The record commits to no batch, the file is not that batch, or the row is not there.</exception>
    public static ReceiptLeaf Read(Blockchain chain, Hash256 transaction, string path, int row)
    {
        if (chain.FindTransaction(transaction) is not { } found)
            throw new UserErrorException($"The chain holds no transaction {transaction}.");

        ReadOnlySpan<byte> payload = found.Block.Transactions[found.Index].Content.Data.Span;
        if (!RecordCodec.TryDecode(payload, out MarketRecord? record, out _) || LeafRoot.Of(record) is not { } committed)
            throw new UserErrorException($"The transaction {transaction} carries no record that commits to a batch.");

        SaltedBatch batch = ReadFile(path, committed);
        if (row >= batch.Rows.Length)
            throw new UserErrorException($"--row is {row}; the batch has {batch.Rows.Length} rows, counted from 0.");

        return batch.Disclose(row) is { } shown
            ? new ReceiptLeaf(shown.Leaf.ToBytes(), shown.Index, shown.Path)
            : throw new UserErrorException($"Row {row} of '{path}' was erased.");
    }

    private static SaltedBatch ReadFile(string path, LeafRoot committed)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"There is no file of a batch at '{path}'.");

        if (new FileInfo(path).Length > BatchFile.MaxEncodedBytes)
            throw new UserErrorException($"'{path}' is larger than the file of a batch can be.");

        ValidationResult result = BatchFile.TryRead(File.ReadAllBytes(path), committed, out SaltedBatch? batch);
        return result.IsValid ? batch! : throw new UserErrorException($"'{path}' is not the batch that the record commits to. {result.Message}");
    }
}
