using DerChain.Chain.Blocks;

namespace DerChain.Consensus.Validators;

/// <summary>Blocks whose time has not come: held until it does, at most 30 s, a few for each peer.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class FutureBlocks
{
    /// <summary>How far ahead of the clock a header may be.</summary>
    public const ulong MaxSecondsAhead = 30;

    private const int MaxPerPeer = 8;
    private readonly List<(PeerId From, Block Block)> _held = [];

    /// <summary>When the first of them is due; null where none is held.</summary>
    public ulong? NextUnixMilliseconds => _held.Count == 0 ? null : _held.Min(static held => held.Block.Header.Timestamp) * 1000;

    /// <summary>Holds a block. One too far ahead, or of a peer of whom enough are held, is dropped.</summary>
    public void Hold(Block block, PeerId from, ulong nowUnixMilliseconds)
    {
        bool isNear = block.Header.Timestamp <= nowUnixMilliseconds / 1000 + MaxSecondsAhead;
        if (isNear && _held.Count(held => held.From == from) < MaxPerPeer && _held.TrueForAll(held => held.Block.Hash != block.Hash))
            _held.Add((from, block));
    }

    /// <summary>Takes those whose time has come, parents before children.</summary>
    public List<(PeerId From, Block Block)> TakeDue(ulong nowUnixMilliseconds)
    {
        List<(PeerId From, Block Block)> due = _held.FindAll(held => held.Block.Header.Timestamp <= nowUnixMilliseconds / 1000);
        _held.RemoveAll(due.Contains);
        return [.. due.OrderBy(static held => held.Block.Number)];
    }

    /// <summary>Drops what a peer sent.</summary>
    public void Forget(PeerId peer) => _held.RemoveAll(held => held.From == peer);
}
