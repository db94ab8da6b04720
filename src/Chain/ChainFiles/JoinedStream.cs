namespace DerChain.Chain.ChainFiles;

/// <summary>Streams read one after the other as one. They stay their owner's.</summary>
internal sealed class JoinedStream(params Stream[] parts) : Stream
{
    private int _part;

    /// <summary>True where the last stream is being read.</summary>
    public bool IsAtLast => _part >= parts.Length - 1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        for (; _part < parts.Length; _part++)
        {
            int read = parts[_part].Read(buffer, offset, count);
            if (read > 0)
                return read;
        }

        return 0;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
