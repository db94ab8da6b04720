namespace DerChain.Chain.Primitives;

/// <summary>The 256-byte logs bloom of a header or receipt. Empty in every block of this ledger: without contracts there are no logs.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Bloom
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 256;

    private readonly byte[] _bytes;

    private Bloom(byte[] bytes) => _bytes = bytes;

    /// <summary>256 zero bytes.</summary>
    public static Bloom Empty { get; } = new(new byte[Length]);

    /// <summary>The 256 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>True where all bytes are zero.</summary>
    public bool IsEmpty => !_bytes.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>Reads exactly 256 bytes.</summary>
    /// <exception cref="ArgumentException">The length is not 256.</exception>
    public static Bloom FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
            throw new ArgumentException($"A bloom has {Length} bytes; {bytes.Length} were given.", nameof(bytes));

        return bytes.ContainsAnyExcept((byte)0) ? new Bloom(bytes.ToArray()) : Empty;
    }
}
