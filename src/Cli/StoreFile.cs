using DerChain.Chain;
using DerChain.Chain.Storage;
using DerChain.Market.Participants;
using DerChain.Storage.Sqlite;

namespace DerChain.Cli;

/// <summary>The file of a chain's store, of whichever kind: what stands in it tells, and of a new one its name.</summary>
internal static class StoreFile
{
    private static readonly string[] SqliteExtensions = [".sqlite", ".sqlite3"];

    // The first bytes of every SQLite database.
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <summary>Opens a store that is there.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    /// <exception cref="StoreException">The file cannot be opened, is in use, or is not a store.</exception>
    public static IKeyValueStore OpenExisting(string path) =>
        File.Exists(path) ? Open(path) : throw new UserErrorException($"There is no store at '{path}'.");

    /// <summary>Opens a store, or makes it and its folder.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is in use, or is not a store.</exception>
    public static IKeyValueStore OpenOrCreate(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);

        return Open(path);
    }

    /// <summary>What the store says of its chain.</summary>
    /// <exception cref="UserErrorException">It holds no chain.</exception>
    public static StoreIdentity IdentityOf(IKeyValueStore store, string path) =>
        StoreIdentity.Read(store) ?? throw new UserErrorException($"The store '{path}' is empty: it holds no chain.");

    /// <summary>The transaction rule that a store names, or null where it names none.</summary>
    /// <exception cref="UserErrorException">The rule is not known.</exception>
    public static MarketRule? RuleOf(StoreIdentity identity)
    {
        MarketRule? rule = MarketRule.FromIdentity(identity.RuleIdentity);
        return rule is null && identity.RuleIdentity.Length > 0
            ? throw new UserErrorException($"The store's transaction rule '{identity.RuleIdentity}' is not known to this version of DerChain.")
            : rule;
    }

    private static IKeyValueStore Open(string path) => IsSqlite(path) ? SqliteStore.Open(path) : LiteDbStore.Open(path);

    private static bool IsSqlite(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
            return SqliteExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> start = stackalloc byte[SqliteMagic.Length];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..length].SequenceEqual(SqliteMagic);
    }
}
