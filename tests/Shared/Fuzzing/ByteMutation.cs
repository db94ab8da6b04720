namespace DerChain.Tests.Shared.Fuzzing;

/// <summary>Changes of bytes that know nothing of what the bytes mean.</summary>
internal static class ByteMutation
{
    // Ends of ranges: of integers, of text, of the prefixes of RLP and MessagePack.
    private static readonly byte[] Ends = [0x00, 0x01, 0x1f, 0x20, 0x30, 0x7f, 0x80, 0x81, 0x9f, 0xb7, 0xb8, 0xbb, 0xbf, 0xc0, 0xc1, 0xdc, 0xf7, 0xf8, 0xf9, 0xff];
    private static readonly int[] Widths = [1, 2, 4, 8, 20, 32, 33, 64];

    public static byte[] Apply(byte[] input, byte[] other, FuzzRandom random)
    {
        if (input.Length == 0)
            return random.Bytes(random.Below(16));

        int at = random.Below(input.Length);
        int length = Math.Min(1 + random.Below(random.OneIn(4) ? 64 : 4), input.Length - at);
        return random.Below(12) switch
        {
            0 => Replace(input, at, 1, [(byte)(input[at] ^ (1 << random.Below(8)))]),
            1 => Replace(input, at, 1, random.Bytes(1)),
            2 => Replace(input, at, 1, [random.Pick(Ends)]),
            3 => Replace(input, at, 1, [(byte)((input[at] + (random.OneIn(2) ? 1 : 255)) & 0xff)]),
            4 => Replace(input, at, 0, random.Bytes(1 + random.Below(8))),
            5 => Replace(input, at, length, []),
            6 => Replace(input, at, 0, input.AsSpan(at, length)),
            7 => input[..at],
            8 => Splice(input, at, other, random),
            9 => Replace(input, at, Math.Min(length, random.Pick(Widths)), Extreme(random)),
            10 => Replace(input, input.Length, 0, random.Bytes(1 + random.Below(8))),
            _ => Replace(input, at, length, input.AsSpan(random.Below(input.Length - length + 1), length)),
        };
    }

    /// <summary>The input with a part of it replaced.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> input, int start, int length, ReadOnlySpan<byte> replacement) =>
        [.. input[..start], .. replacement, .. input[(start + length)..]];

    /// <summary>The smallest and largest integers of every width, and the powers of two.</summary>
    public static byte[] Extreme(FuzzRandom random)
    {
        var bytes = new byte[random.Pick(Widths)];
        switch (random.Below(4))
        {
            case 0:
                bytes.AsSpan().Fill(0xff);
                break;
            case 1:
                bytes[0] = 0x80;
                break;
            case 2:
                bytes[^1] = 1;
                break;
        }

        return bytes;
    }

    private static byte[] Splice(byte[] input, int at, byte[] other, FuzzRandom random) =>
        other.Length == 0 ? input : [.. input[..at], .. other[random.Below(other.Length)..]];
}
