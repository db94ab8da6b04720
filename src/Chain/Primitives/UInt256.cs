using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace DerChain.Chain.Primitives;

/// <summary>An unsigned 256-bit integer: balances, values, fees and total difficulties. The default value is 0.</summary>
/// <remarks>Arithmetic never wraps: the operators throw, the <c>Try</c> methods report.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    /// <summary>Length of the fixed-width form in bytes.</summary>
    public const int Length = 32;

    private const int MaxDecimalDigits = 78;

    // Little-endian words: _w0 is the least significant.
    private readonly ulong _w0, _w1, _w2, _w3;

    private UInt256(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
    }

    /// <summary>0.</summary>
    public static UInt256 Zero => default;

    /// <summary>1.</summary>
    public static UInt256 One => 1;

    /// <summary>2^256 − 1.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for 0.</summary>
    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    /// <summary>True where the value fits in 64 bits.</summary>
    public bool IsUInt64 => (_w1 | _w2 | _w3) == 0;

    /// <summary>Number of bytes of the shortest big-endian form; 0 for 0.</summary>
    public int ByteCount
    {
        get
        {
            if (_w3 != 0) return 24 + ByteCountOf(_w3);
            if (_w2 != 0) return 16 + ByteCountOf(_w2);
            return _w1 != 0 ? 8 + ByteCountOf(_w1) : ByteCountOf(_w0);
        }
    }

    /// <summary>Every 64-bit integer is a 256-bit integer.</summary>
    public static implicit operator UInt256(ulong value) => new(value, 0, 0, 0);

    /// <summary>The value in 64 bits.</summary>
    /// <exception cref="OverflowException">The value does not fit.</exception>
    public static explicit operator ulong(UInt256 value) =>
        value.IsUInt64 ? value._w0 : throw new OverflowException($"{value} does not fit in 64 bits.");

    /// <summary>The value as an arbitrary-precision integer.</summary>
    public static implicit operator BigInteger(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>The value in 256 bits.</summary>
    /// <exception cref="OverflowException">The value is negative or does not fit.</exception>
    public static explicit operator UInt256(BigInteger value)
    {
        if (value.Sign < 0 || value.GetByteCount(isUnsigned: true) > Length)
            throw new OverflowException($"{value} is not an unsigned 256-bit integer.");

        Span<byte> bytes = stackalloc byte[Length];
        value.TryWriteBytes(bytes, out int written, isUnsigned: true, isBigEndian: true);
        return FromBigEndian(bytes[..written]);
    }

    /// <summary>Reads a big-endian integer of 0 to 32 bytes.</summary>
    /// <exception cref="ArgumentException">More than 32 bytes were given.</exception>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Length)
            throw new ArgumentException($"A 256-bit integer has at most {Length} bytes; {bytes.Length} were given.", nameof(bytes));

        Span<byte> full = stackalloc byte[Length];
        full.Clear();
        bytes.CopyTo(full[(Length - bytes.Length)..]);
        return new UInt256(
            BinaryPrimitives.ReadUInt64BigEndian(full[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(full[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(full[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(full));
    }

    /// <summary>Reads a decimal number, or a hexadecimal one with the <c>0x</c> prefix.</summary>
    /// <returns>False where the text is neither, or the number does not fit.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt256 value)
    {
        value = default;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        ReadOnlySpan<char> digits = isHex ? text[2..] : text;
        if (digits.IsEmpty)
            return false;

        // The time to read grows with the square of the length: no more is read than can fit.
        digits = digits.TrimStart('0');
        if (digits.Length > (isHex ? 2 * Length : MaxDecimalDigits))
            return false;

        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!BigInteger.TryParse($"0{digits}", style, CultureInfo.InvariantCulture, out BigInteger number) || number.GetByteCount(isUnsigned: true) > Length)
            return false;

        value = (UInt256)number;
        return true;
    }

    /// <summary>Writes the 32-byte big-endian form to the start of <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter than 32 bytes.</exception>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _w3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _w2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _w1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _w0);
    }

    /// <summary>Adds.</summary>
    /// <returns>False where the sum does not fit in 256 bits.</returns>
    public static bool TryAdd(UInt256 left, UInt256 right, out UInt256 sum)
    {
        unchecked
        {
            UInt128 t = (UInt128)left._w0 + right._w0;
            ulong w0 = (ulong)t;
            t = (t >> 64) + left._w1 + right._w1;
            ulong w1 = (ulong)t;
            t = (t >> 64) + left._w2 + right._w2;
            ulong w2 = (ulong)t;
            t = (t >> 64) + left._w3 + right._w3;
            sum = new UInt256(w0, w1, w2, (ulong)t);
            return (t >> 64) == 0;
        }
    }

    /// <summary>Subtracts.</summary>
    /// <returns>False where the difference is negative.</returns>
    public static bool TrySubtract(UInt256 left, UInt256 right, out UInt256 difference)
    {
        unchecked
        {
            UInt128 t = (UInt128)left._w0 - right._w0;
            ulong w0 = (ulong)t;
            t = (UInt128)left._w1 - right._w1 - ((t >> 64) & 1);
            ulong w1 = (ulong)t;
            t = (UInt128)left._w2 - right._w2 - ((t >> 64) & 1);
            ulong w2 = (ulong)t;
            t = (UInt128)left._w3 - right._w3 - ((t >> 64) & 1);
            difference = new UInt256(w0, w1, w2, (ulong)t);
            return ((t >> 64) & 1) == 0;
        }
    }

    /// <summary>Multiplies by a 64-bit integer.</summary>
    /// <returns>False where the product does not fit in 256 bits.</returns>
    public static bool TryMultiply(UInt256 left, ulong right, out UInt256 product)
    {
        unchecked
        {
            UInt128 t = (UInt128)left._w0 * right;
            ulong w0 = (ulong)t;
            t = (t >> 64) + (UInt128)left._w1 * right;
            ulong w1 = (ulong)t;
            t = (t >> 64) + (UInt128)left._w2 * right;
            ulong w2 = (ulong)t;
            t = (t >> 64) + (UInt128)left._w3 * right;
            product = new UInt256(w0, w1, w2, (ulong)t);
            return (t >> 64) == 0;
        }
    }

    /// <summary>Sum.</summary>
    /// <exception cref="OverflowException">The sum does not fit in 256 bits.</exception>
    public static UInt256 operator +(UInt256 left, UInt256 right) =>
        TryAdd(left, right, out UInt256 sum) ? sum : throw new OverflowException("The sum does not fit in 256 bits.");

    /// <summary>Difference.</summary>
    /// <exception cref="OverflowException">The difference is negative.</exception>
    public static UInt256 operator -(UInt256 left, UInt256 right) =>
        TrySubtract(left, right, out UInt256 difference) ? difference : throw new OverflowException("The difference is negative.");

    /// <summary>Product with a 64-bit integer.</summary>
    /// <exception cref="OverflowException">The product does not fit in 256 bits.</exception>
    public static UInt256 operator *(UInt256 left, ulong right) =>
        TryMultiply(left, right, out UInt256 product) ? product : throw new OverflowException("The product does not fit in 256 bits.");

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => _w0 == other._w0 && _w1 == other._w1 && _w2 == other._w2 && _w3 == other._w3;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_w0, _w1, _w2, _w3);

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        if (_w3 != other._w3) return _w3.CompareTo(other._w3);
        if (_w2 != other._w2) return _w2.CompareTo(other._w2);
        return _w1 != other._w1 ? _w1.CompareTo(other._w1) : _w0.CompareTo(other._w0);
    }

    /// <summary>Decimal digits.</summary>
    public override string ToString() => ((BigInteger)this).ToString(CultureInfo.InvariantCulture);

    /// <summary>Equality.</summary>
    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    /// <summary>Numeric order.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Numeric order.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Numeric order.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Numeric order.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;

    private static int ByteCountOf(ulong word) => (64 - BitOperations.LeadingZeroCount(word) + 7) / 8;
}
