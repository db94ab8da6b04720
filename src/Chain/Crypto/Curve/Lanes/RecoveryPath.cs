namespace DerChain.Chain.Crypto.Curve.Lanes;

/// <summary>How many signers are recovered. All paths give the same keys; a greater one is faster where the machine has it.</summary>
internal enum RecoveryPath
{
    /// <summary>One after the other, on any machine.</summary>
    OneByOne,

    /// <summary>Eight side by side, with AVX-512.</summary>
    EightAtOnce,
}
