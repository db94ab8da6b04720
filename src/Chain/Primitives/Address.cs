using System.Buffers.Binary;
using System.Text;
using DerChain.Chain.Crypto;

namespace DerChain.Chain.Primitives;

/// <summary>A 20-byte account identifier: the last 20 bytes of the Keccak-256 hash of a public key. The default value is 20 zero bytes.</summary>
/// <remarks>
/// Ordered bytewise ascending, which is the order of Clique's signer lists (EIP-225). Text form: <c>0x</c> and 40 lower-case digits;
/// for people, <see cref="ToChecksumString"/>, where the case of the letters guards against typing errors.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 20;

    private readonly ulong _a, _b;
    private readonly uint _c;

    private Address(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    /// <summary>20 zero bytes.</summary>
    public static Address Zero => default;

    /// <summary>True where all 20 bytes are zero.</summary>
    public bool IsZero => (_a | _b | _c) == 0;

    /// <summary>Reads exactly 20 bytes.</summary>
    /// <exception cref="ArgumentException">The length is not 20.</exception>
    public static Address FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Length
            ? new Address(bytes)
            : throw new ArgumentException($"An address has {Length} bytes; {bytes.Length} were given.", nameof(bytes));

    /// <summary>Reads 40 hexadecimal digits of either case, with or without <c>0x</c>. A mixed-case checksum is not verified.</summary>
    /// <exception cref="FormatException">The text is not 20 bytes of hexadecimal digits.</exception>
    public static Address Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out Address address) ? address : throw new FormatException($"Not 20 bytes of hexadecimal digits: '{text}'.");

    /// <summary>Reads 40 hexadecimal digits of either case, with or without <c>0x</c>. A mixed-case checksum is not verified.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool read = Hex.TryParseExact(text, bytes);
        address = read ? new Address(bytes) : default;
        return read;
    }

    /// <summary>Reads an address as a person gives it: as <see cref="TryParse"/> does, but letters of both cases must be EIP-55's.</summary>
    /// <returns>False where the text is no address, or its letters are of both cases and not those of <see cref="ToChecksumString"/>.</returns>
    public static bool TryParseChecksummed(ReadOnlySpan<char> text, out Address address)
    {
        if (!TryParse(text, out address))
            return false;

        ReadOnlySpan<char> digits = text[^(2 * Length)..];
        bool hasOneCase = !digits.ContainsAnyInRange('a', 'f') || !digits.ContainsAnyInRange('A', 'F');
        if (hasOneCase || digits.SequenceEqual(address.ToChecksumString().AsSpan(2)))
            return true;

        address = default;
        return false;
    }

    /// <summary>Writes the 20 bytes to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter than 20 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _c);
    }

    /// <summary>The 20 bytes in a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Address other) => _a == other._a && _b == other._b && _c == other._c;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c);

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        if (_a != other._a) return _a.CompareTo(other._a);
        return _b != other._b ? _b.CompareTo(other._b) : _c.CompareTo(other._c);
    }

    /// <summary><c>0x</c> and 40 lower-case digits.</summary>
    public override string ToString() => Hex.Format(ToBytes());

    /// <summary><c>0x</c> and 40 digits (EIP-55): a letter is in upper case where the digit at its place in the Keccak-256 hash of the
    /// lower-case digits is 8 or more.</summary>
    public string ToChecksumString() => string.Create(2 + (2 * Length), this, static (text, address) =>
    {
        address.ToString().CopyTo(text);
        Span<char> digits = text[2..];
        Span<byte> ascii = stackalloc byte[2 * Length];
        Encoding.ASCII.GetBytes(digits, ascii);
        ReadOnlySpan<byte> hash = Keccak256.Hash(ascii).ToBytes();
        for (int index = 0; index < digits.Length; index++)
        {
            int hashDigit = index % 2 == 0 ? hash[index / 2] >> 4 : hash[index / 2] & 0x0f;
            if (hashDigit >= 8)
                digits[index] = char.ToUpperInvariant(digits[index]);
        }
    });

    /// <summary>Equality of all 20 bytes.</summary>
    public static bool operator ==(Address left, Address right) => left.Equals(right);

    /// <summary>Inequality of the 20 bytes.</summary>
    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    /// <summary>Bytewise order.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Bytewise order.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Bytewise order.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Bytewise order.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
