using DerChain.Chain.Primitives;

namespace DerChain.Chain.Transactions;

/// <summary>Gas of a transaction that needs no EVM, and what it pays for it.</summary>
public static class GasRules
{
    /// <summary>Gas of every transaction (Yellow Paper, appendix G: G_transaction).</summary>
    public const ulong TransactionGas = 21_000;

    private const ulong ZeroByteGas = 4;
    private const ulong NonZeroByteGasFrontier = 68;
    private const ulong NonZeroByteGasIstanbul = 16;
    private const ulong AccessListAddressGas = 2_400;
    private const ulong AccessListStorageKeyGas = 1_900;

    /// <summary>Gas a transaction costs before anything is executed, which here is all it costs: 21,000, 4 a zero byte of data, 68 or, from
    /// Istanbul on, 16 a non-zero byte (EIP-2028), and the access list (EIP-2930).</summary>
    public static ulong IntrinsicGas(UnsignedTransaction transaction, bool isIstanbul)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ReadOnlySpan<byte> data = transaction.Data.Span;
        ulong zeros = (ulong)data.Count((byte)0);
        ulong gas = TransactionGas + zeros * ZeroByteGas
            + ((ulong)data.Length - zeros) * (isIstanbul ? NonZeroByteGasIstanbul : NonZeroByteGasFrontier);
        foreach (AccessListEntry entry in transaction.AccessList)
            gas += AccessListAddressGas + (ulong)entry.StorageKeys.Length * AccessListStorageKeyGas;

        return gas;
    }

    /// <summary>Price per gas that the sender pays: the lower of its highest price and base fee plus tip (EIP-1559).</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="baseFeePerGas">The block's base fee in wei; 0 before London.</param>
    public static UInt256 EffectiveGasPrice(UnsignedTransaction transaction, UInt256 baseFeePerGas)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return UInt256.TryAdd(baseFeePerGas, transaction.MaxPriorityFeePerGas, out UInt256 wanted) && wanted < transaction.MaxFeePerGas
            ? wanted
            : transaction.MaxFeePerGas;
    }
}
