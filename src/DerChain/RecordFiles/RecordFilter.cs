using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>Which records of a chain an export is of. The parts must all hold.</summary>
public sealed record RecordFilter
{
    /// <summary>Kinds of record; empty for all. A correction is of the kind <see cref="RecordKind.Correction"/>, whatever it corrects.</summary>
    public ImmutableArray<RecordKind> Kinds { get; init; } = [];

    /// <summary>Account that signed; null for all.</summary>
    public Address? Sender { get; init; }

    /// <summary>Device that one of the rows is about; null for all.</summary>
    public ResourceId? Resource { get; init; }

    /// <summary>Number of the first block.</summary>
    public ulong FirstBlock { get; init; }

    /// <summary>Number of the last block; null for the head's.</summary>
    public ulong? LastBlock { get; init; }

    // Who takes part and which devices there are follows from the records alone.
    internal bool HasEveryRegistration =>
        FirstBlock <= 1 && Sender is null && Resource is null
        && (Kinds.IsEmpty || (Kinds.Contains(RecordKind.ParticipantRegistration) && Kinds.Contains(RecordKind.ResourceRegistration)));

    internal bool Matches(LedgerEntry entry) =>
        entry.Location.BlockNumber >= FirstBlock
        && (LastBlock is null || entry.Location.BlockNumber <= LastBlock)
        && (Kinds.IsEmpty || Kinds.Contains(entry.Record.Kind))
        && new LedgerQuery { Sender = Sender, Resource = Resource }.Matches(entry);

    internal IEnumerable<LedgerEntry> Select(MarketLedger ledger) =>
        ledger.Read(FirstBlock).TakeWhile(entry => LastBlock is null || entry.Location.BlockNumber <= LastBlock).Where(Matches);
}
