using System.IO.Compression;

namespace DerChain.Chain.ChainFiles;

/// <summary>Decompresses gzip (RFC 1952, one member or several) and notices what <see cref="GZipStream"/> lets pass: data that is cut short, and
/// bytes after the last member.</summary>
/// <remarks>When the input ends, a member of our own is given to the decompressor. It comes out whole only where the input's last member was complete
/// and nothing followed it.</remarks>
internal sealed class GzipInput : Stream
{
    private static readonly byte[] EndMark = "end of the chain file"u8.ToArray();
    private static readonly byte[] EndMember = Compress(EndMark);

    private readonly JoinedStream _compressed;
    private readonly GZipStream _decompressed;
    private MemoryStream? _rest;

    private GzipInput(Stream start, Stream stream)
    {
        _compressed = new JoinedStream(start, stream, new MemoryStream(EndMember));
        _decompressed = new GZipStream(_compressed, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // The first two bytes of a gzip member.
    private static ReadOnlySpan<byte> Magic => [0x1f, 0x8b];

    /// <summary>The content of a stream: decompressed where it begins as gzip does, else as it is.</summary>
    public static Stream DecompressIfGzip(Stream stream)
    {
        var start = new byte[Magic.Length];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var seen = new MemoryStream(start, 0, length);
        return Magic.SequenceEqual(start) ? new GzipInput(seen, stream) : new JoinedStream(seen, stream);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data is cut short, damaged, or followed by other bytes.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_rest is not null)
            return _rest.Read(buffer, offset, count);

        int read = _decompressed.Read(buffer, offset, count);
        if (read > 0 && !_compressed.IsAtLast)
            return read;

        _rest = ReadRest(buffer.AsSpan(offset, read));
        return _rest.Read(buffer, offset, count);
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _decompressed.Dispose();

        base.Dispose(disposing);
    }

    // Little: the decompressor asks for more input only when it has given out what it has. CopyTo would skip what is no gzip and go on behind it.
    private MemoryStream ReadRest(ReadOnlySpan<byte> start)
    {
        var rest = new MemoryStream();
        rest.Write(start);
        var piece = new byte[EndMember.Length];
        for (int read; (read = _decompressed.Read(piece, 0, piece.Length)) > 0;)
            rest.Write(piece, 0, read);

        byte[] bytes = rest.ToArray();
        return bytes.AsSpan().EndsWith(EndMark)
            ? new MemoryStream(bytes[..^EndMark.Length])
            : throw new InvalidDataException("The gzip data is cut short or followed by other bytes.");
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);

        return compressed.ToArray();
    }
}
