using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto;

/// <summary>A point of secp256k1 other than infinity, as its two coordinates.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Length of <c>x ‖ y</c>: 64 bytes.</summary>
    public const int Length = 64;

    private readonly byte[] _coordinates;

    // An address, once it was asked for; as an object, which is read and written whole.
    private object? _address;

    internal PublicKey(byte[] coordinates) => _coordinates = coordinates;

    /// <summary>The account of the key: the last 20 bytes of Keccak-256 of <c>x ‖ y</c>.</summary>
    public Address Address => (Address)(_address ??= AddressOf(Keccak256.Hash(_coordinates)));

    /// <summary>The account of the key whose <c>x ‖ y</c> has a hash.</summary>
    internal static Address AddressOf(Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        hash.CopyTo(bytes);
        return Address.FromBytes(bytes[(Hash256.Length - Address.Length)..]);
    }

    /// <summary>Length of the compressed form: 33 bytes.</summary>
    public const int CompressedLength = 33;

    /// <summary>The compressed form (SEC 1, version 2.0, 2.3.3): 2 or 3 for an even or odd y, then x, 32 bytes big-endian.</summary>
    public byte[] ToCompressed() => [(byte)(2 + (_coordinates[^1] & 1)), .. _coordinates.AsSpan(0, 32)];

    /// <summary>Reads the compressed form.</summary>
    /// <returns>Null where the bytes are no point of the curve.</returns>
    public static PublicKey? TryFromCompressed(ReadOnlySpan<byte> bytes) =>
        bytes is [2 or 3, ..] && bytes.Length == CompressedLength ? Secp256k1.TryDecompress(bytes[1..], isOdd: bytes[0] == 3) : null;

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
