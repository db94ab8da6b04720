using DerChain.Chain.Blocks;
using DerChain.Chain.Engine;
using DerChain.Chain.Primitives;

namespace DerChain.Consensus.Clique;

/// <summary>Who sealed a block, by its header and hash; null where the seal recovers to nobody.</summary>
internal delegate Address? SignerLookup(BlockHeader header, Hash256 hash);

/// <summary>The snapshot after any block: a fold over the headers from genesis on. Memory and notes only save time; the result never depends on them.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal sealed class SnapshotHistory(
    CliqueParameters parameters, SignerLookup signerOf, Func<Hash256, byte[]?>? findNote = null, ulong noteInterval = SnapshotHistory.DefaultNoteInterval)
{
    /// <summary>Blocks from one note to the next, as many as between Geth's snapshots on disk.</summary>
    public const ulong DefaultNoteInterval = 1024;

    // A note that vote spam in a long epoch has made longer than this is left out; the next replay is longer.
    private const int MaxNoteBytes = 8 * 1024 * 1024;

    // Whatever is asked for is remembered, so that each branch that grows costs one step a block, however deep it forks. Of the blocks passed on the way
    // only every 64th is, so that a replay as long as a note's interval puts out no more than 16 of the others, and branches that take turns do not put
    // each other out: for that, about a thousand of them would have to grow at once. The steps share what they did not change, so this is little memory.
    private const int Remembered = 1024;
    private const ulong Stride = 64;

    private readonly Lock _gate = new();
    private readonly RecentValues<Hash256, CliqueSnapshot> _snapshots = new(Remembered);

    /// <summary>The snapshot after a block.</summary>
    /// <param name="header">Header of the block, on any branch.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="headers">Finds its ancestors.</param>
    /// <exception cref="ArgumentException">An ancestor is not known, or was never valid.</exception>
    public CliqueSnapshot At(BlockHeader header, Hash256 hash, HeaderLookup headers)
    {
        var missing = new Stack<(BlockHeader Header, Hash256 Hash)>();
        CliqueSnapshot? snapshot;
        while (!TryRecall(header, hash, out snapshot))
        {
            missing.Push((header, hash));
            hash = header.ParentHash;
            header = headers(hash) ?? throw new ArgumentException($"The ancestor {hash} is not known.", nameof(headers));
        }

        while (missing.TryPop(out (BlockHeader Header, Hash256 Hash) next))
        {
            snapshot = Step(snapshot!, next.Header, next.Hash);
            if (missing.Count == 0 || next.Header.Number % Stride == 0)
                Remember(next.Hash, snapshot);
        }

        return snapshot!;
    }

    /// <summary>What is to be stored beside a block, so that no replay goes further back: the encoded snapshot after every 1,024th block, else null.</summary>
    public byte[]? NoteAfter(BlockHeader header, Hash256 hash, HeaderLookup headers)
    {
        if (!HasNote(header))
            return null;

        byte[] note = SnapshotCodec.Encode(At(header, hash, headers));
        return note.Length <= MaxNoteBytes ? note : null;
    }

    private bool HasNote(BlockHeader header) => header.Number > 0 && header.Number % noteInterval == 0;

    private bool TryRecall(BlockHeader header, Hash256 hash, out CliqueSnapshot? snapshot)
    {
        lock (_gate)
        {
            if (_snapshots.TryGet(hash, out snapshot))
                return true;
        }

        if (header.Number == 0)
            snapshot = CliqueSnapshot.AtGenesis(header);
        else if (!HasNote(header) || findNote?.Invoke(hash) is not { } note || !SnapshotCodec.TryDecode(note, out snapshot) || snapshot!.Number != header.Number)
            return false;

        Remember(hash, snapshot!);
        return true;
    }

    private CliqueSnapshot Step(CliqueSnapshot before, BlockHeader header, Hash256 hash)
    {
        if (signerOf(header, hash) is not { } signer)
            throw new ArgumentException($"The block {hash} was never valid: {CliqueError.InvalidSeal}.", nameof(header));

        return SnapshotTransition.TryApply(before, header, signer, parameters, out CliqueSnapshot? after) is { } error
            ? throw new ArgumentException($"The block {hash} was never valid: {error}.", nameof(header))
            : after!;
    }

    private void Remember(Hash256 hash, CliqueSnapshot snapshot)
    {
        lock (_gate)
            _snapshots.Add(hash, snapshot);
    }
}
