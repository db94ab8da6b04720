using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Market.Codec;
using DerChain.Market.Records;

namespace DerChain;

/// <summary>The chain in a folder holds another day than the one that is to be recorded there.</summary>
public sealed class DayConflictException : Exception
{
    /// <summary>Tells where chain and day part.</summary>
    public DayConflictException(string message)
        : base(message)
    {
    }
}

/// <summary>The transactions that were on a chain when it was opened, one after the other: what an interrupted run need not do again.</summary>
internal sealed class RecordedTransactions
{
    private readonly IEnumerator<(Block Block, int Index, Address Sender)> _next;
    private bool _hasNext;

    public RecordedTransactions(Blockchain chain)
    {
        _next = Transactions(chain, chain.Head.Header.Number).GetEnumerator();
        _hasNext = _next.MoveNext();
    }

    /// <summary>True where this is the next transaction on the chain; false where the chain ends here.</summary>
    /// <exception cref="DayConflictException">The next transaction on the chain is another one.</exception>
    public bool IsNext(Address sender, Address receiver, byte[] payload)
    {
        if (!_hasNext)
            return false;

        (Block block, int index, Address recordedSender) = _next.Current;
        UnsignedTransaction recorded = block.Transactions[index].Content;
        if (recordedSender != sender || recorded.To != receiver || !recorded.Data.Span.SequenceEqual(payload))
            throw new DayConflictException($"The chain holds another day: block {block.Number}, transaction {index} is not the one of this day.");

        _hasNext = _next.MoveNext();
        return true;
    }

    /// <summary>Requires that what follows on the chain settles the day: attestations, statements, allocations, acknowledgements.</summary>
    /// <exception cref="DayConflictException">It does not.</exception>
    public void RequireEnd()
    {
        for (; _hasNext; _hasNext = _next.MoveNext())
        {
            (Block block, int index, _) = _next.Current;
            if (!RecordCodec.TryReadKind(block.Transactions[index].Content.Data.Span, out RecordKind kind) || kind < RecordKind.QualityRuleSet)
                throw new DayConflictException($"The chain holds more than this day: block {block.Number} follows its end.");
        }
    }

    private static IEnumerable<(Block Block, int Index, Address Sender)> Transactions(Blockchain chain, ulong lastNumber)
    {
        foreach (Block block in chain.Blocks().TakeWhile(block => block.Number <= lastNumber))
        {
            ImmutableArray<Address> senders = chain.GetSenders(block);
            for (int index = 0; index < block.Transactions.Length; index++)
                yield return (block, index, senders[index]);
        }
    }
}
