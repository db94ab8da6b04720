using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>Which records to find. A part that is null asks for nothing; the others must all hold.</summary>
public sealed record LedgerQuery
{
    /// <summary>Kind of the record.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>Account that signed it.</summary>
    public Address? Sender { get; init; }

    /// <summary>Device that one of its rows is about.</summary>
    public ResourceId? Resource { get; init; }

    /// <summary>The record is about an interval that starts at this instant or later, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long? FromUnixSeconds { get; init; }

    /// <summary>The record is about an interval that starts before this instant, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long? BeforeUnixSeconds { get; init; }

    /// <summary>True where a record matches.</summary>
    public bool Matches(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RecordSubject subject = RecordSubject.Of(entry.Record);
        return (Kind is null || entry.Record.Kind == Kind)
            && (Sender is null || entry.Sender == Sender)
            && (FromUnixSeconds is null || subject.LastStartUnixSeconds >= FromUnixSeconds)
            && (BeforeUnixSeconds is null || subject.FirstStartUnixSeconds < BeforeUnixSeconds)
            && (Resource is not { } resource || subject.Resources.Contains(resource));
    }
}
