using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Trie;

namespace DerChain.Chain.State;

/// <summary>An account: nonce, balance, and the two hashes that stand for storage and code (Yellow Paper, section 4.1).</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record Account
{
    // Null for an account without storage and code, which nearly all are.
    private readonly Contract? _contract;

    /// <summary>An account of these values.</summary>
    /// <param name="nonce">Number of transactions sent.</param>
    /// <param name="balance">Balance in wei.</param>
    /// <param name="storageRoot">Root of the account's storage.</param>
    /// <param name="codeHash">Hash of the account's code.</param>
    public Account(ulong nonce, UInt256 balance, Hash256 storageRoot, Hash256 codeHash)
    {
        Nonce = nonce;
        Balance = balance;
        if (storageRoot != MerklePatriciaTrie.EmptyRoot || codeHash != Keccak256.OfEmpty)
            _contract = new Contract(storageRoot, codeHash);
    }

    /// <summary>Number of transactions sent.</summary>
    public ulong Nonce { get; init; }

    /// <summary>Balance in wei.</summary>
    public UInt256 Balance { get; init; }

    /// <summary>Root of the account's storage; that of an empty trie without contracts.</summary>
    public Hash256 StorageRoot => _contract?.StorageRoot ?? MerklePatriciaTrie.EmptyRoot;

    /// <summary>Hash of the account's code; that of no bytes without contracts.</summary>
    public Hash256 CodeHash => _contract?.CodeHash ?? Keccak256.OfEmpty;

    /// <summary>An account that does not exist.</summary>
    public static Account Empty { get; } = new(0, UInt256.Zero, MerklePatriciaTrie.EmptyRoot, Keccak256.OfEmpty);

    /// <summary>True where nonce and balance are 0 and there is no code (EIP-161).</summary>
    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;

    /// <summary>True where the account is a contract.</summary>
    public bool HasCode => _contract is not null && _contract.CodeHash != Keccak256.OfEmpty;

    internal byte[] Encode()
    {
        using var writer = new RlpWriter(112);
        int list = writer.StartList();
        writer.Write(Nonce);
        writer.Write(Balance);
        writer.Write(StorageRoot);
        writer.Write(CodeHash);
        writer.EndList(list);
        return writer.ToArray();
    }

    internal static Account? TryDecode(ReadOnlySpan<byte> encoded)
    {
        var reader = new RlpReader(encoded);
        RlpReader fields = reader.ReadList();
        var account = new Account(fields.ReadUInt64(), fields.ReadUInt256(), fields.ReadHash256(), fields.ReadHash256());
        reader.Close(fields);
        return reader.Finish() == RlpError.None ? account : null;
    }

    private sealed record Contract(Hash256 StorageRoot, Hash256 CodeHash);
}
