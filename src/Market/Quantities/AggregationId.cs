namespace DerChain.Market.Quantities;

/// <summary>Identity of a market resource: the aggregation of devices that bids and is awarded as one. Not a device (<see cref="ResourceId"/>).</summary>
public readonly record struct AggregationId
{
    /// <summary>Makes an identity from a name.</summary>
    /// <exception cref="ArgumentException">The text is not a name as <see cref="Identifier"/> defines it.</exception>
    public AggregationId(string value) => Value = Identifier.Require(value, "Aggregation id");

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
