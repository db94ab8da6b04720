using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using DerChain.Chain.Storage;
using DerChain.Storage.Sqlite;
using LiteDB;
using Microsoft.Data.Sqlite;

namespace DerChain.Benchmarks.Storage;

/// <summary>A durable commit of one value of 2 KB: each store against the bare engine below it, and a bare append with a flush to the disk.</summary>
/// <remarks>The bar of issue 3: a store takes at most 2 times its bare engine.</remarks>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class DurableCommit
{
    private const int ValueBytes = 2048;

    private readonly byte[] _value = new byte[ValueBytes];
    private TemporaryFolder _folder = null!;
    private FileStream _file = null!;
    private LiteDatabase _liteDatabase = null!;
    private ILiteCollection<BsonDocument> _liteCollection = null!;
    private LiteDbStore _liteStore = null!;
    private SqliteConnection _sqlite = null!;
    private SqliteCommand _sqliteInsert = null!;
    private SqliteStore _sqliteStore = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        new Random(1).NextBytes(_value);
        _folder = new TemporaryFolder();
        _file = new FileStream(_folder.Path("append"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        _liteDatabase = new LiteDatabase(_folder.Path("bare-lite.db"));
        _liteCollection = _liteDatabase.GetCollection("segments", BsonAutoId.Int32);
        _liteStore = LiteDbStore.Open(_folder.Path("store-lite.db"));
        _sqlite = new SqliteConnection($"Data Source={_folder.Path("bare.sqlite")};Pooling=False");
        _sqlite.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID");
        _sqliteInsert = _sqlite.CreateCommand();
        _sqliteInsert.CommandText = "INSERT INTO entries (key, value) VALUES ($key, $value)";
        _sqliteInsert.Parameters.Add("$key", SqliteType.Blob);
        _sqliteInsert.Parameters.Add("$value", SqliteType.Blob).Value = _value;
        _sqliteInsert.Prepare();
        _sqliteStore = SqliteStore.Open(_folder.Path("store.sqlite"));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _file.Dispose();
        _liteDatabase.Dispose();
        _liteStore.Dispose();
        _sqliteInsert.Dispose();
        _sqlite.Dispose();
        _sqliteStore.Dispose();
        _folder.Dispose();
    }

    [Benchmark(Description = "bare append and fsync")]
    [BenchmarkCategory("file")]
    public void BareAppend()
    {
        _file.Write(_value);
        _file.Flush(flushToDisk: true);
    }

    [Benchmark(Baseline = true, Description = "bare LiteDB: insert, commit, checkpoint")]
    [BenchmarkCategory("LiteDB")]
    public void BareLiteDb()
    {
        _liteDatabase.BeginTrans();
        _liteCollection.Insert(new BsonDocument { ["_id"] = ++_next, ["s"] = _value });
        _liteDatabase.Commit();
        _liteDatabase.Checkpoint();
    }

    [Benchmark(Description = "LiteDbStore.Commit")]
    [BenchmarkCategory("LiteDB")]
    public void LiteDb() => _liteStore.Commit(NextBatch());

    [Benchmark(Baseline = true, Description = "bare SQLite: insert, WAL, synchronous FULL")]
    [BenchmarkCategory("SQLite")]
    public void BareSqlite()
    {
        _sqliteInsert.Parameters[0].Value = NextKey();
        _sqliteInsert.ExecuteNonQuery();
    }

    [Benchmark(Description = "SqliteStore.Commit")]
    [BenchmarkCategory("SQLite")]
    public void Sqlite() => _sqliteStore.Commit(NextBatch());

    private WriteBatch NextBatch()
    {
        var batch = new WriteBatch();
        batch.Put(NextKey(), _value);
        return batch;
    }

    // Keys of a chain are hashes: they come in no order.
    private byte[] NextKey()
    {
        var key = new byte[33];
        ulong scattered = unchecked((ulong)++_next * 0x9E3779B97F4A7C15UL);
        BitConverter.TryWriteBytes(key.AsSpan(1), scattered);
        return key;
    }

    private void Execute(string sql)
    {
        using SqliteCommand command = _sqlite.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
