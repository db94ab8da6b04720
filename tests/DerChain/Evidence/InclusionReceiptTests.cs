using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;
using DerChain.Evidence;
using DerChain.Tests.Shared;

namespace DerChain.Tests.Evidence;

public sealed class InclusionReceiptTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 2)]
    [InlineData(7, 3)]
    public void A_receipt_is_made_once_more_than_half_have_sealed_and_holds_for_every_kind_of_trust(int authorities, int blocksAfter)
    {
        var chain = new EvidenceChain(authorities);
        for (int grown = 0; grown < blocksAfter; grown++, chain.Grow(1))
        {
            ValidationResult early = InclusionReceipt.TryCreate(chain.Test.Chain, chain.Transaction.Hash, fromCheckpoint: false, out InclusionReceipt? none);
            Assert.Equal((ReceiptError.NotFinal, null), (early.Error, none));
        }

        InclusionReceipt receipt = chain.Grow(2).Receipt();
        Assert.Equal((0, blocksAfter), (receipt.Ancestors.Length, receipt.Descendants.Length));
        InclusionReceipt fromGenesis = chain.Receipt(fromCheckpoint: true);
        Hash256 genesis = chain.Test.Chain.GenesisHash;
        Hash256 block = chain.Test.Chain.FindHash(EvidenceChain.BlockNumber)!.Value;
        Hash256 last = chain.Test.Chain.FindHash(EvidenceChain.BlockNumber + (ulong)blocksAfter)!.Value;

        AssertProven(chain, receipt, chain.Trust);
        AssertProven(chain, fromGenesis, chain.Trust);
        AssertProven(chain, receipt, ReceiptTrust.InBlocks(block));
        AssertProven(chain, receipt, ReceiptTrust.InBlocks(Hash256.Zero, last));
        AssertProven(chain, fromGenesis, ReceiptTrust.InCheckpoint(EvidenceChain.ChainId, genesis, EvidenceChain.Parameters));
    }

    [Fact]
    public void What_is_proven_is_said_in_full()
    {
        EvidenceChain chain = new EvidenceChain(3).Grow(3);
        ProvenTransaction proven = EvidenceChain.Verify(chain.Receipt(), chain.Trust).Proven!;
        BlockFacts block = BlockFacts.Of(chain);
        Assert.Equal(block, new BlockFacts(proven.BlockNumber, proven.BlockHash, proven.BlockUnixSeconds));
        Assert.Equal((EvidenceChain.Sender.Address, EvidenceChain.Recipient), (proven.Sender, proven.Transaction.Content.To!.Value));
        Assert.Equal(chain.Payload, proven.Transaction.Content.Data.ToArray());
        Assert.Equal((chain.Transaction.Hash, EvidenceChain.TransactionIndex), (proven.Transaction.Hash, proven.TransactionIndex));
        Assert.Null(proven.Record);
        Assert.Null(proven.Leaf);
        Assert.Equal(2, proven.Sealers.Distinct().Count());
        Assert.All(proven.Sealers, sealer => Assert.Contains(sealer, chain.Authorities));
    }

    [Fact]
    public void A_receipt_is_read_as_it_was_written()
    {
        EvidenceChain chain = new EvidenceChain(3).Grow(3);
        byte[] encoded = chain.Receipt(fromCheckpoint: true).Encode();
        Assert.True(InclusionReceipt.TryDecode(encoded, out InclusionReceipt? read).IsValid);
        Assert.Equal(encoded, read!.Encode());
        Assert.Equal("DERI\u0001"u8.ToArray(), encoded[..5]);
        Assert.InRange(chain.Receipt().Encode().Length, 1, 4096);
    }

    [Fact]
    public void A_transaction_that_the_chain_does_not_hold_has_no_receipt()
    {
        EvidenceChain chain = new EvidenceChain(1).Grow(1);
        ValidationResult result = InclusionReceipt.TryCreate(chain.Test.Chain, Hash256.Zero, fromCheckpoint: false, out InclusionReceipt? receipt);
        Assert.Equal((ReceiptError.TransactionUnknown, null), (result.Error, receipt));
    }

    // Three of five admit a sixth in the block after the transaction's, so that four of six must have sealed. Who trusts the five of genesis follows the change; who trusts five at the block cannot know it.
    [Fact]
    public void A_receipt_from_a_checkpoint_shows_how_the_authorities_change()
    {
        Address sixth = TestChain.Key("authority 5").Address;
        EvidenceChain chain = new(5, votedFor: sixth);
        chain.ExtendVotingFor(sixth);
        chain.Grow(3);
        (Enum? error, _) = EvidenceChain.Verify(chain.Receipt(), chain.Trust);
        Assert.Equal(ReceiptError.AuthoritiesUncertain, error);

        InclusionReceipt fromGenesis = chain.Receipt(fromCheckpoint: true);
        AssertProven(chain, fromGenesis, chain.Trust);
        AssertProven(chain, fromGenesis, ReceiptTrust.InCheckpoint(EvidenceChain.ChainId, chain.Test.Chain.GenesisHash, EvidenceChain.Parameters));
        Assert.Equal(3, fromGenesis.Descendants.Length);
    }

    [Fact]
    public void A_receipt_may_begin_at_an_epochs_checkpoint()
    {
        EvidenceChain chain = new EvidenceChain(3, epochLength: 2).Grow(4);
        CliqueParameters parameters = new(0, 2);
        InclusionReceipt receipt = chain.Receipt(fromCheckpoint: true);
        Assert.Equal([2UL], receipt.Ancestors.Select(header => header.Number));
        AssertProven(chain, receipt, ReceiptTrust.InCheckpoint(EvidenceChain.ChainId, receipt.Ancestors[0].ComputeHash(), parameters));
        AssertProven(chain, receipt, ReceiptTrust.InAuthorities(EvidenceChain.ChainId, chain.Authorities, parameters));
        Assert.Equal(ReceiptError.HeaderRefused, EvidenceChain.Verify(receipt, ReceiptTrust.InAuthorities(EvidenceChain.ChainId, chain.Authorities, new(0, 3))).Error);
        Assert.Equal(ReceiptError.HeaderRefused, EvidenceChain.Verify(receipt, ReceiptTrust.InCheckpoint(EvidenceChain.ChainId, receipt.Ancestors[0].ComputeHash(), new(0, 3))).Error);
    }

    [Fact]
    public void Trust_in_nobody_is_misuse()
    {
        Assert.Throws<ArgumentException>(() => ReceiptTrust.InBlocks());
        Assert.Throws<ArgumentException>(() => ReceiptTrust.InAuthorities(1, [], EvidenceChain.Parameters));
        Assert.Throws<ArgumentException>(() => ReceiptTrust.InAuthorities(1, [Address.Zero, Address.Zero], EvidenceChain.Parameters));
    }

    private static void AssertProven(EvidenceChain chain, InclusionReceipt receipt, ReceiptTrust trust)
    {
        (Enum? error, ProvenTransaction? proven) = EvidenceChain.Verify(receipt, trust);
        Assert.Null(error);
        Assert.Equal((chain.Transaction.Hash, EvidenceChain.BlockNumber), (proven!.Transaction.Hash, proven.BlockNumber));
    }

    private sealed record BlockFacts(ulong Number, Hash256 Hash, ulong UnixSeconds)
    {
        public static BlockFacts Of(EvidenceChain chain)
        {
            Chain.Blocks.Block block = chain.Test.Chain.FindBlock(EvidenceChain.BlockNumber)!;
            return new BlockFacts(block.Number, block.Hash, block.Header.Timestamp);
        }
    }
}
