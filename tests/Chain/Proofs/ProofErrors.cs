using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Proofs;

/// <summary>A proof of a block with three transactions, and what is wrong with proofs that are not quite it.</summary>
internal static class ProofErrors
{
    private static readonly PrivateKey Sender = TestChain.Key("sender");

    public static ValidationResult WrongHeader() => Proof().Verify(Keccak256.OfEmpty, out _);

    public static ValidationResult NodeMismatch() => Verify(Proof().Index, static nodes => nodes.Reverse().ToImmutableArray());

    public static ValidationResult NodeMalformed()
    {
        byte[] node = [0xc0];
        BlockHeader header = Proof().Header with { TransactionsRoot = Keccak256.Hash(node) };
        return new TransactionProof(header, 0, [node]).Verify(header.ComputeHash(), out _);
    }

    public static ValidationResult Incomplete() => Verify(Proof().Index, static nodes => nodes[..^1]);

    public static ValidationResult NotMinimal() => Verify(Proof().Index, static nodes => nodes.Add(nodes[0]));

    public static ValidationResult AbsentIndex() => Verify(3, static nodes => nodes[..^1]);

    public static ValidationResult FailedReceipt()
    {
        byte[] receipt = new Receipt(TransactionType.Legacy, 21_000, null, 21_000, 0UL).Encode();
        receipt[3] = 0x80;
        BlockHeader header = Proof().Header with { ReceiptsRoot = OrderedTrie.Root(1, (_, writer) => writer.Write(receipt)) };
        return new ReceiptProof(header, 0, OrderedTrie.Prove(1, _ => receipt, 0)).Verify(header.ComputeHash(), out _);
    }

    private static TransactionProof Proof()
    {
        TestChain chain = TestChain.Open(TestChain.GenesisOf(1, funded: Sender));
        Block block = chain.Extend(Enumerable.Range(0, 3).Select(nonce => TestChain.Transfer(Sender, (ulong)nonce, Address.Zero)));
        return chain.Chain.ProveTransaction(block.Transactions[2].Hash)!;
    }

    private static ValidationResult Verify(int index, Func<ImmutableArray<ReadOnlyMemory<byte>>, ImmutableArray<ReadOnlyMemory<byte>>> change)
    {
        TransactionProof proof = Proof();
        return new TransactionProof(proof.Header, index, change(proof.Nodes)).Verify(proof.Header.ComputeHash(), out _);
    }
}
