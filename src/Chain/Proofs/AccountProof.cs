using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.State;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Proofs;

/// <summary>Proves the account of an address after a block, or that there is none, to whoever trusts the hash of the block's header.</summary>
/// <remarks>The nodes are those that Ethereum's nodes give as <c>accountProof</c> of <c>eth_getProof</c> (EIP-1186).
/// Encoding: docs/spec/chain.md, CHN-84.</remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class AccountProof
{
    private readonly MerkleProof _proof;

    /// <summary>Puts a proof together that came in parts. Nothing is checked before <see cref="Verify"/>.</summary>
    /// <param name="header">Header of the block.</param>
    /// <param name="address">The address the proof is about.</param>
    /// <param name="nodes">RLP of the nodes of the state trie from the root on, without those that stand inside their parent.</param>
    public AccountProof(BlockHeader header, Address address, ImmutableArray<ReadOnlyMemory<byte>> nodes)
        : this(MerkleProof.Create(ProofKind.Account, header, SubjectOf(address), nodes), address)
    {
    }

    private AccountProof(MerkleProof proof, Address address)
    {
        _proof = proof;
        Address = address;
    }

    /// <summary>Header of the block.</summary>
    public BlockHeader Header => _proof.Header;

    /// <summary>The address the proof is about.</summary>
    public Address Address { get; }

    /// <summary>RLP of the nodes of the state trie, from the root on.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Nodes => _proof.Nodes;

    /// <summary>Reads what <see cref="Encode"/> wrote, at most about 130 KiB.</summary>
    /// <param name="encoded">The bytes.</param>
    /// <param name="proof">The proof, or null where the result is not valid.</param>
    /// <returns>Valid, <see cref="ChainError.MalformedRlp"/> or <see cref="ChainError.TooLarge"/>.</returns>
    public static ValidationResult TryDecode(ReadOnlySpan<byte> encoded, out AccountProof? proof)
    {
        proof = null;
        ValidationResult result = MerkleProof.TryDecode(encoded, ProofKind.Account, out MerkleProof? read);
        if (!result.IsValid)
            return result;

        result = read!.TryReadAddress(out Address address);
        if (result.IsValid)
            proof = new AccountProof(read, address);

        return result;
    }

    /// <summary>The one encoding of the proof.</summary>
    public byte[] Encode() => _proof.Encode();

    /// <summary>Checks the proof. Needs no chain and no store.</summary>
    /// <param name="trustedHeaderHash">Hash of the header, from a source the caller trusts.</param>
    /// <param name="account">The account of <see cref="Address"/> after the block; null where the proof shows that there is none, or is
    /// refused.</param>
    /// <returns>Valid, or what is wrong: <see cref="ChainError.WrongProofHeader"/>, <see cref="ChainError.ProofNodeMismatch"/>,
    /// <see cref="ChainError.ProofNodeMalformed"/>, <see cref="ChainError.ProofIncomplete"/>, <see cref="ChainError.ProofNotMinimal"/>, or
    /// <see cref="ChainError.MalformedRlp"/> where what stands there is no account.</returns>
    public ValidationResult Verify(Hash256 trustedHeaderHash, out Account? account)
    {
        account = null;
        ValidationResult result = _proof.Verify(trustedHeaderHash, Header.StateRoot, KeyOf(Address), out byte[]? value);
        if (!result.IsValid || value is null)
            return result;

        account = Account.TryDecode(value);
        return account is null ? ValidationResult.Fail(ChainError.MalformedRlp, $"What the state holds of {Address} is no account.") : result;
    }

    internal static AccountProof Create(BlockHeader header, Address address, ITrieNodeSource nodes) =>
        new(header, address, new MerklePatriciaTrie(header.StateRoot, nodes).Prove(KeyOf(address)));

    private static byte[] KeyOf(Address address) => Keccak256.Hash(address.ToBytes()).ToBytes();

    private static byte[] SubjectOf(Address address)
    {
        using var writer = new RlpWriter(1 + Address.Length);
        writer.Write(address);
        return writer.ToArray();
    }
}
