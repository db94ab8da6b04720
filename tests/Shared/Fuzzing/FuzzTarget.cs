using Xunit.Sdk;

namespace DerChain.Tests.Shared.Fuzzing;

/// <summary>A decoder of foreign bytes, and what must hold of it whatever the bytes are.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Corpus">Valid inputs, from which others are made.</param>
internal abstract record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus)
{
    /// <summary>True where the input is made of items of RLP.</summary>
    public bool IsRlp { get; init; }

    /// <summary>Longest input that is made.</summary>
    public int MaxInputBytes { get; init; } = 16 * 1024;

    /// <summary>Repairs what would otherwise end every attempt early, such as a checksum.</summary>
    public Func<byte[], byte[]> Repair { get; init; } = static input => input;

    /// <summary>Decodes an input.</summary>
    /// <returns>True where it was read, false where it was refused.</returns>
    /// <exception cref="XunitException">The decoder does not keep its promises.</exception>
    public abstract bool Accepts(byte[] input);
}

/// <summary>A decoder that gives a value or null.</summary>
internal sealed record FuzzTarget<T>(string Name, IReadOnlyList<byte[]> Corpus, Func<byte[], T?> Decode, Func<T, byte[]> Encode) : FuzzTarget(Name, Corpus)
    where T : class
{
    /// <summary>Most bytes that are allocated for each byte of input.</summary>
    public required int AllocatedPerByte { get; init; }

    /// <summary>Most bytes that are allocated for an input of any length: an object of each kind, and the sentence that refuses it.</summary>
    public int AllocatedAlways { get; init; } = 16 * 1024;

    /// <summary>True where one value has one encoding; else what is written is read as what is written again.</summary>
    public bool IsCanonical { get; init; } = true;

    public override bool Accepts(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        T? value = Decode(input);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long limit = AllocatedAlways + (long)AllocatedPerByte * input.Length;
        if (allocated > limit)
            throw new XunitException($"{allocated} bytes were allocated for an input of {input.Length}; {limit} is the limit.");

        if (value is null)
            return false;

        byte[] encoded = Encode(value);
        byte[] expected = IsCanonical ? input : Encode(Decode(encoded) ?? throw new XunitException("What was written is not read again."));
        return encoded.AsSpan().SequenceEqual(expected)
            ? true
            : throw new XunitException($"The value is written as {Convert.ToHexStringLower(encoded)}.");
    }
}
