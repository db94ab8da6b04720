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
    // Enough for the devices of five thousand prosumers: where two names want one place, each is made anew at every reading. At most 7 MB.
    private const int Places = 1 << 16;

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

    // In pieces of eight bytes, the last of which overlaps the one before it. Both halves of a product count: the lower half alone would not see the last letter.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        if (bytes.Length < sizeof(ulong))
        {
            foreach (byte value in bytes) hash = Mix(hash ^ value);
            return hash;
        }
        for (int start = 0; start < bytes.Length - sizeof(ulong); start += sizeof(ulong))
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[start..]));
        return Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]));
    }

    private static ulong Mix(ulong value) => Math.BigMul(value, 0x9E3779B97F4A7C15, out ulong low) ^ low;
}
