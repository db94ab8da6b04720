using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Validators.Protocol;

namespace DerChain.Consensus.Validators;

/// <summary>Fetches what others have and this node lacks, from one peer at a time: a range of headers, verified with their seals, then their blocks, then
/// the next range. A peer cannot make a node fetch, or wait for, what no authority has sealed.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class CatchUp(Blockchain chain, ulong timeoutMilliseconds)
{
    private readonly List<PeerId> _wanted = [];
    private Session? _session;
    private ulong _lastId;

    /// <summary>True while headers are verified whose blocks are still to come.</summary>
    public bool IsFetching => _session is { Missing.Count: > 0 };

    /// <summary>When the peer asked last must have answered; null where nobody is asked.</summary>
    public ulong? DeadlineUnixMilliseconds => _session?.Deadline;

    /// <summary>A peer has a block that is not stored here.</summary>
    public void Want(PeerId peer)
    {
        if (_session?.Peer == peer)
            _session.HasNews = true;
        else if (!_wanted.Contains(peer))
            _wanted.Add(peer);
    }

    /// <summary>A peer has gone.</summary>
    public void Forget(PeerId peer)
    {
        _wanted.Remove(peer);
        if (_session?.Peer == peer)
            _session = null;
    }

    /// <summary>The clock may have gone back: nobody is waited for longer than the timeout.</summary>
    public void SetBack(ulong nowUnixMilliseconds)
    {
        if (_session is { } session)
            session.Deadline = Math.Min(session.Deadline, nowUnixMilliseconds + timeoutMilliseconds);
    }

    /// <summary>Gives up on a peer that does not answer, and asks the next where nobody is asked.</summary>
    public void Advance(ulong nowUnixMilliseconds, EffectList effects)
    {
        if (_session is { } late && late.Deadline <= nowUnixMilliseconds)
            _session = null;

        if (_session is not null || _wanted.Count == 0)
            return;

        _session = new Session(_wanted[0]);
        _wanted.RemoveAt(0);
        AskHeaders(_session, nowUnixMilliseconds, effects);
    }

    /// <summary>Takes headers, where they were asked for.</summary>
    /// <returns>What rule they break; valid otherwise.</returns>
    public ValidationResult Take(PeerId from, HeadersReply reply, ulong nowUnixMilliseconds, EffectList effects)
    {
        if (_session is not { } session || session.Peer != from || session.RequestId != reply.Id || IsFetching)
            return ValidationResult.Valid;

        ValidationResult result = Verify(session, reply.Headers, nowUnixMilliseconds / 1000, out bool hasMoved);
        if (!result.IsValid)
            return result;

        if (session.Missing.Count > 0)
            AskBlocks(session, nowUnixMilliseconds, effects);
        else if (hasMoved)
            AskHeaders(session, nowUnixMilliseconds, effects);
        else
            End(session);

        return ValidationResult.Valid;
    }

    /// <summary>Takes blocks, where they were asked for.</summary>
    /// <param name="from">Who sent them.</param>
    /// <param name="reply">The blocks.</param>
    /// <param name="import">Imports one.</param>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    /// <param name="effects">Where the next request goes.</param>
    /// <returns>What rule they break; valid otherwise.</returns>
    public ValidationResult Take(
        PeerId from, BlocksReply reply, Func<Block, ImportResult> import, ulong nowUnixMilliseconds, EffectList effects)
    {
        if (_session is not { } session || session.Peer != from || session.RequestId != reply.Id || !IsFetching)
            return ValidationResult.Valid;

        foreach (ReadOnlyMemory<byte> encoded in reply.Blocks)
        {
            ValidationResult result = Block.TryDecode(encoded.Span, out Block? block);
            if (!result.IsValid)
                return result;

            if (!session.Missing.TryPeek(out Hash256 wanted) || block!.Hash != wanted)
                return ValidationResult.Valid;

            result = import(block).Verdict;
            if (!result.IsValid)
                return result;

            session.Missing.Dequeue();
        }

        if (reply.Blocks.IsEmpty)
            End(session);
        else if (IsFetching)
            AskBlocks(session, nowUnixMilliseconds, effects);
        else
            AskHeaders(session, nowUnixMilliseconds, effects);

        return ValidationResult.Valid;
    }

    // Each header on the one before, as the engine judges it; those ahead of the clock are left for later.
    private ValidationResult Verify(Session session, ImmutableArray<ReadOnlyMemory<byte>> encoded, ulong nowUnixSeconds, out bool hasMoved)
    {
        hasMoved = false;
        var verified = new Dictionary<Hash256, BlockHeader>();
        foreach (ReadOnlyMemory<byte> bytes in encoded)
        {
            ValidationResult result = BlockHeader.TryDecode(bytes.Span, out BlockHeader? header);
            if (!result.IsValid)
                return result;

            if (Find(header!.ParentHash) is not { } parent)
                return ValidationResult.Fail(ChainError.UnknownParent, $"The parent {header.ParentHash} of header {header.Number} is not stored.");

            Hash256 hash = header.ComputeHash();
            bool isKnown = chain.FindHeader(hash) is not null;
            if (!isKnown)
            {
                result = chain.Engine.VerifyHeader(header, parent, nowUnixSeconds, Find);
                if (Equals(result.Error, ChainError.FutureBlock))
                    return ValidationResult.Valid;

                if (!result.IsValid)
                    return result;

                verified.Add(hash, header);
                session.Missing.Enqueue(hash);
            }

            hasMoved |= session.MoveTo(header.Number, hash);
        }

        return ValidationResult.Valid;

        BlockHeader? Find(Hash256 hash) => verified.GetValueOrDefault(hash) ?? chain.FindHeader(hash);
    }

    private void AskHeaders(Session session, ulong nowUnixMilliseconds, EffectList effects) =>
        Ask(session, new HeadersRequest(++_lastId, RangeServer.Locator(chain, session.Cursor)), nowUnixMilliseconds, effects);

    private void AskBlocks(Session session, ulong nowUnixMilliseconds, EffectList effects) =>
        Ask(session, new BlocksRequest(++_lastId, [.. session.Missing.Take(MessageLimits.Blocks)]), nowUnixMilliseconds, effects);

    private void Ask(Session session, ValidatorMessage request, ulong nowUnixMilliseconds, EffectList effects)
    {
        session.RequestId = _lastId;
        session.Deadline = nowUnixMilliseconds + timeoutMilliseconds;
        effects.Send(session.Peer, request);
    }

    private void End(Session session)
    {
        _session = null;
        if (session.HasNews)
            _wanted.Add(session.Peer);
    }

    // What is fetched from one peer. The cursor only rises, so that it ends.
    private sealed class Session(PeerId peer)
    {
        private ulong _cursorNumber;

        public PeerId Peer { get; } = peer;

        public ulong RequestId { get; set; }

        public ulong Deadline { get; set; }

        public bool HasNews { get; set; }

        public Hash256? Cursor { get; private set; }

        public Queue<Hash256> Missing { get; } = new();

        public bool MoveTo(ulong number, Hash256 hash)
        {
            if (Cursor is not null && number <= _cursorNumber)
                return false;

            _cursorNumber = number;
            Cursor = hash;
            return true;
        }
    }
}
