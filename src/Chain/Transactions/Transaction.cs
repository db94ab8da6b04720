using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Transactions;

/// <summary>A signed transaction of type 0, 1 or 2, with its encoding and hash.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class Transaction
{
    private Transaction(UnsignedTransaction content, Signature signature, ReadOnlyMemory<byte> encoded, Hash256 hash)
    {
        Content = content;
        Signature = signature;
        Encoded = encoded;
        Hash = hash;
    }

    /// <summary>What the transaction says.</summary>
    public UnsignedTransaction Content { get; }

    /// <summary>The sender's signature. <see cref="Signature.RecoveryId"/> is 0 or 1.</summary>
    public Signature Signature { get; }

    /// <summary>The canonical encoding: RLP, with the type byte before it unless legacy (EIP-2718).</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>Keccak-256 of <see cref="Encoded"/>.</summary>
    public Hash256 Hash { get; }

    /// <summary>Puts content and signature together.</summary>
    internal static Transaction Create(UnsignedTransaction content, Signature signature)
    {
        byte[] encoded = TransactionCodec.Encode(content, signature);
        return new Transaction(content, signature, encoded, Keccak256.Hash(encoded));
    }

    /// <summary>Keeps the encoding that content and signature were read from, and its hash.</summary>
    internal static Transaction FromDecoded(UnsignedTransaction content, Signature signature, ReadOnlyMemory<byte> encoded, Hash256 hash) =>
        new(content, signature, encoded, hash);

    /// <summary>Recovers the account that signed. Costs about 0.06 ms: call it once a transaction.</summary>
    /// <returns>Null where the signature does not recover to a key.</returns>
    public Address? RecoverSender() => Signature.TryRecover(Content.SigningHash())?.Address;
}
