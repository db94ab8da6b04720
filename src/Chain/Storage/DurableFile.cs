namespace DerChain.Chain.Storage;

/// <summary>A file whose flush waits for the disk: a stream's ordinary one does not, and it is the one that LiteDB calls on a stream it is given.</summary>
internal sealed class DurableFile(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
{
    public override void Flush() => Flush(flushToDisk: true);
}
