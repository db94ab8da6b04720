using DerChain.Chain.Storage;
using Microsoft.Data.Sqlite;

namespace DerChain.Storage.Sqlite;

/// <summary>What SQLite reports, as exceptions of a store that say what to do.</summary>
internal static class SqliteFailure
{
    // Result codes: https://sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;

    /// <summary>Whether SQLite, or the way its rows are read, says that the file is not as it was written.</summary>
    public static StoreException Of(string path, Exception exception) => exception switch
    {
        StoreException found => found,
        SqliteException { SqliteErrorCode: Full } => Unusable(path, "its disk is full. Free some space and open it again", exception),
        SqliteException { SqliteErrorCode: ReadOnly } => Unusable(path, "its file or folder is read-only. Allow writing and open it again", exception),
        SqliteException { SqliteErrorCode: Busy } => Unusable(path, "another program uses it. Close that and open it again", exception),
        SqliteException { SqliteErrorCode: CannotOpen } => Unusable(path, "its file cannot be opened. Check path and permissions", exception),
        SqliteException { SqliteErrorCode: InputOutput } => Unusable(path, "its disk fails. Check the disk and open it again", exception),
        IOException or UnauthorizedAccessException => Unusable(path, "its file cannot be opened. Check path and permissions", exception),
        SqliteException { SqliteErrorCode: not Corrupt } => Unusable(path, "SQLite failed. Open it again", exception),
        _ => new StoreCorruptException(Sentence(path, exception.Message), exception),
    };

    /// <summary>The file is not as it was written.</summary>
    public static StoreCorruptException Damaged(string path, string finding) => new(Sentence(path, finding));

    private static StoreException Unusable(string path, string reason, Exception exception) =>
        new($"The store '{path}' cannot be used: {reason}; what was acknowledged is kept. (SQLite: {exception.Message})", exception);

    private static string Sentence(string path, string finding) =>
        $"The store '{path}' is damaged: {finding}. Restore the file from another validator's copy.";
}
