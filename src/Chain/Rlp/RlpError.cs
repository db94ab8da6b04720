namespace DerChain.Chain.Rlp;

/// <summary>Why bytes are not the RLP that was expected. Source: Ethereum Yellow Paper, appendix B.</summary>
public enum RlpError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The input ends before the item does.</summary>
    UnexpectedEnd,

    /// <summary>A string was expected and a list found.</summary>
    ExpectedString,

    /// <summary>A list was expected and a string found.</summary>
    ExpectedList,

    /// <summary>A single byte below 0x80 is encoded with a prefix.</summary>
    NonCanonicalByte,

    /// <summary>A length is written longer than needed, with leading zeros, or in the long form below 56.</summary>
    NonCanonicalLength,

    /// <summary>An integer has leading zero bytes.</summary>
    NonCanonicalInteger,

    /// <summary>An integer is wider than its field.</summary>
    IntegerTooLarge,

    /// <summary>A string is not of the length its field has.</summary>
    WrongLength,

    /// <summary>Bytes follow where the item should have ended.</summary>
    TrailingBytes,

    /// <summary>A field has a value it cannot have.</summary>
    InvalidValue,

    /// <summary>The input is larger than the limit of what it should be.</summary>
    TooLarge,
}
