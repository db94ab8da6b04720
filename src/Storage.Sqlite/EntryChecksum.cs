using DerChain.Chain.Storage;

namespace DerChain.Storage.Sqlite;

/// <summary>The checksum of an entry: over the length of the key, the key and the value.</summary>
internal static class EntryChecksum
{
    public static long Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => Crc32C.Append(Crc32C.Of((uint)key.Length, key), value);
}
