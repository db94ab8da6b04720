using System.Buffers.Binary;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;

namespace DerChain.Market.Codec;

/// <summary>Reads MessagePack in its one canonical form: every integer, length and name in the shortest form MessagePack has for it.</summary>
/// <remarks>
/// MessagePack's own reader accepts every form, needs memory instead of a span and throws on foreign bytes; this one does none of that. The first
/// thing that is not canonical makes the reader fail for good: what is read after it is zero or null, and <see cref="Failure"/> says what it was.
/// </remarks>
internal ref struct CanonicalReader
{
    private const byte Nil = 0xc0;
    private const byte False = 0xc2;
    private const byte True = 0xc3;
    private const byte Bytes8 = 0xc4;
    private const byte Bytes16 = 0xc5;
    private const byte Bytes32 = 0xc6;
    private const byte UInt8 = 0xcc;
    private const byte UInt16 = 0xcd;
    private const byte UInt32 = 0xce;
    private const byte UInt64 = 0xcf;
    private const byte Int8 = 0xd0;
    private const byte Int16 = 0xd1;
    private const byte Int32 = 0xd2;
    private const byte Int64 = 0xd3;
    private const byte Text8 = 0xd9;
    private const byte Array16 = 0xdc;
    private const byte Array32 = 0xdd;
    private const byte FirstFixedArray = 0x90;
    private const byte FirstFixedText = 0xa0;
    private const byte LastFixedText = 0xbf;
    private const byte FirstFixedNegative = 0xe0;
    private const int LongestFixedText = 31;
    private const int LongestFixedArray = 15;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    public CanonicalReader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>What was wrong first, and where; null while nothing was.</summary>
    public string? Failure { get; private set; }

    public readonly bool Failed => Failure is not null;

    public readonly int Remaining => _bytes.Length - _position;

    public void Fail(string what)
    {
        Failure ??= $"Byte {_position} of the body: {what}";
        _position = _bytes.Length;
    }

    public int ReadArrayHeader()
    {
        byte code = ReadCode();
        if (code is >= FirstFixedArray and <= FirstFixedArray + LongestFixedArray) return code - FirstFixedArray;
        ulong length = code switch
        {
            Array16 => ReadAbove(sizeof(ushort), LongestFixedArray),
            Array32 => ReadAbove(sizeof(uint), ushort.MaxValue),
            _ => ulong.MaxValue,
        };
        if (length <= int.MaxValue) return (int)length;
        Fail("not an array with a length in its shortest form");
        return 0;
    }

    public void ReadArrayHeader(int length)
    {
        int found = ReadArrayHeader();
        if (found != length) Fail($"an array of {found} instead of {length} values");
    }

    public long ReadInt64()
    {
        byte code = ReadCode();
        if (code <= sbyte.MaxValue) return code;
        if (code >= FirstFixedNegative) return code - 256;
        return code >= Int8 ? ReadNegative(code) : ReadPositive(code);
    }

    public ulong ReadUInt64()
    {
        if (Remaining > 0 && _bytes[_position] == UInt64)
        {
            _position++;
            return ReadAbove(sizeof(ulong), uint.MaxValue);
        }
        long value = ReadInt64();
        if (value >= 0) return (ulong)value;
        Fail($"{value} is negative");
        return 0;
    }

    public int ReadInt32() => (int)ReadInRange(int.MinValue, int.MaxValue);

    public uint ReadUInt32() => (uint)ReadInRange(uint.MinValue, uint.MaxValue);

    public byte ReadByte() => (byte)ReadInRange(byte.MinValue, byte.MaxValue);

    public long? ReadOptionalInt64() => TryReadNil() ? null : ReadInt64();

    public int? ReadOptionalInt32() => TryReadNil() ? null : ReadInt32();

    public bool ReadBoolean()
    {
        byte code = ReadCode();
        if (code is not (False or True)) Fail("not a truth value");
        return code == True;
    }

    /// <summary>Steps over a nil, where one comes next.</summary>
    public bool TryReadNil()
    {
        if (Remaining == 0 || _bytes[_position] != Nil) return false;
        _position++;
        return true;
    }

    /// <summary>A name, or null where the reader fails.</summary>
    public string? ReadName()
    {
        byte code = ReadCode();
        int length = code switch
        {
            >= FirstFixedText and <= LastFixedText => code - FirstFixedText,
            Text8 => (int)ReadAbove(sizeof(byte), LongestFixedText),
            _ => 0,
        };
        string? name = NameCache.Get(ReadBytes(length));
        if (name is null) Fail("not a name in its shortest form");
        return Failed ? null : name;
    }

    public ResourceId ReadResourceId() => ReadName() is { } name ? new ResourceId(name) : default;

    public ParticipantId ReadParticipantId() => ReadName() is { } name ? new ParticipantId(name) : default;

    public AggregationId ReadAggregationId() => ReadName() is { } name ? new AggregationId(name) : default;

    public ActivationId ReadActivationId() => ReadName() is { } name ? new ActivationId(name) : default;

    public MarketInterval ReadInterval() => new(ReadInt64(), ReadInt32());

    public Address ReadAddress()
    {
        ReadOnlySpan<byte> bytes = ReadFixedBytes(Address.Length);
        return Failed ? default : Address.FromBytes(bytes);
    }

    public Address? ReadOptionalAddress() => TryReadNil() ? null : ReadAddress();

    public Hash256 ReadHash()
    {
        ReadOnlySpan<byte> bytes = ReadFixedBytes(Hash256.Length);
        return Failed ? default : Hash256.FromBytes(bytes);
    }

    public Hash256? ReadOptionalHash() => TryReadNil() ? null : ReadHash();

    /// <summary>Bytes of any length, copied.</summary>
    public byte[] ReadByteString()
    {
        byte code = ReadCode();
        ulong length = code switch
        {
            Bytes8 => ReadBigEndian(sizeof(byte)),
            Bytes16 => ReadAbove(sizeof(ushort), byte.MaxValue),
            Bytes32 => ReadAbove(sizeof(uint), ushort.MaxValue),
            _ => ulong.MaxValue,
        };
        if (length <= (ulong)Remaining) return ReadBytes((int)length).ToArray();
        Fail("not bytes with a length in its shortest form");
        return [];
    }

    private ReadOnlySpan<byte> ReadFixedBytes(int length)
    {
        if (ReadCode() != Bytes8 || ReadBigEndian(sizeof(byte)) != (ulong)length) Fail($"not {length} bytes");
        return ReadBytes(length);
    }

    private long ReadPositive(byte code)
    {
        ulong value = code switch
        {
            UInt8 => ReadAbove(sizeof(byte), (ulong)sbyte.MaxValue),
            UInt16 => ReadAbove(sizeof(ushort), byte.MaxValue),
            UInt32 => ReadAbove(sizeof(uint), ushort.MaxValue),
            UInt64 => ReadAbove(sizeof(ulong), uint.MaxValue),
            _ => ulong.MaxValue,
        };
        if (value <= long.MaxValue) return (long)value;
        Fail("not an integer of 64 bits");
        return 0;
    }

    private long ReadNegative(byte code)
    {
        (long value, long shorterFrom) = code switch
        {
            Int8 => (unchecked((sbyte)ReadBigEndian(sizeof(byte))), FirstFixedNegative - 256L),
            Int16 => (unchecked((short)ReadBigEndian(sizeof(ushort))), sbyte.MinValue),
            Int32 => (unchecked((int)ReadBigEndian(sizeof(uint))), short.MinValue),
            Int64 => (unchecked((long)ReadBigEndian(sizeof(ulong))), int.MinValue),
            _ => (0L, 0L),
        };
        if (value < shorterFrom) return value;
        Fail("not an integer in its shortest form");
        return 0;
    }

    private long ReadInRange(long min, long max)
    {
        long value = ReadInt64();
        if (value >= min && value <= max) return value;
        Fail($"{value} is not between {min} and {max}");
        return 0;
    }

    /// <summary>A number that a shorter form, which ends at <paramref name="shorterUpTo"/>, cannot hold.</summary>
    private ulong ReadAbove(int width, ulong shorterUpTo)
    {
        ulong value = ReadBigEndian(width);
        if (value > shorterUpTo) return value;
        Fail("not a number in its shortest form");
        return 0;
    }

    private ulong ReadBigEndian(int width)
    {
        ReadOnlySpan<byte> bytes = ReadBytes(width);
        if (Failed) return 0;
        return width switch
        {
            sizeof(byte) => bytes[0],
            sizeof(ushort) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            sizeof(uint) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
    }

    private byte ReadCode()
    {
        if (_position < _bytes.Length) return _bytes[_position++];
        Fail("the body ends inside the record");
        return 0;
    }

    private ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > Remaining)
        {
            Fail("the body ends inside a value");
            return default;
        }
        ReadOnlySpan<byte> bytes = _bytes.Slice(_position, count);
        _position += count;
        return bytes;
    }
}
