using DerChain.Chain.Blocks;
using DerChain.Chain.Validation;

namespace DerChain.Chain.ChainFiles;

/// <summary>Reads the blocks of a chain file one after the other: the RLP of the blocks without anything between, as <c>geth export</c> writes it,
/// plain or compressed with gzip.</summary>
/// <remarks>Memory is bounded by one block, and grows with the bytes that are there, not with the length that a file claims.</remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class ChainFileReader : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const byte ShortListPrefix = 0xc0;
    private const int MaxShortLength = 55;

    private readonly Stream _source;
    private readonly BufferedStream _input;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly MemoryStream _block = new();
    private long _offset;
    private ValidationResult _damage = ValidationResult.Valid;

    /// <summary>Reads a stream from its present position on, and disposes of it at the end. A few bytes are read at once, to tell whether it is
    /// compressed.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public ChainFileReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _source = stream;
        _input = new BufferedStream(GzipInput.DecompressIfGzip(stream), BufferBytes);
    }

    /// <summary>Blocks read so far: the place in the file of what follows.</summary>
    public long BlocksRead { get; private set; }

    /// <summary>Reads the next block's bytes.</summary>
    /// <param name="block">The block; null at the end of the file and where it is damaged.</param>
    /// <returns>Valid, or a <see cref="ChainFileError"/>; after an error it stays at that.</returns>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public ValidationResult TryRead(out EncodedBlock? block)
    {
        block = null;
        if (!_damage.IsValid)
            return _damage;

        try
        {
            if (ReadBlock() is not { } bytes)
                return _damage;

            block = new EncodedBlock(BlocksRead, _offset, bytes);
            BlocksRead++;
            _offset += bytes.Length;
        }
        catch (InvalidDataException)
        {
            return Damaged(ChainFileError.DamagedGzip, "the gzip data is cut short, damaged, or followed by other bytes");
        }

        return ValidationResult.Valid;
    }

    /// <summary>Disposes of the stream.</summary>
    public void Dispose()
    {
        _input.Dispose();
        _source.Dispose();
        _block.Dispose();
    }

    private byte[]? ReadBlock()
    {
        _block.SetLength(0);
        int prefix = _input.ReadByte();
        if (prefix < 0)
            return null;

        if (prefix < ShortListPrefix)
        {
            Damaged(ChainFileError.NotABlock, $"a block begins with an RLP list, and here stands the byte 0x{prefix:x2}");
            return null;
        }

        _block.WriteByte((byte)prefix);
        int length = prefix - ShortListPrefix;
        return (length <= MaxShortLength || TryReadLength(length - MaxShortLength, out length)) && TryCopy(length) ? _block.ToArray() : null;
    }

    private bool TryReadLength(int lengthOfLength, out int length)
    {
        length = 0;
        if (!TryCopy(lengthOfLength))
            return false;

        ulong claimed = 0;
        foreach (byte digit in _block.GetBuffer().AsSpan(1, lengthOfLength))
            claimed = (claimed << 8) | digit;

        if (claimed <= MaxShortLength || claimed >> (8 * (lengthOfLength - 1)) == 0)
            Damaged(ChainFileError.NonCanonicalLength, $"its length of {claimed} bytes is not written in the shortest form");
        else if (claimed > (ulong)(Block.MaxEncodedBytes - 1 - lengthOfLength))
            Damaged(ChainFileError.TooLarge, $"it says it has {claimed} bytes, and a block has at most {Block.MaxEncodedBytes}");
        else
            length = (int)claimed;

        return _damage.IsValid;
    }

    // In pieces, so that a length for which there are no bytes costs no memory.
    private bool TryCopy(int count)
    {
        while (count > 0)
        {
            int read = _input.Read(_buffer, 0, Math.Min(count, _buffer.Length));
            if (read == 0)
            {
                Damaged(ChainFileError.Truncated, $"the file ends after {_block.Length} bytes of it, and at least {count} more are missing");
                return false;
            }

            _block.Write(_buffer, 0, read);
            count -= read;
        }

        return true;
    }

    private ValidationResult Damaged(ChainFileError error, string what) =>
        _damage = ValidationResult.Fail(error, $"Block {BlocksRead} of the file, at byte {_offset}: {what}.");
}
