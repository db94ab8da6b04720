using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Proofs;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Proofs;

/// <summary>Proofs out of a chain, encoded, read back elsewhere, and verified with nothing but a header hash.</summary>
public sealed class ChainProofTests
{
    private static readonly PrivateKey Sender = TestChain.Key("sender");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;
    private static readonly Address Stranger = TestChain.Key("stranger").Address;

    [Fact]
    public void Accounts_are_proven_as_they_were_after_each_block()
    {
        TestChain chain = Open();
        var history = new List<(Hash256 Block, Account Sender, Account Recipient)> { Observe(chain) };
        for (ulong nonce = 0; nonce < 4; nonce++)
        {
            chain.Extend(TestChain.Transfer(Sender, nonce, Recipient, value: nonce));
            history.Add(Observe(chain));
        }

        foreach ((Hash256 block, Account sender, Account recipient) in history)
        {
            Assert.Equal(sender, Proven(chain, Sender.Address, block));
            Assert.Equal(recipient.IsEmpty ? null : recipient, Proven(chain, Recipient, block));
            Assert.Null(Proven(chain, Stranger, block));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    [InlineData(130)]
    public void Every_transaction_and_receipt_of_a_block_is_proven(int count)
    {
        TestChain chain = Open();
        chain.Extend(TestChain.Transfer(Sender, 0, Recipient));
        Block block = chain.Extend(Enumerable.Range(1, count).Select(nonce => TestChain.Transfer(Sender, (ulong)nonce, Recipient)));
        ImmutableArray<Receipt> receipts = chain.Chain.GetReceipts(block);
        for (int index = 0; index < count; index++)
        {
            Transaction transaction = block.Transactions[index];
            Assert.True(TransactionProof.TryDecode(chain.Chain.ProveTransaction(transaction.Hash)!.Encode(), out TransactionProof? inclusion).IsValid);
            Assert.True(inclusion!.Verify(block.Hash, out Transaction? proven).IsValid);
            Assert.Equal((index, block.Number, transaction.Hash), (inclusion.Index, inclusion.Header.Number, proven!.Hash));

            Assert.True(ReceiptProof.TryDecode(chain.Chain.ProveReceipt(transaction.Hash)!.Encode(), out ReceiptProof? execution).IsValid);
            Assert.True(execution!.Verify(block.Hash, out ProvenReceipt? receipt).IsValid);
            Assert.Equal(new ProvenReceipt(TransactionType.DynamicFee, receipts[index].CumulativeGasUsed, null), receipt);
            Assert.Equal(index, execution.Index);
        }
    }

    [Fact]
    public void What_the_chain_does_not_hold_it_does_not_prove()
    {
        TestChain chain = Open();
        Assert.Null(chain.Chain.ProveAccount(Sender.Address, Keccak256.OfEmpty));
        Assert.Null(chain.Chain.ProveTransaction(Keccak256.OfEmpty));
        Assert.Null(chain.Chain.ProveReceipt(Keccak256.OfEmpty));
    }

    [Fact]
    public void A_proof_of_one_kind_is_not_read_as_one_of_another()
    {
        TestChain chain = Open();
        Block block = chain.Extend(TestChain.Transfer(Sender, 0, Recipient));
        byte[] account = chain.Chain.ProveAccount(Recipient, block.Hash)!.Encode();
        byte[] transaction = chain.Chain.ProveTransaction(block.Transactions[0].Hash)!.Encode();
        byte[] receipt = chain.Chain.ProveReceipt(block.Transactions[0].Hash)!.Encode();
        Assert.Equal(ChainError.MalformedRlp, AccountProof.TryDecode(transaction, out _).Error);
        Assert.Equal(ChainError.MalformedRlp, TransactionProof.TryDecode(receipt, out _).Error);
        Assert.Equal(ChainError.MalformedRlp, ReceiptProof.TryDecode(account, out _).Error);
    }

    [Fact]
    public void Proofs_are_bounded_in_size_number_of_nodes_and_length_of_a_node()
    {
        BlockHeader header = Open().Chain.Head.Header;
        Assert.Equal(ChainError.TooLarge, AccountProof.TryDecode(new byte[200_000], out _).Error);
        Assert.Equal(ChainError.TooLarge, TransactionProof.TryDecode(new byte[Block.MaxEncodedBytes + 200_000], out _).Error);
        Assert.Equal(ChainError.TooLarge, DecodeWith(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1], 66)));
        Assert.Equal(ChainError.TooLarge, DecodeWith([new byte[1025]]));
        Assert.Null(DecodeWith(Enumerable.Repeat<ReadOnlyMemory<byte>>(new byte[1024], 65)));

        Enum? DecodeWith(IEnumerable<ReadOnlyMemory<byte>> nodes) =>
            AccountProof.TryDecode(new AccountProof(header, Recipient, [.. nodes]).Encode(), out _).Error;
    }

    [Fact]
    public void A_proof_wants_a_header_an_index_and_a_list_of_nodes()
    {
        BlockHeader header = Open().Chain.Head.Header;
        Assert.Throws<ArgumentNullException>(() => new AccountProof(null!, Recipient, []));
        Assert.Throws<ArgumentException>(() => new AccountProof(header, Recipient, default));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionProof(header, -1, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReceiptProof(header, -1, []));
    }

    private static TestChain Open() => TestChain.Open(TestChain.GenesisOf(1, funded: Sender));

    private static (Hash256 Block, Account Sender, Account Recipient) Observe(TestChain chain) =>
        (chain.Chain.Head.Hash, chain.Chain.GetAccount(Sender.Address), chain.Chain.GetAccount(Recipient));

    private static Account? Proven(TestChain chain, Address address, Hash256 block)
    {
        Assert.True(AccountProof.TryDecode(chain.Chain.ProveAccount(address, block)!.Encode(), out AccountProof? proof).IsValid);
        Assert.Equal(address, proof!.Address);
        ValidationResult result = proof.Verify(block, out Account? account);
        Assert.True(result.IsValid, result.ToString());
        return account;
    }
}
