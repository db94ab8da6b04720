using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace DerChain.Chain.Storage;

/// <summary>Segments in a LiteDB file, numbered from 1 without gaps, each with a checksum; appended together or not at all, never changed.</summary>
/// <remarks>LiteDB 5.0.20 acknowledges a commit before its background thread has written it, and concurrent writers can damage its file. Hence one
/// writer at a time, one transaction for what is appended together, and a checkpoint, which waits for the disk, after each. Speed comes from writing
/// several appends at once.</remarks>
/// <threadsafety>Reads beside one append.</threadsafety>
internal sealed class SegmentFile : IDisposable
{
    // What may be lost with CommitDurability.MayLoseLatestBatches.
    private const int MaxPendingBytes = 1024 * 1024;
    private const string CollectionName = "segments";
    private const string SegmentField = "s";
    private const string ChecksumField = "c";

    // LiteDB's finalizers end the process where they meet a transaction that failed on a damaged page. A database that failed is therefore neither
    // disposed of nor forgotten: its file stays open until the process ends.
    private static readonly ConcurrentBag<LiteDatabase> Failed = [];

    private readonly string _path;
    private readonly int _maxPendingBytes;
    private readonly Lock _gate = new();
    private readonly DiskFailure _disk = new();
    private readonly GuardedFile _data;
    private readonly OrderedLog _log;
    private readonly bool _isLogOurs;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _segments;
    private List<byte[]> _pending = [];
    private int _written;
    private volatile bool _hasFailed;

    private SegmentFile(string path, Stream data, Stream log, int maxPendingBytes)
    {
        _path = path;
        _maxPendingBytes = maxPendingBytes;
        _isLogOurs = log is DurableFile;
        _data = new GuardedFile(data, _disk);
        _log = new OrderedLog(log, _disk);
        _database = OpenDatabase();
        _segments = _database.GetCollection(CollectionName, BsonAutoId.Int32);
    }

    /// <summary>The mark of a LiteDB 5 file, in its first page.</summary>
    public static FileSignature Signature { get; } = new("LiteDB", 32, "** This is a LiteDB file **"u8.ToArray(), 8192);

    /// <summary>Opens a file, or makes it.</summary>
    public static SegmentFile Open(string path, CommitDurability durability) => new(
        path, new DurableFile(path), new DurableFile(LogPath(path)), durability == CommitDurability.Durable ? 0 : MaxPendingBytes);

    /// <summary>The same over streams, so that a test can stand below LiteDB.</summary>
    /// <param name="data">In place of the file.</param>
    /// <param name="log">In place of LiteDB's log beside it.</param>
    /// <param name="maxPendingBytes">Segments that are longer together are written; 0 to write each append at once.</param>
    internal static SegmentFile Open(Stream data, Stream log, int maxPendingBytes) => new("stream", data, log, maxPendingBytes);

    /// <summary>All segments in order, when the file is opened.</summary>
    /// <exception cref="StoreCorruptException">A segment is missing or does not have its checksum.</exception>
    public IEnumerable<byte[]> ReadAll()
    {
        foreach (BsonDocument document in _segments.Find(Query.All("_id")))
        {
            if (!document["_id"].IsInt32 || document["_id"].AsInt32 != _written + 1)
                throw Damaged(_written + 1);

            _written++;
            yield return Checked(_written, document);
        }
    }

    /// <summary>One segment.</summary>
    /// <exception cref="StoreCorruptException">It is missing or does not have its checksum.</exception>
    public byte[] Read(int number)
    {
        lock (_gate)
        {
            if (number > _written)
                return _pending[number - _written - 1];
        }

        return Checked(number, Find(number) ?? throw Damaged(number));
    }

    /// <summary>Appends segments: at once and durably, or with later ones where the file was opened so. After a failure the file may hold them or not; only opening it again tells.</summary>
    /// <exception cref="StoreException">They could not be written, or nothing could before.</exception>
    public void Append(IReadOnlyList<byte[]> segments)
    {
        if (_hasFailed)
            throw new StoreException($"The store '{_path}' failed before. Close it and open it again.");

        lock (_gate)
            _pending.AddRange(segments);

        if (_pending.Sum(static segment => segment.Length) > _maxPendingBytes)
            WritePending();
    }

    /// <summary>The error of a segment that is not as it was written.</summary>
    public StoreCorruptException Damaged(int number) => new(
        $"The store '{_path}' is damaged: segment {number} is missing or does not have the checksum it was written with. "
        + "Restore the file from another validator's copy.");

    /// <summary>The error of a file that LiteDB cannot read.</summary>
    public static StoreCorruptException Unreadable(string path, Exception exception) => new(
        $"The file '{path}' is not a readable store (LiteDB says: {exception.Message}). Restore it from another validator's copy.", exception);

    /// <summary>Writes what is pending and closes the file, unless LiteDB has failed on it.</summary>
    /// <exception cref="StoreException">What was pending could not be written.</exception>
    public void Dispose()
    {
        try
        {
            if (!_hasFailed && _pending.Count > 0)
                WritePending();
        }
        finally
        {
            if (_hasFailed)
                Abandon();
            else
                Close();
        }
    }

    /// <summary>Leaves the file open until the process ends, because LiteDB failed on it.</summary>
    public void Abandon() => Failed.Add(_database);

    // Where LiteDB itself would keep it.
    private static string LogPath(string path) => Path.ChangeExtension(path, null) + "-log" + Path.GetExtension(path);

    // LiteDB leaves streams that it was given open, and their files in place.
    private void Close()
    {
        _database.Dispose();
        bool isLogEmpty = _isLogOurs && _log.Length == 0;
        _data.Dispose();
        _log.Dispose();
        if (isLogEmpty)
            File.Delete(LogPath(_path));
    }

    private LiteDatabase OpenDatabase()
    {
        try
        {
            var database = new LiteDatabase(new LiteEngine(new EngineSettings { DataStream = _data, LogStream = _log }));
            if (_disk.Cause is not null)
                Failed.Add(database);

            _disk.ThrowIfAny();
            return database;
        }
        catch when (_disk.Cause is { } cause)
        {
            throw new IOException(cause.Message, cause);
        }
    }

    private static BsonDocument Document(int number, byte[] segment) => new()
    {
        ["_id"] = number,
        [SegmentField] = segment,
        [ChecksumField] = unchecked((int)Crc32C.Of((uint)number, segment)),
    };

    private void WritePending()
    {
        try
        {
            _database.BeginTrans();
            for (int index = 0; index < _pending.Count; index++)
                _segments.Insert(Document(_written + 1 + index, _pending[index]));

            _database.Commit();
            _database.Checkpoint();
            _disk.ThrowIfAny();
        }
        catch (Exception exception)
        {
            // What LiteDB says after a write that failed is a consequence of it.
            Exception cause = _disk.Cause ?? exception;
            _hasFailed = true;
            TryRollback();
            throw new StoreException(
                $"The store '{_path}' could not be written: {cause.Message} Close it, see that its disk has room, and open it again.", cause);
        }

        lock (_gate)
        {
            _written += _pending.Count;
            _pending = [];
        }
    }

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
