using DerChain.Chain.Primitives;

namespace DerChain.Cli;

/// <summary>A hash as a user types it.</summary>
internal static class HashText
{
    /// <summary>Reads 64 hexadecimal digits, with or without 0x.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="what">What the hash is of, e.g. <c>a block</c>.</param>
    /// <exception cref="UserErrorException">It is no hash.</exception>
    public static Hash256 Parse(string text, string what) =>
        Hash256.TryParse(text, out Hash256 hash) ? hash : throw new UserErrorException($"'{text}' is no hash of {what}: 64 hexadecimal digits are wanted.");
}
