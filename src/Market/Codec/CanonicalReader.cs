using System.Buffers.Binary;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using MessagePack;
using static MessagePack.MessagePackCode;

namespace DerChain.Market.Codec;

/// <summary>Reads MessagePack in its one canonical form: every integer, length and name in the shortest form MessagePack has for it.</summary>
/// <remarks>
/// MessagePack's own reader accepts every form, needs memory instead of a span and throws on foreign bytes; this one does none of that. The first
/// thing that is not canonical makes the reader fail for good: what is read after it is zero or null, and <see cref="Failure"/> says what it was.
/// </remarks>
internal ref struct CanonicalReader
{
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
        if (code is >= MinFixArray and <= MaxFixArray) return code - MinFixArray;
        ulong length = code switch
        {
            Array16 => ReadAbove(sizeof(ushort), MessagePackRange.MaxFixArrayCount),
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
        sbyte code = unchecked((sbyte)ReadCode());
        return code >= MessagePackRange.MinFixNegativeInt ? code : ReadWideInteger(unchecked((byte)code));
    }

    public ulong ReadUInt64()
    {
        if (Remaining > 0 && _bytes[_position] == MessagePackCode.UInt64)
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
        if (Remaining == 0 || _bytes[_position] != MessagePackCode.Nil) return false;
        _position++;
        return true;
    }

    /// <summary>A name, or null where the reader fails.</summary>
    public string? ReadName()
    {
        byte code = ReadCode();
        int length = code switch
        {
            >= MinFixStr and <= MaxFixStr => code - MinFixStr,
            Str8 => (int)ReadAbove(sizeof(byte), MessagePackRange.MaxFixStringLength),
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
            Bin8 => ReadBigEndian(sizeof(byte)),
            Bin16 => ReadAbove(sizeof(ushort), byte.MaxValue),
            Bin32 => ReadAbove(sizeof(uint), ushort.MaxValue),
            _ => ulong.MaxValue,
        };
        if (length <= (ulong)Remaining) return ReadBytes((int)length).ToArray();
        Fail("not bytes with a length in its shortest form");
        return [];
    }

    private ReadOnlySpan<byte> ReadFixedBytes(int length)
    {
        if (ReadCode() != Bin8 || ReadBigEndian(sizeof(byte)) != (ulong)length) Fail($"not {length} bytes");
        return ReadBytes(length);
    }

    /// <summary>An integer in one of eight forms, whose codes follow one another: without sign in a byte, in two, four or eight, then the same with a sign.</summary>
    private long ReadWideInteger(byte code)
    {
        if (code is < UInt8 or > MessagePackCode.Int64)
        {
            Fail(code < UInt8 ? "not an integer of 64 bits" : "not an integer in its shortest form");
            return 0;
        }
        int width = 1 << (code & 3);
        return code < Int8 ? ReadPositive(width) : ReadNegative(width);
    }

    private long ReadPositive(int width)
    {
        ulong value = ReadAbove(width, width == 1 ? (ulong)sbyte.MaxValue : ulong.MaxValue >> (64 - 4 * width));
        if (value <= long.MaxValue) return (long)value;
        Fail("not an integer of 64 bits");
        return 0;
    }

    private long ReadNegative(int width)
    {
        int unused = 64 - 8 * width;
        long value = unchecked((long)ReadBigEndian(width) << unused) >> unused;
        if (value < (width == 1 ? MessagePackRange.MinFixNegativeInt : long.MinValue >> (64 - 4 * width))) return value;
        Fail("not an integer in its shortest form");
        return 0;
    }

    private long ReadInRange(long min, long max)
    {
        long value = ReadInt64();
        return value >= min && value <= max ? value : Refuse(value, min, max);
    }

    private long Refuse(long value, long min, long max)
    {
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
        ulong value = 0;
        if (Remaining >= sizeof(ulong))
        {
            value = BinaryPrimitives.ReadUInt64BigEndian(_bytes[_position..]) >> unchecked(64 - 8 * width);
            unchecked { _position += width; }
            return value;
        }
        foreach (byte next in ReadBytes(width)) value = value << 8 | next;
        return value;
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
