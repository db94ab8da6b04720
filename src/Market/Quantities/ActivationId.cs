namespace DerChain.Market.Quantities;

/// <summary>Name of one activation of spinning reserve.</summary>
public readonly record struct ActivationId
{
    /// <summary>Makes an identity from a name.</summary>
    /// <exception cref="ArgumentException">The text is not a name as <see cref="Identifier"/> defines it.</exception>
    public ActivationId(string value) => Value = Identifier.Require(value, "Activation id");

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
