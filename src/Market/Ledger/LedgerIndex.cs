using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>Where one record stands and what it is about.</summary>
internal readonly record struct IndexedRecord(
    RecordKind Kind, Address Sender, long FirstStartUnixSeconds, long LastStartUnixSeconds, ulong BlockNumber, int TransactionIndex);

/// <summary>Positions of a chain's records by kind, sender and resource, each list in the order of the chain. It follows from the chain alone and is
/// never stored.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class LedgerIndex
{
    private readonly List<IndexedRecord> _records = [];
    private readonly Dictionary<RecordKind, List<int>> _byKind = [];
    private readonly Dictionary<Address, List<int>> _bySender = [];
    private readonly Dictionary<ResourceId, List<int>> _byResource = [];

    /// <summary>The last block that is indexed; null before the first.</summary>
    public (ulong Number, Hash256 Hash)? LastBlock { get; private set; }

    /// <summary>Adds the records of the next block.</summary>
    public void Add(ulong number, Hash256 hash, IEnumerable<LedgerEntry> entries)
    {
        foreach (LedgerEntry entry in entries)
            Add(entry);

        LastBlock = (number, hash);
    }

    /// <summary>Records that match, in the order of the chain: the list of the narrowest part that the query names, filtered by the other parts.</summary>
    public IEnumerable<IndexedRecord> Find(LedgerQuery query)
    {
        List<int>? positions = null;
        if (query.Resource is { } resource)
            positions = _byResource.GetValueOrDefault(resource) ?? [];
        else if (query.Sender is { } sender)
            positions = _bySender.GetValueOrDefault(sender) ?? [];
        else if (query.Kind is { } kind)
            positions = _byKind.GetValueOrDefault(kind) ?? [];

        IEnumerable<IndexedRecord> candidates = positions?.Select(position => _records[position]) ?? _records;
        return candidates.Where(record => Matches(record, query));
    }

    private static bool Matches(in IndexedRecord record, LedgerQuery query) =>
        (query.Kind is null || record.Kind == query.Kind)
        && (query.Sender is null || record.Sender == query.Sender)
        && (query.FromUnixSeconds is null || record.LastStartUnixSeconds >= query.FromUnixSeconds)
        && (query.BeforeUnixSeconds is null || record.FirstStartUnixSeconds < query.BeforeUnixSeconds);

    private static void Append<TKey>(Dictionary<TKey, List<int>> lists, TKey key, int position)
        where TKey : struct
    {
        if (!lists.TryGetValue(key, out List<int>? positions))
            lists[key] = positions = [];

        positions.Add(position);
    }

    private void Add(LedgerEntry entry)
    {
        int position = _records.Count;
        RecordSubject subject = RecordSubject.Of(entry.Record);
        RecordLocation location = entry.Location;
        _records.Add(new IndexedRecord(
            entry.Record.Kind,
            entry.Sender,
            subject.FirstStartUnixSeconds,
            subject.LastStartUnixSeconds,
            location.BlockNumber,
            location.TransactionIndex));
        Append(_byKind, entry.Record.Kind, position);
        Append(_bySender, entry.Sender, position);
        foreach (ResourceId resource in subject.Resources)
            Append(_byResource, resource, position);
    }
}
