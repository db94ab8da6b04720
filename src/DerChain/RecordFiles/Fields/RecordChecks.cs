using System.Collections.Immutable;
using System.Globalization;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Ledger;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>What is checked of a record by itself.</summary>
internal static class RecordChecks
{
    private const string RowWord = "Row ";

    /// <summary>Checks the record's rules and that it has the hash that its line states.</summary>
    /// <returns>The hash; null where there is a problem.</returns>
    public static Hash256? Check(LocatedRecord record, ProblemList problems)
    {
        LedgerEntry entry = record.Filed.Entry;
        if (RecordRules.Check(entry.Record) is { } error)
        {
            Report(record, error.Message, problems);
            return null;
        }

        Hash256? hash = HashOf(entry);
        if (hash == record.Filed.RecordHash) return hash;
        problems.Add(
            record.File, record.Line, "recordHash", record.Filed.RecordHash.ToString(),
            hash is null ? $"is not the hash of a record: its payload would be longer than {RecordCodec.MaxPayloadLength} bytes" : $"is not the hash of the record, which is {hash}");
        return null;
    }

    /// <summary>A record that breaks no rule can only be refused for its length.</summary>
    private static Hash256? HashOf(LedgerEntry entry)
    {
        try
        {
            return Keccak256.Hash(RecordCodec.Encode(entry.Record));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A rule's sentence is "Row 3: EnergyW 5 is not ...", or without the row. Its field is named as in the files, but for the first letter.
    private static void Report(LocatedRecord record, string message, ProblemList problems)
    {
        string sentence = message.TrimEnd('.');
        int row = 0;
        int colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        bool hasRow = colon > 0 && sentence.StartsWith(RowWord, StringComparison.Ordinal)
            && int.TryParse(sentence.AsSpan(RowWord.Length, colon - RowWord.Length), CultureInfo.InvariantCulture, out row);
        if (hasRow) sentence = sentence[(colon + 2)..];

        string? column = ColumnOf(record.Filed.Entry.Record.Kind, sentence);
        bool isCsv = record.File != RecordFile.JsonLines.Name;
        string? path = column is null || isCsv || !hasRow ? column : string.Create(CultureInfo.InvariantCulture, $"rows[{row}].{column}");
        problems.Add(record.File, isCsv ? record.Line + row : record.Line, path, null, sentence);
    }

    private static string? ColumnOf(RecordKind kind, string sentence)
    {
        string field = sentence.Split([' ', '.'], 2)[0];
        string name = char.ToLowerInvariant(field[0]) + field[1..];
        ImmutableArray<string> columns = [.. RecordColumns.Of(kind).Names.Skip(RecordColumns.Row + 1)];
        return columns.Contains(name) ? name : columns.FirstOrDefault(column => column.StartsWith(name, StringComparison.Ordinal));
    }
}
