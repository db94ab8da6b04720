using DerChain.Chain;
using DerChain.Market.Participants;
using DerChain.RecordFiles.Fields;

namespace DerChain.RecordFiles;

/// <summary>Reads the records of an export back, and checks all that can be checked.</summary>
public static class RecordImport
{
    /// <summary>Checks an export: the manifest, each file's hash and counts, each record's rules and hash, the root, and, where the filter lets through every
    /// registration, that the market's rule admits each record. Whatever the files hold, this does not throw; memory does not grow with them.</summary>
    /// <param name="folder">Where the files are; others may be there too.</param>
    /// <param name="chain">A chain that <see cref="MarketRule"/> governs, on which every record must stand where the files say, and which must have no other that
    /// the filter lets through; null to trust the manifest for that.</param>
    /// <returns>The records, or every problem of every file.</returns>
    /// <exception cref="ArgumentException">The chain has another rule or none.</exception>
    /// <exception cref="Chain.Storage.StoreException">The chain's store could not be read, or what it holds was altered.</exception>
    public static FileReading<ImportedRecords> Read(string folder, Blockchain? chain = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var problems = new ProblemList();
        if (!Directory.Exists(folder))
        {
            problems.Add(folder, 0, null, null, "is not a folder");
            return FileReading<ImportedRecords>.Refused(problems);
        }

        try
        {
            ImportedRecords? records = RecordFolder.Check(folder, chain, problems);
            return records is not null && problems.Count == 0
                ? FileReading<ImportedRecords>.Of(records)
                : FileReading<ImportedRecords>.Refused(problems);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(folder, 0, null, null, $"cannot be read: {unreadable.Message}");
            return FileReading<ImportedRecords>.Refused(problems);
        }
    }
}
