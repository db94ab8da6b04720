using DerChain.Chain.Transactions;
using DerChain.Market.Scenario;

namespace DerChain.RecordFiles;

/// <summary>A market day as a folder of files: <c>scenario.json</c>, and CSV with one file for each kind of record and device.</summary>
/// <remarks>What is written and read again gives the same messages in the same order, byte for byte, and so the same chain. Source of
/// files, columns and order: docs/record-files.md.</remarks>
public static class MarketDayFiles
{
    /// <summary>Writes a day. The files are made in a folder beside it that takes its name when they are complete; memory does not
    /// grow with the day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="seed">Seed from which the participants' keys follow.</param>
    /// <param name="chainId">Chain id of the day's transactions; 1 to 2⁶³ − 19.</param>
    /// <param name="folder">Where to: a folder that is empty or does not exist.</param>
    /// <exception cref="ArgumentException">The chain id is out of range, the ledger would not take a message, or messages are not in the
    /// order that files keep.</exception>
    /// <exception cref="IOException">The folder is not empty, or a file cannot be written; then nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing there is not allowed.</exception>
    public static void Write(MarketDay day, ulong seed, ulong chainId, string folder)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfZero(chainId);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chainId, TransactionCodec.MaxChainId);
        NewFolder.Write(folder, partial => MarketDayWriter.Write(day, seed, chainId, partial));
    }

    /// <summary>Reads a day, and checks all of it as its ledger would: whatever the files hold, this does not throw.</summary>
    /// <param name="folder">Where the files are; others may be there too.</param>
    /// <returns>The day, or every problem of every file. Where the scenario, participants or devices have problems, records are looked
    /// at for their form alone. A file that cannot be read ends the reading with one problem.</returns>
    public static FileReading<StoredMarketDay> Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var problems = new ProblemList();
        if (!Directory.Exists(folder))
        {
            problems.Add(folder, 0, null, null, "is not a folder");
            return FileReading<StoredMarketDay>.Refused(problems);
        }

        try
        {
            StoredMarketDay? day = MarketDayReader.Read(folder, problems);
            return day is not null && problems.Count == 0
                ? FileReading<StoredMarketDay>.Of(day)
                : FileReading<StoredMarketDay>.Refused(problems);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            problems.Add(folder, 0, null, null, $"cannot be read: {unreadable.Message}");
            return FileReading<StoredMarketDay>.Refused(problems);
        }
    }
}
