using System.Collections.Concurrent;
using LiteDB;

namespace DerChain.Chain.Storage;

/// <summary>A store in one LiteDB file (with its log beside it while open): the embedded default, without native code.</summary>
/// <remarks>
/// <para>A batch is a few documents of consecutive numbers, each a segment of writes; where the newest value of a key stands is kept in memory (about
/// 100 bytes a key) and read from the file when it is opened. A document a key would scatter each batch over hundreds of pages, because the keys
/// of a chain are hashes.</para>
/// <para>LiteDB 5.0.20 acknowledges a commit before its background thread has written it, and concurrent writers can damage its file. Hence one
/// writer at a time, one transaction a batch, and a checkpoint, which waits for the disk, before a batch is acknowledged. LiteDB's pages carry no
/// checksums; every segment here carries one.</para>
/// </remarks>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class LiteDbStore : IKeyValueStore
{
    private const string CollectionName = "segments";
    private const string SegmentField = "s";
    private const string ChecksumField = "c";
    private const int SegmentBytes = 64 * 1024;
    private const int RememberedSegments = 16;

    // LiteDB's finalizers end the process where they meet a transaction that failed on a damaged page. A database that failed is therefore neither
    // disposed of nor forgotten: its file stays open until the process ends.
    private static readonly ConcurrentBag<LiteDatabase> Failed = [];

    // The mark of a LiteDB 5 file, in its first page.
    private static readonly FileSignature Signature = new("LiteDB", 32, "** This is a LiteDB file **"u8.ToArray());

    private readonly Lock _writer = new();
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileClaim _claim;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _segments;
    private readonly Dictionary<byte[], Location> _locations = new(KeyOrder.Instance);
    private readonly Dictionary<int, byte[]> _remembered = [];
    private readonly Queue<int> _rememberedOrder = new();
    private int _lastSegment;
    private bool _hasFailed;

    private LiteDbStore(string path, FileClaim claim, LiteDatabase database)
    {
        _path = path;
        _claim = claim;
        _database = database;
        _segments = database.GetCollection(CollectionName, BsonAutoId.Int32);
    }

    private readonly record struct Location(int Segment, int Offset, int Length);

    /// <summary>Opens a file, or makes it. The folder must exist.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is in use, or is not a store.</exception>
    public static LiteDbStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileClaim claim = FileClaim.Take(path, Signature);
        LiteDatabase? database = null;
        try
        {
            database = new LiteDatabase(new ConnectionString { Filename = path, Connection = ConnectionType.Direct });
            var store = new LiteDbStore(path, claim, database);
            store.LoadLocations();
            return store;
        }
        catch (Exception exception)
        {
            if (database is not null)
                Failed.Add(database);

            claim.Dispose();
            throw exception switch
            {
                StoreException => exception,
                IOException or UnauthorizedAccessException => new StoreException($"The store '{path}' cannot be opened: {exception.Message}", exception),
                _ => Unreadable(path, exception),
            };
        }
    }

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        lock (_gate)
            return _locations.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out Location location) ? Read(location) : null;
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        KeyValuePair<byte[], Location>[] found;
        lock (_gate)
            found = [.. _locations.Where(entry => entry.Key.AsSpan().StartsWith(prefix)).OrderBy(static entry => entry.Key, KeyOrder.Instance)];

        // Segments never change, so these locations go on showing the state in which they were found.
        foreach ((byte[] key, Location location) in found)
        {
            byte[] value;
            lock (_gate)
                value = Read(location);

            yield return new(key, value);
        }
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writer)
        {
            // After a failure the file may hold the batch or not; only opening it again tells.
            if (_hasFailed)
                throw new StoreException($"The store '{_path}' failed before. Close it and open it again.");

            List<byte[]> segments = [.. BatchSegment.Encode(batch.Writes, SegmentBytes)];
            Write(segments);
            lock (_gate)
            {
                foreach (byte[] segment in segments)
                {
                    _lastSegment++;
                    Apply(_lastSegment, segment);
                    Remember(_lastSegment, segment);
                }
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (_hasFailed)
            Failed.Add(_database);
        else
            _database.Dispose();

        _claim.Dispose();
    }

    private static StoreCorruptException Unreadable(string path, Exception exception) => new(
        $"The file '{path}' is not a readable store (LiteDB says: {exception.Message}). Restore it from another validator's copy.", exception);

    private void LoadLocations()
    {
        foreach (BsonDocument document in _segments.Find(Query.All("_id")))
        {
            if (!document["_id"].IsInt32 || document["_id"].AsInt32 != _lastSegment + 1)
                throw Damaged(_lastSegment + 1);

            _lastSegment++;
            Apply(_lastSegment, Checked(_lastSegment, document));
        }
    }

    private void Write(List<byte[]> segments)
    {
        try
        {
            _database.BeginTrans();
            for (int index = 0; index < segments.Count; index++)
            {
                int number = _lastSegment + 1 + index;
                _segments.Insert(new BsonDocument
                {
                    ["_id"] = number,
                    [SegmentField] = segments[index],
                    [ChecksumField] = unchecked((int)Crc32C.Of((uint)number, segments[index])),
                });
            }

            _database.Commit();
            _database.Checkpoint();
        }
        catch (Exception exception)
        {
            TryRollback();
            _hasFailed = true;
            throw new StoreException($"The store '{_path}' could not be written: {exception.Message}", exception);
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

    private void Apply(int number, byte[] segment)
    {
        foreach (BatchSegment.Entry entry in BatchSegment.TryDecode(segment) ?? throw Damaged(number))
        {
            if (entry.ValueOffset < 0)
                _locations.Remove(entry.Key);
            else
                _locations[entry.Key] = new Location(number, entry.ValueOffset, entry.ValueLength);
        }
    }

    private byte[] Read(Location location) => SegmentAt(location.Segment).AsSpan(location.Offset, location.Length).ToArray();

    private byte[] SegmentAt(int number)
    {
        if (_remembered.TryGetValue(number, out byte[]? segment))
            return segment;

        segment = Checked(number, Find(number) ?? throw Damaged(number));
        Remember(number, segment);
        return segment;
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

    private void Remember(int number, byte[] segment)
    {
        if (!_remembered.TryAdd(number, segment))
            return;

        _rememberedOrder.Enqueue(number);
        if (_rememberedOrder.Count > RememberedSegments)
            _remembered.Remove(_rememberedOrder.Dequeue());
    }

    private byte[] Checked(int number, BsonDocument document)
    {
        BsonValue segment = document[SegmentField];
        BsonValue checksum = document[ChecksumField];
        return segment.IsBinary && checksum.IsInt32 && unchecked((uint)checksum.AsInt32) == Crc32C.Of((uint)number, segment.AsBinary)
            ? segment.AsBinary
            : throw Damaged(number);
    }

    private StoreCorruptException Damaged(int number) => new(
        $"The store '{_path}' is damaged: segment {number} is missing or does not have the checksum it was written with. "
        + "Restore the file from another validator's copy.");
}
