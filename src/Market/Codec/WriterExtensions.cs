using System.Text;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using MessagePack;

namespace DerChain.Market.Codec;

/// <summary>The values that MessagePack has no form of its own for, as <see cref="CanonicalReader"/> reads them.</summary>
internal static class WriterExtensions
{
    public static void WriteName(this ref MessagePackWriter writer, string name)
    {
        writer.WriteStringHeader(name.Length);
        writer.Advance(Encoding.ASCII.GetBytes(name, writer.GetSpan(name.Length)));
    }

    public static void Write(this ref MessagePackWriter writer, MarketInterval interval)
    {
        writer.Write(interval.StartUnixSeconds);
        writer.Write(interval.DurationSeconds);
    }

    public static void Write(this ref MessagePackWriter writer, Address account)
    {
        writer.WriteBinHeader(Address.Length);
        account.CopyTo(writer.GetSpan(Address.Length));
        writer.Advance(Address.Length);
    }

    public static void WriteOptional(this ref MessagePackWriter writer, Address? account)
    {
        if (account is { } given) writer.Write(given);
        else writer.WriteNil();
    }

    public static void Write(this ref MessagePackWriter writer, Hash256 hash)
    {
        writer.WriteBinHeader(Hash256.Length);
        hash.CopyTo(writer.GetSpan(Hash256.Length));
        writer.Advance(Hash256.Length);
    }

    public static void WriteOptional(this ref MessagePackWriter writer, Hash256? hash)
    {
        if (hash is { } given) writer.Write(given);
        else writer.WriteNil();
    }

    public static void WriteOptional(this ref MessagePackWriter writer, long? value)
    {
        if (value is { } given) writer.Write(given);
        else writer.WriteNil();
    }
}
