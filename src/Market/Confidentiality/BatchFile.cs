using System.Collections.Immutable;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;
using DerChain.Market.Evidence;

namespace DerChain.Market.Confidentiality;

/// <summary>Why bytes are not the file of a batch (docs/spec/evidence.md, 4).</summary>
public enum BatchFileError
{
    /// <summary>The file, a row, or the number of rows is larger than the limit.</summary>
    TooLarge = 1,

    /// <summary>The bytes do not begin as the file of a batch does.</summary>
    NotABatchFile = 2,

    /// <summary>The file is of another version of the format.</summary>
    VersionUnknown = 3,

    /// <summary>What follows the version is not the one encoding of a batch.</summary>
    Malformed = 4,

    /// <summary>Bytes follow the batch.</summary>
    TrailingBytes = 5,

    /// <summary>The batch has other rows, or another order of rows, than the record on the chain commits to.</summary>
    RootMismatch = 6,
}

/// <summary>The file in which the rows of a batch are kept beside the chain: one encoding for each batch.</summary>
/// <threadsafety>All members are pure.</threadsafety>
public static class BatchFile
{
    /// <summary>Largest file in bytes: 256 MiB.</summary>
    public const int MaxEncodedBytes = 256 * 1024 * 1024;

    /// <summary>Longest content of a row in bytes: the longest payload of a record, and a signature.</summary>
    public const int MaxContentBytes = (1024 * 1024) + 65;

    private const byte Version = 1;

    private static ReadOnlySpan<byte> Magic => "DERB"u8;

    /// <summary>Writes a batch, with what was not erased.</summary>
    public static byte[] Encode(SaltedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var writer = new RlpWriter(4096);
        writer.WriteEncoded(Magic);
        writer.WriteEncoded([Version]);
        int list = writer.StartList();
        foreach (BatchRow row in batch.Rows)
            Write(writer, row);

        writer.EndList(list);
        return writer.ToArray();
    }

    /// <summary>Reads a file and compares it with the record on the chain. Whatever the bytes are, this does not throw.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="committed">Root and count of the record (<see cref="LeafRoot.Of"/>).</param>
    /// <param name="batch">The batch, or null where the result is not valid.</param>
    /// <returns>Valid, or a <see cref="BatchFileError"/>.</returns>
    public static ValidationResult TryRead(ReadOnlySpan<byte> encoded, LeafRoot committed, out SaltedBatch? batch)
    {
        batch = null;
        ValidationResult result = TryDecode(encoded, out SaltedBatch? read);
        if (!result.IsValid)
            return result;

        if (read!.Root != committed)
            return Fail(BatchFileError.RootMismatch, $"The {read.Rows.Length} rows have the root {read.Root.Root}; the record commits to {committed.Count} and {committed.Root}.");

        batch = read;
        return result;
    }

    /// <summary>Reads a file of whatever batch.</summary>
    internal static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out SaltedBatch? batch)
    {
        batch = null;
        if (encoded.Length > MaxEncodedBytes)
            return Fail(BatchFileError.TooLarge, $"The file has {encoded.Length} bytes; {MaxEncodedBytes} is the most.");

        if (encoded.Length <= Magic.Length || !encoded.StartsWith(Magic))
            return Fail(BatchFileError.NotABatchFile, "The bytes do not begin with DERB and a version.");

        if (encoded[Magic.Length] != Version)
            return Fail(BatchFileError.VersionUnknown, $"The file is of version {encoded[Magic.Length]}; version {Version} can be read.");

        var outer = new RlpReader(encoded[(Magic.Length + 1)..]);
        ImmutableArray<BatchRow> rows = ReadRows(ref outer);
        if (outer.Error != RlpError.None)
            return outer.Error == RlpError.TooLarge
                ? Fail(BatchFileError.TooLarge, $"The file has more than {SaltedBatch.MaxRows} rows, or one of more than {MaxContentBytes} bytes.")
                : Fail(BatchFileError.Malformed, $"The file is not canonical RLP: {outer.Error}.");

        if (!outer.AtEnd)
            return Fail(BatchFileError.TrailingBytes, "Bytes follow the batch.");

        batch = new SaltedBatch(rows);
        return ValidationResult.Valid;
    }

    // A row is a list of salt and content; what is left of an erased one is its hash alone.
    private static void Write(RlpWriter writer, BatchRow row)
    {
        if (row.Disclosed is not { } leaf)
        {
            writer.Write(row.LeafHash);
            return;
        }

        int list = writer.StartList();
        writer.Write(leaf.Salt.Span);
        writer.Write(leaf.Content.Span);
        writer.EndList(list);
    }

    private static ImmutableArray<BatchRow> ReadRows(ref RlpReader outer)
    {
        var rows = ImmutableArray.CreateBuilder<BatchRow>();
        RlpReader list = outer.ReadList();
        while (list.HasMore)
        {
            if (rows.Count == SaltedBatch.MaxRows)
                list.Fail(RlpError.TooLarge);
            else
                rows.Add(list.NextIsList ? ReadDisclosed(ref list) : new BatchRow(list.ReadHash256(), null));
        }

        if (rows.Count == 0)
            list.Fail(RlpError.InvalidValue);

        outer.Close(list);
        return rows.ToImmutable();
    }

    private static BatchRow ReadDisclosed(ref RlpReader list)
    {
        RlpReader fields = list.ReadList();
        byte[] salt = fields.ReadBytes(SaltedLeaf.SaltLength).ToArray();
        byte[] content = fields.ReadBytes().ToArray();
        if (content.Length > MaxContentBytes)
            fields.Fail(RlpError.TooLarge);

        list.Close(fields);
        return SaltedBatch.Disclosed(new SaltedLeaf(salt, content));
    }

    private static ValidationResult Fail(BatchFileError error, string message) => ValidationResult.Fail(error, message);
}
