namespace DerChain.Chain.Storage;

/// <summary>A store in one LiteDB file (with its log beside it while open): the embedded default, without native code.</summary>
/// <remarks>
/// <para>A batch is a few documents of consecutive numbers, each a segment of writes; where the newest value of a key stands is kept in memory (about
/// 100 bytes a key) and read from the file when it is opened. A document a key would scatter each batch over hundreds of pages, because the keys
/// of a chain are hashes.</para>
/// <para>LiteDB's pages carry no checksums; every segment here carries one.</para>
/// <para>After a failed commit the store refuses further ones: only opening it again tells whether the batch was written.</para>
/// </remarks>
/// <threadsafety>As <see cref="IKeyValueStore"/> asks.</threadsafety>
public sealed class LiteDbStore : IKeyValueStore
{
    private const int SegmentBytes = 64 * 1024;
    private const int RememberedSegments = 16;

    private readonly Lock _writer = new();
    private readonly Lock _gate = new();
    private readonly FileClaim? _claim;
    private readonly SegmentFile _file;
    private readonly Dictionary<byte[], Location> _locations = new(KeyOrder.Instance);
    private readonly Dictionary<int, byte[]> _remembered = [];
    private readonly Queue<int> _rememberedOrder = new();
    private int _lastSegment;
    private bool _isDisposed;

    private LiteDbStore(SegmentFile file, FileClaim? claim)
    {
        _file = file;
        _claim = claim;
        foreach (byte[] segment in file.ReadAll())
            Apply(++_lastSegment, segment);
    }

    private readonly record struct Location(int Segment, int Offset, int Length);

    /// <summary>Opens a file, or makes it, and reads all of it. The folder must exist.</summary>
    /// <param name="path">The file; its log and lock stand beside it.</param>
    /// <param name="durability">What an acknowledged batch survives.</param>
    /// <exception cref="StoreException">The file cannot be opened, is in use, or is not a store.</exception>
    public static LiteDbStore Open(string path, CommitDurability durability = CommitDurability.Durable)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileClaim claim = FileClaim.Take(path, SegmentFile.Signature);
        return Open(path, () => SegmentFile.Open(path, durability), claim);
    }

    /// <summary>The same over streams, so that a test can stand below LiteDB.</summary>
    internal static LiteDbStore Open(Stream data, Stream log, int maxPendingBytes) =>
        Open("stream", () => SegmentFile.Open(data, log, maxPendingBytes), claim: null);

    /// <inheritdoc/>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _locations.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out Location location) ? Read(location) : null;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<byte[], byte[]>> Range(byte[] prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        lock (_gate)
            ObjectDisposedException.ThrowIf(_isDisposed, this);

        return Enumerate(prefix);
    }

    /// <inheritdoc/>
    public void Commit(WriteBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_writer)
        {
            lock (_gate)
                ObjectDisposedException.ThrowIf(_isDisposed, this);

            List<byte[]> segments = [.. BatchSegment.Encode(batch.Writes, SegmentBytes)];
            _file.Append(segments);
            lock (_gate)
            {
                foreach (byte[] segment in segments)
                {
                    Apply(++_lastSegment, segment);
                    Remember(_lastSegment, segment);
                }
            }
        }
    }

    /// <summary>Closes the file. Ranges in progress end with <see cref="ObjectDisposedException"/>.</summary>
    /// <exception cref="StoreException">Batches that might be lost in a crash could not be written now.</exception>
    public void Dispose()
    {
        lock (_writer)
        {
            lock (_gate)
            {
                if (_isDisposed)
                    return;

                _isDisposed = true;
                using (_claim)
                    _file.Dispose();
            }
        }
    }

    private static LiteDbStore Open(string path, Func<SegmentFile> openFile, FileClaim? claim)
    {
        SegmentFile? file = null;
        try
        {
            file = openFile();
            return new LiteDbStore(file, claim);
        }
        catch (Exception exception)
        {
            file?.Abandon();
            claim?.Dispose();
            throw exception switch
            {
                StoreException => exception,
                IOException or UnauthorizedAccessException => new StoreException($"The store '{path}' cannot be opened: {exception.Message}", exception),
                _ => SegmentFile.Unreadable(path, exception),
            };
        }
    }

    private IEnumerable<KeyValuePair<byte[], byte[]>> Enumerate(byte[] prefix)
    {
        KeyValuePair<byte[], Location>[] found;
        lock (_gate)
            found = [.. _locations.Where(entry => entry.Key.AsSpan().StartsWith(prefix)).OrderBy(static entry => entry.Key, KeyOrder.Instance)];

        // Segments never change, so these locations go on showing the state in which they were found.
        foreach ((byte[] key, Location location) in found)
        {
            byte[] value;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                value = Read(location);
            }

            yield return new(key, value);
        }

        lock (_gate)
            ObjectDisposedException.ThrowIf(_isDisposed, this);
    }

    private void Apply(int number, byte[] segment)
    {
        foreach (BatchSegment.Entry entry in BatchSegment.TryDecode(segment) ?? throw _file.Damaged(number))
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

        segment = _file.Read(number);
        Remember(number, segment);
        return segment;
    }

    private void Remember(int number, byte[] segment)
    {
        if (!_remembered.TryAdd(number, segment))
            return;

        _rememberedOrder.Enqueue(number);
        if (_rememberedOrder.Count > RememberedSegments)
            _remembered.Remove(_rememberedOrder.Dequeue());
    }
}
