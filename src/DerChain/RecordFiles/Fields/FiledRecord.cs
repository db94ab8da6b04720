using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>A record as a file of an export has it: with where it stands, and with its hash, which is that of the record only where that was checked.</summary>
internal sealed record FiledRecord(LedgerEntry Entry, Hash256 RecordHash)
{
    /// <summary>Names of the fields that say where a record stands.</summary>
    public static readonly ImmutableArray<string> PlaceNames = FieldNames.Of(static fields => VisitPlace(fields, null));

    /// <summary>Place in the order of the chain.</summary>
    public (ulong BlockNumber, int TransactionIndex) Position => (Entry.Location.BlockNumber, Entry.Location.TransactionIndex);

    /// <summary>Goes through where a record of a kind stands, then through the record.</summary>
    public static FiledRecord Visit(RecordFields fields, RecordKind kind, FiledRecord? filed)
    {
        FiledPlace place = VisitPlace(fields, filed);
        return new FiledRecord(
            new LedgerEntry(KindFields.Visit(fields, kind, filed?.Entry.Record), place.Sender, place.Receiver, place.Location), place.RecordHash);
    }

    private static FiledPlace VisitPlace(RecordFields fields, FiledRecord? filed)
    {
        LedgerEntry? entry = filed?.Entry;
        return new FiledPlace(
            new RecordLocation(
                fields.UInt64("blockNumber", entry?.Location.BlockNumber),
                fields.Hash("blockHash", entry?.Location.BlockHash),
                fields.Int64("blockUnixSeconds", entry?.Location.BlockUnixSeconds),
                fields.Int32("transactionIndex", entry?.Location.TransactionIndex),
                fields.Hash("transactionHash", entry?.Location.TransactionHash)),
            fields.Account("sender", entry?.Sender),
            fields.Account("receiver", entry?.Receiver),
            fields.Hash("recordHash", filed?.RecordHash));
    }

    private sealed record FiledPlace(RecordLocation Location, Address Sender, Address Receiver, Hash256 RecordHash);
}

/// <summary>A record of a file, and its line.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Filed">The record.</param>
internal sealed record LocatedRecord(string File, int Line, FiledRecord Filed);
