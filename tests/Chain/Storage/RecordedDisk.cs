namespace DerChain.Chain.Tests.Storage;

/// <summary>What an operating system may do, when the power fails, with writes to a file that was not flushed since.</summary>
internal enum PowerLoss
{
    LosesUnflushedWrites,
    TearsTheLastWrite,
    KeepsSomeWrites,
}

/// <summary>Remembers every write, change of length and flush of its files in order, and tells what would stand in them had the power failed.</summary>
internal sealed class RecordedDisk
{
    private readonly Lock _gate = new();
    private readonly List<DiskEvent> _events = [];

    /// <summary>Number of events so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _events.Count;
        }
    }

    /// <summary>A new file.</summary>
    public RecordedFile CreateFile(byte[] content) => new(content, this);

    public void Add(DiskEvent happened)
    {
        lock (_gate)
            _events.Add(happened);
    }

    /// <summary>What stands in a file where the power failed after so many events of the disk.</summary>
    public byte[] AfterPowerLoss(RecordedFile file, int events, PowerLoss loss, Random random)
    {
        using var found = new MemoryStream();
        found.Write(file.InitialContent);
        var unflushed = new List<DiskEvent>();
        foreach (DiskEvent happened in _events.Take(events).Where(happened => happened.File == file))
        {
            unflushed.Add(happened);
            if (!happened.IsFlush)
                continue;

            unflushed.ForEach(write => write.ApplyTo(found));
            unflushed.Clear();
        }

        for (int index = 0; index < unflushed.Count; index++)
        {
            if (loss == PowerLoss.KeepsSomeWrites && random.Next(2) == 0)
                unflushed[index].ApplyTo(found);
            else if (loss == PowerLoss.TearsTheLastWrite)
                (index < unflushed.Count - 1 ? unflushed[index] : unflushed[index].Torn()).ApplyTo(found);
        }

        return found.ToArray();
    }
}

/// <summary>Something that happened to a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Position">Where the bytes were written, or the new length; negative for a flush.</param>
/// <param name="Bytes">What was written; null for a new length.</param>
internal sealed record DiskEvent(RecordedFile File, long Position, byte[]? Bytes)
{
    public bool IsFlush => Position < 0;

    public DiskEvent Torn() => this with { Bytes = Bytes?[..(Bytes.Length / 2)] };

    public void ApplyTo(MemoryStream content)
    {
        if (IsFlush)
            return;

        if (Bytes is null)
        {
            content.SetLength(Position);
            return;
        }

        content.Position = Position;
        content.Write(Bytes);
    }
}

/// <summary>A file in memory that tells its disk what happens to it.</summary>
internal sealed class RecordedFile : MemoryStream
{
    private readonly RecordedDisk? _disk;

    public RecordedFile(byte[] content, RecordedDisk disk)
    {
        InitialContent = content;
        Write(content);
        Position = 0;
        _disk = disk;
    }

    public byte[] InitialContent { get; }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _disk?.Add(new DiskEvent(this, Position, buffer.AsSpan(offset, count).ToArray()));
        base.Write(buffer, offset, count);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void SetLength(long value)
    {
        _disk?.Add(new DiskEvent(this, value, null));
        base.SetLength(value);
    }

    public override void Flush() => _disk?.Add(new DiskEvent(this, -1, null));
}
