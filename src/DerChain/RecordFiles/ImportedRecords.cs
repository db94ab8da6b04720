using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.RecordFiles.Fields;

namespace DerChain.RecordFiles;

/// <summary>The records of an export whose files were checked.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class ImportedRecords
{
    private readonly string _folder;

    internal ImportedRecords(string folder, RecordManifest manifest, Registry? registry)
    {
        _folder = folder;
        Manifest = manifest;
        Registry = registry;
    }

    /// <summary>What the export holds, and of which chain.</summary>
    public RecordManifest Manifest { get; }

    /// <summary>Who takes part and which devices there are after the last record; null where the filter leaves out registrations.</summary>
    public Registry? Registry { get; }

    /// <summary>Reads the records, in the order of the chain. Memory does not grow with their number.</summary>
    /// <returns>The records; they are read from the files again each time.</returns>
    /// <exception cref="IOException">A file cannot be read, or was changed since it was checked.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public IEnumerable<LedgerEntry> Read()
    {
        var problems = new ProblemList();
        var root = new Market.Evidence.MerkleRoot();
        foreach (LocatedRecord record in RecordSource.AllOf(Manifest, _folder, problems).Take(1).SelectMany(static source => source.Read()))
        {
            if (problems.Count > 0 || RecordChecks.Check(record, problems) is not { } hash) break;
            root.Add(RecordExport.LeafOf(hash));
            yield return record.Filed.Entry;
        }

        if (problems.Count > 0 || root.Value != Manifest.Root) throw new IOException($"The files in '{_folder}' were changed since they were checked.");
    }
}
