namespace DerChain.Chain.Crypto.Curve;

/// <summary>256 bits in four words, low first.</summary>
internal readonly record struct Words256(ulong W0, ulong W1, ulong W2, ulong W3);
