using System.Buffers.Binary;
using System.Numerics;
using LiteDB;

namespace DerChain.Chain.Storage;

/// <summary>A store in one LiteDB file (with its log beside it while open): the embedded default, without native code.</summary>
/// <remarks>
/// LiteDB 5.0.20 acknowledges a commit before its background thread has written it, and concurrent writers can damage its file. Hence one writer at
/// a time, one transaction a batch, and a checkpoint, which waits for the disk, before a batch is acknowledged. LiteDB's pages carry no checksums;
/// every entry here carries one over key and value.
/// </remarks>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class LiteDbStore : IKeyValueStore
{
    private const string CollectionName = "entries";
    private const string ValueField = "v";
    private const string ChecksumField = "c";

    private readonly Lock _writer = new();
    private readonly string _path;
    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _entries;

    private LiteDbStore(string path, LiteDatabase database)
    {
        _path = path;
        _database = database;
        _entries = database.GetCollection(CollectionName, BsonAutoId.ObjectId);
    }

    /// <summary>Opens a file, or makes it. The folder must exist.</summary>
    /// <exception cref="StoreException">The file cannot be opened, is in use, or is not a LiteDB file.</exception>
    public static LiteDbStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var settings = new ConnectionString { Filename = path, Connection = ConnectionType.Direct };
            return new LiteDbStore(path, new LiteDatabase(settings));
        }
        catch (IOException exception)
        {
            throw new StoreException($"The store '{path}' cannot be opened: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StoreException($"The store '{path}' cannot be opened: {exception.Message}", exception);
        }
        catch (Exception exception)
        {
            throw new StoreCorruptException(
                $"The file '{path}' is not a readable store (LiteDB says: {exception.Message}). Restore it from another validator's copy.", exception);
        }
    }

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        var id = new BsonValue(key.ToArray());
        BsonDocument? document = Guarded(() => _entries.FindById(id));
        return document is null ? null : Checked(id.AsBinary, document);
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        Query query = Query.All("_id");
        query.Where.Add(Query.GTE("_id", prefix));
        using IEnumerator<BsonDocument> documents = Guarded(() => _entries.Find(query).GetEnumerator());
        while (Guarded(documents.MoveNext))
        {
            BsonDocument document = documents.Current;
            if (!document["_id"].IsBinary || !document["_id"].AsBinary.AsSpan().StartsWith(prefix))
                yield break;

            yield return new(document["_id"].AsBinary, Checked(document["_id"].AsBinary, document));
        }
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writer)
        {
            try
            {
                _database.BeginTrans();
                Write(batch);
                _database.Commit();
                _database.Checkpoint();
            }
            catch (Exception exception)
            {
                TryRollback();
                throw new StoreException($"The store '{_path}' could not be written: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _database.Dispose();

    private void Write(WriteBatch batch)
    {
        foreach ((byte[] key, byte[]? value) in batch.Writes)
        {
            if (value is null)
            {
                _entries.Delete(new BsonValue(key));
                continue;
            }

            if (value.Length > IKeyValueStore.MaxValueBytes)
                throw new StoreException($"A value of {value.Length} bytes is above the limit of {IKeyValueStore.MaxValueBytes}.");

            _entries.Upsert(new BsonDocument
            {
                ["_id"] = key,
                [ValueField] = value,
                [ChecksumField] = unchecked((int)Checksum(key, value)),
            });
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
            // The write failed already; the log that holds its pages is discarded when the file is next opened.
        }
    }

    private byte[] Checked(byte[] key, BsonDocument document)
    {
        BsonValue value = document[ValueField];
        BsonValue checksum = document[ChecksumField];
        if (!value.IsBinary || !checksum.IsInt32 || unchecked((uint)checksum.AsInt32) != Checksum(key, value.AsBinary))
        {
            throw new StoreCorruptException(
                $"The store '{_path}' is damaged: the entry {Convert.ToHexStringLower(key)} does not have the checksum it was written with. "
                + "Restore the file from another validator's copy.");
        }

        return value.AsBinary;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (StoreException or ObjectDisposedException))
        {
            throw new StoreCorruptException(
                $"The store '{_path}' cannot be read (LiteDB says: {exception.Message}). Restore the file from another validator's copy.", exception);
        }
    }

    // CRC-32C over key and value: against damage by chance. What an intruder changes, an audit finds.
    private static uint Checksum(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Crc32C(Crc32C(uint.MaxValue, key), value);

    private static uint Crc32C(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));

        foreach (byte b in bytes)
            crc = BitOperations.Crc32C(crc, b);

        return crc;
    }
}
