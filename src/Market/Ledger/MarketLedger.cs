using System.Collections.Immutable;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Market.Codec;
using DerChain.Market.Participants;
using DerChain.Market.Records;

namespace DerChain.Market.Ledger;

/// <summary>The market's records on one copy of a chain: read in order, or found by kind, interval, sender and resource.</summary>
/// <threadsafety>Reading in order is thread-safe; finding is single owner.</threadsafety>
public sealed class MarketLedger
{
    private readonly Blockchain _chain;
    private LedgerIndex _index = new();

    /// <summary>The records on a chain that <see cref="MarketRule"/> governs.</summary>
    /// <exception cref="ArgumentException">The chain has another rule or none.</exception>
    public MarketLedger(Blockchain chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        if (chain.Rule is not MarketRule)
            throw new ArgumentException("The chain is not governed by the market's rule.", nameof(chain));

        _chain = chain;
    }

    /// <summary>Participants and devices registered at the head.</summary>
    public Registry Registry => (Registry)_chain.RuleState!;

    /// <summary>Records of the canonical chain in order, from a block on.</summary>
    /// <exception cref="StoreException">The store could not be read, or what it holds was altered.</exception>
    public IEnumerable<LedgerEntry> Read(ulong fromBlock = 1) => Read(static _ => true, fromBlock);

    /// <summary>Records of some kinds of the canonical chain in order, from a block on. The others are not decoded.</summary>
    /// <param name="isWanted">Whether records of a kind are.</param>
    /// <param name="fromBlock">The block.</param>
    /// <exception cref="StoreException">The store could not be read, or what it holds was altered.</exception>
    public IEnumerable<LedgerEntry> Read(Func<RecordKind, bool> isWanted, ulong fromBlock = 1)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        return _chain.Blocks(fromBlock).SelectMany(block => Read(block, isWanted));
    }

    /// <summary>Records that match a query, in the order of the chain.</summary>
    /// <remarks>The first call reads the chain once to build the index; later calls add the blocks that have come since.</remarks>
    /// <exception cref="StoreException">The store could not be read, or what it holds was altered.</exception>
    public IEnumerable<LedgerEntry> Find(LedgerQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        BringIndexToHead();
        ulong loadedNumber = 0;
        ImmutableArray<LedgerEntry> loaded = [];
        foreach (IndexedRecord indexed in _index.Find(query))
        {
            if (loaded.IsEmpty || loadedNumber != indexed.BlockNumber)
            {
                loaded = [.. Read(_chain.FindBlock(indexed.BlockNumber) ?? throw new StoreCorruptException($"Block {indexed.BlockNumber} is missing."), static _ => true)];
                loadedNumber = indexed.BlockNumber;
            }

            yield return loaded.First(entry => entry.Location.TransactionIndex == indexed.TransactionIndex);
        }
    }

    private void BringIndexToHead()
    {
        if (_index.LastBlock is { } last && _chain.FindBlock(last.Number)?.Hash != last.Hash)
            _index = new LedgerIndex();

        ulong next = _index.LastBlock is { } known ? known.Number + 1 : 0;
        foreach (Block block in _chain.Blocks(next))
            _index.Add(block.Number, block.Hash, Read(block, static _ => true));
    }

    private IEnumerable<LedgerEntry> Read(Block block, Func<RecordKind, bool> isWanted)
    {
        ImmutableArray<Address> senders = _chain.GetSenders(block);
        for (int index = 0; index < block.Transactions.Length; index++)
        {
            Transaction transaction = block.Transactions[index];
            if (transaction.Content.Data.IsEmpty)
                continue;

            if (RecordCodec.TryReadKind(transaction.Content.Data.Span, out RecordKind kind) && !isWanted(kind))
                continue;

            if (!RecordCodec.TryDecode(transaction.Content.Data.Span, out MarketRecord? record, out RecordError? error))
                throw new StoreCorruptException($"Block {block.Number}, transaction {index}: the payload is not a record ({error.Code}).");

            var location = new RecordLocation(block.Number, block.Hash, (long)block.Header.Timestamp, index, transaction.Hash);
            yield return new LedgerEntry(record, senders[index], transaction.Content.To!.Value, location) { Payload = transaction.Content.Data };
        }
    }
}
