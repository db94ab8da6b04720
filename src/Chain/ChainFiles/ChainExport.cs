using DerChain.Chain.Blocks;

namespace DerChain.Chain.ChainFiles;

/// <summary>Writes canonical blocks of a chain as a chain file: their RLP in ascending order without anything between, as <c>geth export</c> does.</summary>
public static class ChainExport
{
    /// <summary>Writes a range of blocks. For a compressed file give it a <see cref="System.IO.Compression.GZipStream"/>.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="output">Where to; it stays the caller's and is not flushed.</param>
    /// <param name="first">Number of the first block; 0 for the genesis block.</param>
    /// <param name="last">Number of the last block; <paramref name="first"/> to the head's.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or goes beyond the head.</exception>
    /// <exception cref="Storage.StoreException">A block cannot be read from the store.</exception>
    /// <exception cref="IOException">The output cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The export was stopped; the output holds some of the blocks.</exception>
    public static ChainFileProgress Run(
        Blockchain chain, Stream output, ulong first, ulong last, IProgress<ChainFileProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(last, chain.Head.Header.Number, nameof(last));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last, nameof(first));
        var done = new ChainFileProgress(0, 0, first);
        foreach (Block block in chain.Blocks(first).TakeWhile(block => block.Number <= last))
        {
            cancellation.ThrowIfCancellationRequested();
            output.Write(block.Encode());
            done = new ChainFileProgress(done.Blocks + 1, done.Transactions + block.Transactions.Length, block.Number);
            progress?.Report(done);
        }

        return done;
    }
}
