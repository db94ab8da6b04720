namespace DerChain.Chain.Primitives;

/// <summary>Hexadecimal text with the <c>0x</c> prefix, as Ethereum tools write it.</summary>
/// <threadsafety>All members are pure.</threadsafety>
public static class Hex
{
    /// <summary>Lower-case text, two digits a byte, with the <c>0x</c> prefix.</summary>
    public static string Format(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Reads text of whole bytes, with or without the <c>0x</c> prefix, in either case.</summary>
    /// <returns>False where a character is not a hexadecimal digit or the count of digits is odd.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = Digits(text);
        bytes = [];
        if (digits.Length % 2 != 0)
            return false;

        var result = new byte[digits.Length / 2];
        if (!TryParseExact(text, result))
            return false;

        bytes = result;
        return true;
    }

    /// <summary>Reads text of whole bytes, with or without the <c>0x</c> prefix, in either case.</summary>
    /// <exception cref="FormatException">The text is not whole bytes of hexadecimal digits.</exception>
    public static byte[] Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out byte[] bytes) ? bytes : throw new FormatException($"Not whole bytes of hexadecimal digits: '{text}'.");

    /// <summary>Reads text of exactly <paramref name="destination"/>'s length.</summary>
    internal static bool TryParseExact(ReadOnlySpan<char> text, Span<byte> destination)
    {
        ReadOnlySpan<char> digits = Digits(text);
        return digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
}
