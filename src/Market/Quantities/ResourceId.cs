namespace DerChain.Market.Quantities;

/// <summary>Identity of one metered or controlled device: the paper's ω. The device's type is its <see cref="ResourceKind"/>.</summary>
/// <remarks>Ordered ordinally by its text.</remarks>
public readonly record struct ResourceId : IComparable<ResourceId>
{
    /// <summary>Makes an identity from a name.</summary>
    /// <exception cref="ArgumentException">The text is not a name as <see cref="Identifier"/> defines it.</exception>
    public ResourceId(string value) => Value = Identifier.Require(value, "Resource id");

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(ResourceId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
