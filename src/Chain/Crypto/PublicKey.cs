using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>A point of secp256k1 other than infinity, as its two coordinates.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Length of <c>x ‖ y</c>: 64 bytes.</summary>
    public const int Length = 64;

    private readonly byte[] _coordinates;

    internal PublicKey(byte[] coordinates) => _coordinates = coordinates;

    /// <summary>The account of the key: the last 20 bytes of Keccak-256 of <c>x ‖ y</c>.</summary>
    public Address Address => Address.FromBytes(Keccak256.Hash(_coordinates).ToBytes().AsSpan(12));

    /// <summary><c>x ‖ y</c>, each 32 bytes big-endian, in a new array.</summary>
    public byte[] ToBytes() => (byte[])_coordinates.Clone();

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && _coordinates.AsSpan().SequenceEqual(other._coordinates);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_coordinates, 0);

    /// <summary><c>0x</c> and 128 digits.</summary>
    public override string ToString() => Hex.Format(_coordinates);
}
