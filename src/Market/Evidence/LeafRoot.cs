using DerChain.Chain.Primitives;
using DerChain.Market.Records;

namespace DerChain.Market.Evidence;

/// <summary>What a record says of the leaves that it commits to.</summary>
/// <param name="Root">Root of their tree (<see cref="MerkleTree"/>).</param>
/// <param name="Count">How many there are.</param>
public readonly record struct LeafRoot(Hash256 Root, int Count)
{
    /// <summary>The leaves of a record: lines of a statement, rows of a batch or commitment. Null where it commits to none.</summary>
    public static LeafRoot? Of(MarketRecord record) => record switch
    {
        StatementIssue statement => new LeafRoot(statement.Root, statement.LineCount),
        TelemetryBatch batch => new LeafRoot(batch.Root, batch.LeafCount),
        RecordCommitment commitment => new LeafRoot(commitment.Root, commitment.LeafCount),
        Correction correction => Of(correction.Record),
        _ => null,
    };
}
