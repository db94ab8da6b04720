using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Chain.Tests.Fuzzing;

/// <summary>Decoders of proofs and of what they are made of. A mutated proof that is still accepted must say what is true.</summary>
internal static class ProofTargets
{
    public static IEnumerable<FuzzTarget> All(FuzzCorpus corpus) =>
    [
        new FuzzTarget<TrieNode>("trie node", Nodes(corpus), TrieNode.TryDecode, EncodeAnew) { IsRlp = true, AllocatedPerByte = 100 },
        new FuzzTarget<Account>(
            "account", [Account.Empty.Encode(), corpus.Chain.Chain.GetAccount(TestChain.Key("sender").Address).Encode()],
            static input => Account.TryDecode(input), static read => read.Encode())
        {
            IsRlp = true,
            AllocatedPerByte = 4,
        },
        new FuzzTarget<ProvenReceipt>(
            "receipt",
            [.. corpus.Chain.Chain.GetReceipts(corpus.Block).Select(static receipt => receipt.Encode()), Receipt(Keccak256.OfEmpty).Encode()],
            static input => ProvenReceipt.TryDecode(input, out ProvenReceipt? read).IsValid ? read : null,
            static read => new Receipt(read.Type, read.CumulativeGasUsed, read.IntermediateStateRoot, 0, UInt256.Zero).Encode())
        {
            IsRlp = true,
            AllocatedPerByte = 4,
        },
        Accounts(corpus),
        Transactions(corpus),
        Receipts(corpus),
    ];

    private static FuzzTarget<AccountProof> Accounts(FuzzCorpus corpus)
    {
        Blockchain chain = corpus.Chain.Chain;
        Address[] addresses = [TestChain.Key("sender").Address, TestChain.Key("recipient").Address, Address.Zero, TestChain.Key("nobody").Address];
        return new(
            "account proof",
            [.. addresses.Select(address => chain.ProveAccount(address, corpus.Block.Hash)!.Encode())],
            static input => AccountProof.TryDecode(input, out AccountProof? read).IsValid ? read : null,
            read =>
            {
                if (read.Verify(corpus.Block.Hash, out Account? account).IsValid)
                    Assert.Equal(chain.GetAccount(read.Address), account ?? Account.Empty);

                return read.Encode();
            })
        {
            IsRlp = true,
            AllocatedPerByte = 30,
        };
    }

    private static FuzzTarget<TransactionProof> Transactions(FuzzCorpus corpus) => new(
        "transaction proof",
        [.. corpus.Block.Transactions.Select(transaction => corpus.Chain.Chain.ProveTransaction(transaction.Hash)!.Encode())],
        static input => TransactionProof.TryDecode(input, out TransactionProof? read).IsValid ? read : null,
        read =>
        {
            if (read.Verify(corpus.Block.Hash, out Transaction? transaction).IsValid)
                Assert.Equal(corpus.Block.Transactions[read.Index].Hash, transaction!.Hash);

            return read.Encode();
        })
    {
        IsRlp = true,
        AllocatedPerByte = 30,
    };

    private static FuzzTarget<ReceiptProof> Receipts(FuzzCorpus corpus) => new(
        "receipt proof",
        [.. corpus.Block.Transactions.Select(transaction => corpus.Chain.Chain.ProveReceipt(transaction.Hash)!.Encode())],
        static input => ReceiptProof.TryDecode(input, out ReceiptProof? read).IsValid ? read : null,
        read =>
        {
            if (read.Verify(corpus.Block.Hash, out ProvenReceipt? receipt).IsValid)
                Assert.Equal(corpus.Chain.Chain.GetReceipts(corpus.Block)[read.Index].CumulativeGasUsed, receipt!.CumulativeGasUsed);

            return read.Encode();
        })
    {
        IsRlp = true,
        AllocatedPerByte = 30,
    };

    private static Receipt Receipt(Hash256 root) => new(TransactionType.Legacy, 21_000, root, 21_000, UInt256.Zero);

    // Nodes of all kinds, and ones that stand inside others.
    private static List<byte[]> Nodes(FuzzCorpus corpus)
    {
        var nodes = new List<byte[]>();
        foreach (Address address in (Address[])[TestChain.Key("sender").Address, TestChain.Key("recipient").Address])
            nodes.AddRange(corpus.Chain.Chain.ProveAccount(address, corpus.Block.Hash)!.Nodes.Select(static node => node.ToArray()));

        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach (byte[] key in (byte[][])[[0x12], [0x12, 0x34], [0x12, 0x35], [0x13, 0x11, 0x11], [0x13, 0x11, 0x12]])
            trie.Set(key, key);

        trie.ComputeRoot([]);
        nodes.AddRange(trie.Prove([0x12, 0x34]).Select(static node => node.ToArray()));
        return nodes;
    }

    private static byte[] EncodeAnew(TrieNode read)
    {
        TrieNode node = Anew(read);
        node.Encode([]);
        return node.Encoded!;
    }

    // The same node without the encoding that it was read from.
    private static TrieNode Anew(TrieNode node) => node switch
    {
        LeafNode leaf => new LeafNode(leaf.Path, leaf.Value),
        ExtensionNode extension => new ExtensionNode(extension.Path, Anew(extension.Child)),
        BranchNode branch => new BranchNode([.. branch.Children.Select(static child => child is null ? null : Anew(child))], branch.Value),
        _ => node,
    };
}
