namespace DerChain.Consensus.Validators;

/// <summary>A connection to another node, as its transport numbers it. It says nothing of who is at the other end.</summary>
/// <param name="Value">The number; a transport gives each connection its own, and a new one after a reconnection.</param>
public readonly record struct PeerId(ulong Value) : IComparable<PeerId>
{
    /// <inheritdoc/>
    public int CompareTo(PeerId other) => Value.CompareTo(other.Value);

    /// <summary>The number with a letter: <c>peer 7</c>.</summary>
    public override string ToString() => $"peer {Value}";
}
