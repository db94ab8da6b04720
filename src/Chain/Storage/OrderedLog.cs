namespace DerChain.Chain.Storage;

/// <summary>LiteDB's log, with everything before the page that confirms a transaction on disk before that page.</summary>
/// <remarks>LiteDB 5.0.20 writes the pages of a transaction and the confirming one and then flushes them together. A disk that writes them in another
/// order and loses power would leave a transaction confirmed of which pages are missing, and the pages carry no checksums.</remarks>
internal sealed class OrderedLog(Stream file, DiskFailure failure) : GuardedFile(file, failure)
{
    // Where a page of LiteDB 5 says that it is the last of its transaction.
    private const int IsConfirmedOffset = 18;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (count > IsConfirmedOffset && buffer[offset + IsConfirmedOffset] != 0)
            Flush();

        base.Write(buffer, offset, count);
    }
}
