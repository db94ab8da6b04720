namespace DerChain.Chain.Crypto.Hashing;

/// <summary>How many independent inputs are hashed. All paths give the same hashes; a greater one is faster where the machine has it.</summary>
internal enum KeccakPath
{
    /// <summary>One after the other, on any machine.</summary>
    OneByOne,

    /// <summary>Four side by side, with AVX2.</summary>
    FourAtOnce,

    /// <summary>Eight side by side, with AVX-512.</summary>
    EightAtOnce,
}
