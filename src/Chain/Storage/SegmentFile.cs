using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace DerChain.Chain.Storage;

/// <summary>Segments in a LiteDB file, numbered from 1 without gaps, each a document with a checksum; appended together or not at all, never changed.</summary>
/// <remarks>LiteDB 5.0.20 acknowledges a commit before its background thread has written it, and concurrent writers can damage its file. Hence one
/// writer at a time, one transaction for what is appended together, and a checkpoint, which waits for the disk, before that is acknowledged.</remarks>
/// <threadsafety>Reads beside one append.</threadsafety>
internal sealed class SegmentFile : IDisposable
{
    private const string CollectionName = "segments";
    private const string SegmentField = "s";
    private const string ChecksumField = "c";

    // LiteDB's finalizers end the process where they meet a transaction that failed on a damaged page. A database that failed is therefore neither
    // disposed of nor forgotten: its file stays open until the process ends.
    private static readonly ConcurrentBag<LiteDatabase> Failed = [];

    private readonly string _path;
    private readonly CommitDurability _durability;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _segments;
    private int _count;
    private volatile bool _hasFailed;

    private SegmentFile(string path, CommitDurability durability, LiteDatabase database)
    {
        _path = path;
        _durability = durability;
        _database = database;
        _segments = database.GetCollection(CollectionName, BsonAutoId.Int32);
    }

    /// <summary>The mark of a LiteDB 5 file, in its first page.</summary>
    public static FileSignature Signature { get; } = new("LiteDB", 32, "** This is a LiteDB file **"u8.ToArray());

    /// <summary>Opens a file, or makes it.</summary>
    public static SegmentFile Open(string path, CommitDurability durability) => new(
        path, durability, new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct }));

    /// <summary>The same over streams, so that a test can stand below LiteDB.</summary>
    /// <param name="data">In place of the file.</param>
    /// <param name="log">In place of LiteDB's log beside it.</param>
    /// <param name="durability">As for a file.</param>
    internal static SegmentFile Open(Stream data, Stream log, CommitDurability durability) => new(
        "stream", durability, new LiteDatabase(new LiteEngine(new EngineSettings { DataStream = data, LogStream = log })));

    /// <summary>All segments in order, when the file is opened.</summary>
    /// <exception cref="StoreCorruptException">A segment is missing or does not have its checksum.</exception>
    public IEnumerable<byte[]> ReadAll()
    {
        foreach (BsonDocument document in _segments.Find(Query.All("_id")))
        {
            if (!document["_id"].IsInt32 || document["_id"].AsInt32 != _count + 1)
                throw Damaged(_count + 1);

            _count++;
            yield return Checked(_count, document);
        }
    }

    /// <summary>One segment.</summary>
    /// <exception cref="StoreCorruptException">It is missing or does not have its checksum.</exception>
    public byte[] Read(int number) => Checked(number, Find(number) ?? throw Damaged(number));

    /// <summary>Appends segments, durably where the file was opened so. After a failure the file may hold them or not; only opening it again tells.</summary>
    /// <exception cref="StoreException">They could not be written, or nothing could before.</exception>
    public void Append(IReadOnlyList<byte[]> segments)
    {
        if (_hasFailed)
            throw new StoreException($"The store '{_path}' failed before. Close it and open it again.");

        try
        {
            _database.BeginTrans();
            for (int index = 0; index < segments.Count; index++)
                _segments.Insert(Document(_count + 1 + index, segments[index]));

            _database.Commit();
            if (_durability == CommitDurability.Durable)
                _database.Checkpoint();
        }
        catch (Exception exception)
        {
            TryRollback();
            _hasFailed = true;
            throw new StoreException($"The store '{_path}' could not be written: {exception.Message} Close it, see that its disk has room, and open it again.", exception);
        }

        _count += segments.Count;
    }

    /// <summary>The error of a segment that is not as it was written.</summary>
    public StoreCorruptException Damaged(int number) => new(
        $"The store '{_path}' is damaged: segment {number} is missing or does not have the checksum it was written with. "
        + "Restore the file from another validator's copy.");

    /// <summary>The error of a file that LiteDB cannot read.</summary>
    public static StoreCorruptException Unreadable(string path, Exception exception) => new(
        $"The file '{path}' is not a readable store (LiteDB says: {exception.Message}). Restore it from another validator's copy.", exception);

    /// <summary>Closes the file, unless LiteDB has failed on it.</summary>
    public void Dispose()
    {
        if (_hasFailed)
            Abandon();
        else
            _database.Dispose();
    }

    /// <summary>Leaves the file open until the process ends, because LiteDB failed on it.</summary>
    public void Abandon() => Failed.Add(_database);

    private static BsonDocument Document(int number, byte[] segment) => new()
    {
        ["_id"] = number,
        [SegmentField] = segment,
        [ChecksumField] = unchecked((int)Crc32C.Of((uint)number, segment)),
    };

    private void TryRollback()
    {
        try
        {
            _database.Rollback();
        }
        catch (Exception exception) when (exception is LiteException or IOException or ObjectDisposedException)
        {
            // The write failed already; what its log holds unconfirmed is discarded when the file is next opened.
        }
    }

    private BsonDocument? Find(int number)
    {
        try
        {
            return _segments.FindById(number);
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            _hasFailed = true;
            throw Unreadable(_path, exception);
        }
    }

    private byte[] Checked(int number, BsonDocument document)
    {
        BsonValue segment = document[SegmentField];
        BsonValue checksum = document[ChecksumField];
        return segment.IsBinary && checksum.IsInt32 && unchecked((uint)checksum.AsInt32) == Crc32C.Of((uint)number, segment.AsBinary)
            ? segment.AsBinary
            : throw Damaged(number);
    }
}
