using System.Buffers.Binary;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Rlp;

/// <summary>Strict reader of RLP over bytes it does not copy: one canonical encoding a value, no trailing bytes.</summary>
/// <remarks>
/// The first error sticks: from then on every read gives a default value, and <see cref="Error"/> tells what was wrong. A decoder therefore reads
/// all fields and looks once. Nothing throws and nothing is allocated. A list is a reader of its own, so depth is its caller's to bound.
/// </remarks>
internal ref struct RlpReader(ReadOnlySpan<byte> input)
{
    // What a field that could not be read holds; as long as the longest field of a fixed length.
    private static readonly byte[] Zeros = new byte[Bloom.Length];

    private ReadOnlySpan<byte> _rest = input;

    /// <summary>The first error met, or <see cref="RlpError.None"/>.</summary>
    public RlpError Error { get; private set; }

    /// <summary>True where all input was read without an error.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>True where another item follows and no error was met.</summary>
    public readonly bool HasMore => Error == RlpError.None && !_rest.IsEmpty;

    /// <summary>True where the next item is a list.</summary>
    public readonly bool NextIsList => !_rest.IsEmpty && _rest[0] >= 0xc0;

    /// <summary>Reads a string item and gives its content.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadItem(isList: false, out _);

    /// <summary>Reads a string item of exactly <paramref name="length"/> bytes, at most 256, or gives that many zero bytes and an error.</summary>
    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        ReadOnlySpan<byte> content = ReadBytes();
        if (content.Length == length)
            return content;

        Fail(RlpError.WrongLength);
        return Zeros.AsSpan(0, length);
    }

    /// <summary>Reads a list item and gives a reader of its content.</summary>
    public RlpReader ReadList()
    {
        ReadOnlySpan<byte> content = ReadItem(isList: true, out _);
        return new RlpReader(content) { Error = Error };
    }

    /// <summary>Reads any item and gives its whole encoding, prefix included.</summary>
    public ReadOnlySpan<byte> ReadEncodedItem()
    {
        ReadItem(NextIsList, out ReadOnlySpan<byte> encoded);
        return encoded;
    }

    /// <summary>Reads a hash: a string of 32 bytes.</summary>
    public Hash256 ReadHash256() => Hash256.FromBytes(ReadBytes(Hash256.Length));

    /// <summary>Reads an address: a string of 20 bytes.</summary>
    public Address ReadAddress() => Address.FromBytes(ReadBytes(Address.Length));

    /// <summary>Reads an integer of at most 8 bytes without leading zeros.</summary>
    public ulong ReadUInt64()
    {
        ReadOnlySpan<byte> content = ReadInteger(sizeof(ulong));
        Span<byte> full = stackalloc byte[sizeof(ulong)];
        full.Clear();
        content.CopyTo(full[(sizeof(ulong) - content.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(full);
    }

    /// <summary>Reads an integer of at most 32 bytes without leading zeros.</summary>
    public UInt256 ReadUInt256() => UInt256.FromBigEndian(ReadInteger(UInt256.Length));

    /// <summary>Records an error unless one is recorded already.</summary>
    public void Fail(RlpError error)
    {
        if (Error == RlpError.None)
            Error = error;

        _rest = default;
    }

    /// <summary>Takes over the error of a reader of an inner list, and requires that it was read to its end.</summary>
    public void Close(in RlpReader inner)
    {
        if (inner.Error != RlpError.None)
            Fail(inner.Error);
        else if (!inner.AtEnd)
            Fail(RlpError.TrailingBytes);
    }

    /// <summary>The error, or <see cref="RlpError.TrailingBytes"/> where input is left over.</summary>
    public readonly RlpError Finish() => Error == RlpError.None && !AtEnd ? RlpError.TrailingBytes : Error;

    private ReadOnlySpan<byte> ReadInteger(int maxLength)
    {
        ReadOnlySpan<byte> content = ReadBytes();
        if (!content.IsEmpty && content[0] == 0)
            Fail(RlpError.NonCanonicalInteger);
        else if (content.Length > maxLength)
            Fail(RlpError.IntegerTooLarge);
        else
            return content;

        return default;
    }

    private ReadOnlySpan<byte> ReadItem(bool isList, out ReadOnlySpan<byte> encoded)
    {
        encoded = default;
        if (Error != RlpError.None)
            return default;

        RlpError error = TryReadPrefix(_rest, out bool foundList, out int start, out int length);
        if (error == RlpError.None && foundList != isList)
            error = isList ? RlpError.ExpectedList : RlpError.ExpectedString;

        if (error != RlpError.None)
        {
            Fail(error);
            return default;
        }

        ReadOnlySpan<byte> content = _rest.Slice(start, length);
        encoded = _rest[..(start + length)];
        _rest = _rest[(start + length)..];
        return content;
    }

    private static RlpError TryReadPrefix(ReadOnlySpan<byte> input, out bool isList, out int start, out int length)
    {
        isList = false;
        start = 0;
        length = 0;
        if (input.IsEmpty)
            return RlpError.UnexpectedEnd;

        byte prefix = input[0];
        if (prefix < 0x80)
        {
            length = 1;
            return RlpError.None;
        }

        isList = prefix >= 0xc0;
        int shortForm = prefix - (isList ? 0xc0 : 0x80);
        RlpError error = shortForm <= 55
            ? ReadShortLength(shortForm, out start, out length)
            : ReadLongLength(input, shortForm - 55, out start, out length);
        if (error != RlpError.None)
            return error;

        if (length > input.Length - start)
            return RlpError.UnexpectedEnd;

        bool isPrefixedByte = !isList && length == 1 && input[start] < 0x80;
        return isPrefixedByte ? RlpError.NonCanonicalByte : RlpError.None;
    }

    private static RlpError ReadShortLength(int shortForm, out int start, out int length)
    {
        start = 1;
        length = shortForm;
        return RlpError.None;
    }

    private static RlpError ReadLongLength(ReadOnlySpan<byte> input, int lengthOfLength, out int start, out int length)
    {
        start = 1 + lengthOfLength;
        length = 0;
        if (input.Length < start)
            return RlpError.UnexpectedEnd;

        if (input[1] == 0)
            return RlpError.NonCanonicalLength;

        // More than 2^31 bytes never stand in a span.
        if (lengthOfLength > sizeof(uint) || (lengthOfLength == sizeof(uint) && input[1] > 0x7f))
            return RlpError.UnexpectedEnd;

        foreach (byte digit in input.Slice(1, lengthOfLength))
            length = (length << 8) | digit;

        return length <= 55 ? RlpError.NonCanonicalLength : RlpError.None;
    }
}
