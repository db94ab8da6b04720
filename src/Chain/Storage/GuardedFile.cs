namespace DerChain.Chain.Storage;

/// <summary>A file of LiteDB whose writes never throw: the first that fails is remembered, and nothing is written after it.</summary>
internal class GuardedFile(Stream file, DiskFailure failure) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => file.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => file.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => file.CanWrite;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => failure.Attempt(() => file.Write(buffer, offset, count));

    /// <inheritdoc/>
    public override void SetLength(long value) => failure.Attempt(() => file.SetLength(value));

    /// <inheritdoc/>
    public override void Flush() => failure.Attempt(file.Flush);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();

        base.Dispose(disposing);
    }
}
