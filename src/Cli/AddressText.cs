using DerChain.Chain.Primitives;

namespace DerChain.Cli;

/// <summary>An address as a user types it.</summary>
internal static class AddressText
{
    /// <summary>Reads 40 hexadecimal digits, with or without 0x; where they have capitals and small letters, these are a checksum.</summary>
    /// <exception cref="UserErrorException">It is no address, or mistyped.</exception>
    public static Address Parse(string text)
    {
        if (!Address.TryParse(text, out _))
            throw new UserErrorException($"'{text}' is no address: 40 hexadecimal digits are wanted.");

        return Address.TryParseChecksummed(text, out Address address)
            ? address
            : throw new UserErrorException($"The address {text} is mistyped: its capital letters are not those of its checksum (EIP-55).");
    }
}
