namespace DerChain.Chain.Storage;

/// <summary>LiteDB's log, with everything before the page that confirms a transaction on disk before that page.</summary>
/// <remarks>LiteDB 5.0.20 writes the pages of a transaction and the confirming one and then flushes them together. A disk that writes them in another
/// order and loses power would leave a transaction confirmed of which pages are missing, and the pages carry no checksums.</remarks>
internal sealed class OrderedLog(Stream file) : Stream
{
    // Where a page of LiteDB 5 says that it is the last of its transaction.
    private const int IsConfirmedOffset = 18;

    public override bool CanRead => file.CanRead;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (count > IsConfirmedOffset && buffer[offset + IsConfirmedOffset] != 0)
            file.Flush();

        file.Write(buffer, offset, count);
    }

    public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => file.SetLength(value);

    public override void Flush() => file.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();

        base.Dispose(disposing);
    }
}
