using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using MessagePack;
using static MessagePack.MessagePackCode;

namespace DerChain.Market.Codec;

/// <summary>Writes MessagePack to a growing buffer, in the one form that <see cref="CanonicalReader"/> reads: every integer, length and name in the shortest form
/// MessagePack has for it.</summary>
/// <remarks>The bytes are those of MessagePackWriter; here a buffer is used again, and the width of an integer is computed, not searched for.</remarks>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class CanonicalWriter(int capacity = 256)
{
    private const int LongestForm = 1 + sizeof(ulong);

    private byte[] _buffer = new byte[capacity];
    private int _length;

    /// <summary>Bytes that the buffer holds before it grows.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => _length = 0;

    public void WriteNil() => WriteCode(MessagePackCode.Nil);

    public void Write(bool value) => WriteCode(value ? True : False);

    public void Write(long value)
    {
        if (value is >= MessagePackRange.MinFixNegativeInt and <= MessagePackRange.MaxFixPositiveInt) WriteCode(unchecked((byte)value));
        else if (value >= 0) WriteInteger(UInt8, BitOperations.Log2((ulong)value), (ulong)value);
        else WriteInteger(Int8, BitOperations.Log2((ulong)~value) + 1, unchecked((ulong)value));
    }

    public void Write(ulong value)
    {
        if (value <= long.MaxValue) Write((long)value);
        else WriteInteger(UInt8, BitOperations.Log2(value), value);
    }

    public void WriteOptional(long? value)
    {
        if (value is { } given) Write(given);
        else WriteNil();
    }

    public void WriteArrayHeader(int length)
    {
        if (length <= MessagePackRange.MaxFixArrayCount) WriteCode((byte)(MinFixArray + length));
        else if (length <= ushort.MaxValue) WriteForm(Array16, sizeof(ushort), (ulong)length);
        else WriteForm(Array32, sizeof(uint), (ulong)length);
    }

    /// <summary>Writes a name: ASCII, of at most <see cref="Identifier.MaxLength"/> characters.</summary>
    public void WriteName(string name)
    {
        if (name.Length <= MessagePackRange.MaxFixStringLength) WriteCode((byte)(MinFixStr + name.Length));
        else WriteForm(Str8, sizeof(byte), (ulong)name.Length);
        Ascii.FromUtf16(name, Reserve(name.Length), out int written);
        Advance(written);
    }

    /// <summary>Writes bytes of any length.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= byte.MaxValue) WriteForm(Bin8, sizeof(byte), (ulong)bytes.Length);
        else if (bytes.Length <= ushort.MaxValue) WriteForm(Bin16, sizeof(ushort), (ulong)bytes.Length);
        else WriteForm(Bin32, sizeof(uint), (ulong)bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
        Advance(bytes.Length);
    }

    public void Write(MarketInterval interval)
    {
        Write(interval.StartUnixSeconds);
        Write(interval.DurationSeconds);
    }

    public void Write(Address account)
    {
        WriteForm(Bin8, sizeof(byte), Address.Length);
        account.CopyTo(Reserve(Address.Length));
        Advance(Address.Length);
    }

    public void WriteOptional(Address? account)
    {
        if (account is { } given) Write(given);
        else WriteNil();
    }

    public void Write(Hash256 hash)
    {
        WriteForm(Bin8, sizeof(byte), Hash256.Length);
        hash.CopyTo(Reserve(Hash256.Length));
        Advance(Hash256.Length);
    }

    public void WriteOptional(Hash256? hash)
    {
        if (hash is { } given) Write(given);
        else WriteNil();
    }

    /// <summary>Writes an integer in the narrowest of four forms that holds its bits: a byte, two, four or eight. Their codes follow one another.</summary>
    private void WriteInteger(byte narrowestCode, int highestBit, ulong value)
    {
        int doublings = unchecked(BitOperations.Log2((uint)highestBit | 7) - 2);
        WriteForm(unchecked((byte)(narrowestCode + doublings)), 1 << doublings, value);
    }

    private void WriteForm(byte code, int width, ulong value)
    {
        Span<byte> place = _buffer.AsSpan(_length, LongestForm);
        place[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(place[1..], value << unchecked(64 - 8 * width));
        Advance(1 + width);
    }

    private void WriteCode(byte code)
    {
        _buffer[_length] = code;
        Advance(1);
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count) Grow(count);
        return _buffer.AsSpan(_length, count);
    }

    private void Advance(int count)
    {
        int length = unchecked(_length + count);
        _length = length;
        if (unchecked(_buffer.Length - length) < LongestForm) Grow(LongestForm);
    }

    private void Grow(int count) => Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + count));
}
