namespace DerChain.Consensus.Validators;

/// <summary>Local policy of a validator. No other validator checks it.</summary>
public sealed record ValidatorOptions
{
    /// <summary>Wait out of turn for each signer nearer to its turn, in milliseconds; at least the time a block needs to reach everyone. Default: 500.</summary>
    public ulong SlotMilliseconds { get; init; } = 500;
}
