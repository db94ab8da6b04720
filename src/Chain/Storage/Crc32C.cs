using System.Buffers.Binary;
using System.Numerics;

namespace DerChain.Chain.Storage;

/// <summary>The checksum of stored bytes: against damage by chance. What an intruder changes, an audit finds.</summary>
/// <remarks>CRC-32C (RFC 3720, appendix B.4) without the final inversion: all ones, 4 bytes of a number, then the bytes.</remarks>
internal static class Crc32C
{
    /// <summary>Checksum of bytes that belong to a number: a place or a length.</summary>
    public static uint Of(uint number, ReadOnlySpan<byte> bytes) => Append(BitOperations.Crc32C(uint.MaxValue, number), bytes);

    /// <summary>The checksum continued over further bytes.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));

        foreach (byte b in bytes)
            checksum = BitOperations.Crc32C(checksum, b);

        return checksum;
    }
}
