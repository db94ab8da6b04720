namespace DerChain.Chain.Transactions;

/// <summary>Form of a transaction: its EIP-2718 type byte.</summary>
public enum TransactionType : byte
{
    /// <summary>The original form, with one gas price.</summary>
    Legacy = 0,

    /// <summary>One gas price and an access list (EIP-2930, from Berlin on).</summary>
    AccessList = 1,

    /// <summary>A highest price and a highest tip (EIP-1559, from London on).</summary>
    DynamicFee = 2,
}
