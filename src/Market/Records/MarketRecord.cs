namespace DerChain.Market.Records;

/// <summary>What one transaction carries: one message of docs/spec/market.md, 1.1 with its rows. Its sender and receiver are those of the transaction.</summary>
/// <remarks>Constructors do not check ranges: <c>RecordRules</c> does, for records made here and for records read from a chain alike.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public abstract class MarketRecord
{
    private protected MarketRecord(RecordKind kind) => Kind = kind;

    /// <summary>Which message this is.</summary>
    public RecordKind Kind { get; }

    /// <summary>Number of rows.</summary>
    public abstract int RowCount { get; }
}
