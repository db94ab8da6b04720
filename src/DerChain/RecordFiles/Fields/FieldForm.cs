using DerChain.Chain.Primitives;

namespace DerChain.RecordFiles.Fields;

/// <summary>Reads a value from text.</summary>
internal delegate bool TryParse<T>(ReadOnlySpan<char> text, out T value);

/// <summary>The one text that stands for a value.</summary>
/// <param name="Format">The text.</param>
/// <param name="Parse">Reads a text; other texts than the one may pass.</param>
/// <param name="Expected">What the text must be, for a problem.</param>
/// <param name="IsQuoted">The text is a string of JSON; otherwise it is a number or a truth value.</param>
internal sealed record FieldForm<T>(Func<T, string> Format, TryParse<T> Parse, string Expected, bool IsQuoted = true)
    where T : struct
{
    /// <summary>Reads the text that <see cref="Format"/> gives, and no other.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out T value) => Parse(text, out value) && text.SequenceEqual(Format(value));
}

/// <summary>A SHA-256, which is no hash of the chain: its text has no 0x, as <c>sha256sum</c> prints it.</summary>
internal readonly record struct FileHash(Hash256 Value);
