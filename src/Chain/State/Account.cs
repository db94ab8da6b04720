using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Trie;

namespace DerChain.Chain.State;

/// <summary>An account: nonce, balance, and the two hashes that stand for storage and code (Yellow Paper, section 4.1).</summary>
/// <param name="Nonce">Number of transactions sent.</param>
/// <param name="Balance">Balance in wei.</param>
/// <param name="StorageRoot">Root of the account's storage; that of an empty trie without contracts.</param>
/// <param name="CodeHash">Hash of the account's code; that of no bytes without contracts.</param>
public sealed record Account(ulong Nonce, UInt256 Balance, Hash256 StorageRoot, Hash256 CodeHash)
{
    /// <summary>An account that does not exist.</summary>
    public static Account Empty { get; } = new(0, UInt256.Zero, MerklePatriciaTrie.EmptyRoot, Keccak256.OfEmpty);

    /// <summary>True where nonce and balance are 0 and there is no code (EIP-161).</summary>
    public bool IsEmpty => Nonce == 0 && Balance.IsZero && !HasCode;

    /// <summary>True where the account is a contract.</summary>
    public bool HasCode => CodeHash != Keccak256.OfEmpty;

    internal byte[] Encode()
    {
        var writer = new RlpWriter(112);
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
}
