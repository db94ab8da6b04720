using System.Buffers;

namespace DerChain.Market.Quantities;

/// <summary>The rule for names on the chain: 1 to 40 characters of <c>A-Z a-z 0-9 . _ : -</c>.</summary>
/// <remarks>40 characters hold the hexadecimal form of an IEEE 2030.5 LFDI.</remarks>
public static class Identifier
{
    /// <summary>Longest name, in characters (each one byte).</summary>
    public const int MaxLength = 40;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    /// <summary>True where the text is a name.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    internal static string Require(string text, string what) =>
        IsValid(text) ? text : throw new ArgumentException($"{what} '{text}' is not 1 to {MaxLength} characters of A-Z a-z 0-9 . _ : -");
}
