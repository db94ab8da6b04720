using System.Buffers;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Rlp;

/// <summary>Writes RLP (Ethereum Yellow Paper, appendix B) to a growing buffer, which is lent by a pool until the writer is disposed of.</summary>
/// <remarks>A list's prefix depends on the length of its content, so <see cref="EndList"/> moves the content behind it.</remarks>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class RlpWriter(int capacity = 256) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>Number of bytes written.</summary>
    public int Length => _length;

    /// <summary>What was written; until the writer writes on.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>A part of what was written; until the writer writes on.</summary>
    public ReadOnlyMemory<byte> Part(int start, int end) => _buffer.AsMemory(0, _length)[start..end];

    /// <summary>What was written, in a new array.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets what was written behind a length, and keeps the buffer.</summary>
    public void Truncate(int length = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
    }

    /// <summary>Gives the buffer back; the writer is empty then, and what it gave to read is not to be read any more.</summary>
    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Starts a list.</summary>
    /// <returns>What <see cref="EndList"/> wants to have back.</returns>
    public int StartList() => _length;

    /// <summary>Ends the list that <see cref="StartList"/> began.</summary>
    public void EndList(int start)
    {
        int contentLength = _length - start;
        int prefixLength = contentLength <= 55 ? 1 : 1 + IntegerLength((ulong)contentLength);
        Reserve(prefixLength);
        _buffer.AsSpan(start, contentLength).CopyTo(_buffer.AsSpan(start + prefixLength));
        _length = start;
        WritePrefix(0xc0, contentLength);
        _length += contentLength;
    }

    /// <summary>Writes a string item.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (content.Length != 1 || content[0] >= 0x80)
            WritePrefix(0x80, content.Length);

        WriteEncoded(content);
    }

    /// <summary>Writes an integer as its shortest big-endian form; 0 is the empty string.</summary>
    public void Write(ulong value) => Write((UInt256)value);

    /// <summary>Writes an integer as its shortest big-endian form; 0 is the empty string.</summary>
    public void Write(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Length];
        value.WriteBigEndian(bytes);
        Write(bytes[(UInt256.Length - value.ByteCount)..]);
    }

    /// <summary>Writes a hash as a string of 32 bytes.</summary>
    public void Write(Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        hash.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Writes an address as a string of 20 bytes.</summary>
    public void Write(Address address)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        address.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Writes bytes as they are: an item that is encoded already, or a type prefix (EIP-2718).</summary>
    public void WriteEncoded(ReadOnlySpan<byte> encoded)
    {
        Reserve(encoded.Length);
        encoded.CopyTo(_buffer.AsSpan(_length));
        _length += encoded.Length;
    }

    private void WritePrefix(byte offset, int contentLength)
    {
        Reserve(1 + sizeof(ulong));
        if (contentLength <= 55)
        {
            _buffer[_length++] = (byte)(offset + contentLength);
            return;
        }

        int lengthOfLength = IntegerLength((ulong)contentLength);
        _buffer[_length++] = (byte)(offset + 55 + lengthOfLength);
        for (int shift = 8 * (lengthOfLength - 1); shift >= 0; shift -= 8)
            _buffer[_length++] = (byte)((contentLength >> shift) & 0xff);
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
            return;

        // All of it: while a list ends, its content stands behind what counts as written.
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + count));
        _buffer.CopyTo(larger, 0);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);

        _buffer = larger;
    }

    private static int IntegerLength(ulong value) => ((UInt256)value).ByteCount;
}
