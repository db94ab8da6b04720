using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using DerChain.Market.Quantities;

namespace DerChain.Market.Codec;

/// <summary>Gives the same string for the same bytes of a name, so that a day of readings holds each device's name once. Bounded: a name may push
/// another out of its place, never grow the cache.</summary>
/// <threadsafety>Thread-safe: a place is read and written as one reference, and every string in it is immutable.</threadsafety>
internal static class NameCache
{
    private const int Places = 1 << 14;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-"u8);

    private static readonly string?[] Names = new string?[Places];

    /// <summary>The name that the bytes spell, or null where they are no name (<see cref="Identifier"/>).</summary>
    public static string? Get(ReadOnlySpan<byte> bytes)
    {
        ref string? place = ref Names[Hash(bytes) & (Places - 1)];
        string? held = Volatile.Read(ref place);
        if (held is not null && Ascii.Equals(bytes, held)) return held;
        if (bytes.Length is < 1 or > Identifier.MaxLength || bytes.ContainsAnyExcept(Allowed)) return null;
        string name = Encoding.ASCII.GetString(bytes);
        Volatile.Write(ref place, name);
        return name;
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        unchecked
        {
            ulong hash = (ulong)bytes.Length;
            for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
                hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier;
            foreach (byte value in bytes) hash = (hash ^ value) * Multiplier;
            return (uint)(hash >> 40);
        }
    }
}
