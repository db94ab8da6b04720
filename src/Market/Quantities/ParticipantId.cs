namespace DerChain.Market.Quantities;

/// <summary>Human-readable name of a participant of the consortium; its account on the chain is an address.</summary>
/// <remarks>Ordered ordinally by its text.</remarks>
public readonly record struct ParticipantId : IComparable<ParticipantId>
{
    /// <summary>Makes an identity from a name.</summary>
    /// <exception cref="ArgumentException">The text is not a name as <see cref="Identifier"/> defines it.</exception>
    public ParticipantId(string value) => Value = Identifier.Require(value, "Participant id");

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public int CompareTo(ParticipantId other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
