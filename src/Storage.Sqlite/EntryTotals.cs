namespace DerChain.Storage.Sqlite;

/// <summary>Number of the entries and sum of their checksums, modulo 2^64. Kept in the file with every batch: an entry that is lost leaves no trace
/// of its own.</summary>
internal readonly record struct EntryTotals(long Entries, long Checksums)
{
    public EntryTotals With(long checksum) => new(Entries + 1, unchecked(Checksums + checksum));

    public EntryTotals Without(long checksum) => new(Entries - 1, unchecked(Checksums - checksum));
}
