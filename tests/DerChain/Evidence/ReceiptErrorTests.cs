using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;
using DerChain.Evidence;
using DerChain.Tests.Shared;

namespace DerChain.Tests.Evidence;

/// <summary>One forgery for each way in which a receipt can be refused.</summary>
public sealed class ReceiptErrorTests
{
    private static readonly EvidenceChain Chain = new EvidenceChain(5).Grow(6);
    private static readonly InclusionReceipt Receipt = Chain.Receipt();

    [Fact]
    public void The_form_of_a_receipt_is_judged_first()
    {
        byte[] good = Receipt.Encode();
        AssertRefused(ReceiptError.TooLarge, new byte[InclusionReceipt.MaxEncodedBytes + 1]);
        AssertRefused(ReceiptError.NotAReceipt, []);
        AssertRefused(ReceiptError.NotAReceipt, good[..4]);
        AssertRefused(ReceiptError.NotAReceipt, [.. "RLPX"u8, .. good[4..]]);
        AssertRefused(ReceiptError.VersionUnknown, [.. good[..4], 2, .. good[5..]]);
        AssertRefused(ReceiptError.Malformed, good[..^1]);
        AssertRefused(ReceiptError.Malformed, good[..5]);
        AssertRefused(ReceiptError.TrailingBytes, [.. good, 0]);
    }

    [Fact]
    public void More_than_a_receipt_can_hold_is_too_large()
    {
        ReadOnlyMemory<byte> node = new byte[2];
        AssertRefused(ReceiptError.TooLarge, Receipt with { TransactionNodes = [.. Enumerable.Repeat(node, 66)] });
        AssertRefused(ReceiptError.TooLarge, Receipt with { ReceiptNodes = [new byte[1025]] });
        AssertRefused(ReceiptError.TooLarge, Receipt with { Leaf = new ReceiptLeaf(new byte[ReceiptLeaf.MaxContentBytes + 1], 0, []) });
        AssertRefused(ReceiptError.TooLarge, Receipt with { Leaf = new ReceiptLeaf(new byte[1], 0, [.. new Hash256[ReceiptLeaf.MaxPathLength + 1]]) });
        AssertRefused(ReceiptError.TooLarge, Receipt with { Header = Receipt.Header with { ExtraData = new byte[BlockHeader.MaxEncodedBytes] } });
        AssertRefused(ReceiptError.TooLarge, Receipt with { Descendants = [.. Enumerable.Repeat(Receipt.Header, InclusionReceipt.MaxHeaders + 1)] });
    }

    [Fact]
    public void Headers_that_are_no_row_are_refused()
    {
        ImmutableArray<BlockHeader> after = Receipt.Descendants;
        AssertRefused(ReceiptError.HeadersNotLinked, Receipt with { Descendants = after.RemoveAt(0) });
        AssertRefused(ReceiptError.HeadersNotLinked, Receipt with { Descendants = [after[0] with { Number = 9 }, .. after[1..]] });
        AssertRefused(ReceiptError.HeadersNotLinked, Receipt with { Descendants = [after[0], after[0]] });
        AssertRefused(ReceiptError.HeadersNotLinked, Receipt with { Ancestors = [Receipt.Header] });
    }

    [Fact]
    public void An_altered_payload_or_another_index_is_not_proven()
    {
        byte[] altered = Receipt.TransactionNodes[^1].ToArray();
        int amount = altered.AsSpan().IndexOf("paid in full"u8);
        altered[amount]++;
        AssertRefused(ReceiptError.TransactionNotProven, Receipt with { TransactionNodes = Receipt.TransactionNodes.SetItem(Receipt.TransactionNodes.Length - 1, altered) });
        AssertRefused(ReceiptError.TransactionNotProven, Receipt with { TransactionIndex = 2 });
        AssertRefused(ReceiptError.TransactionNotProven, Receipt with { TransactionNodes = [] });
    }

    // The header is sealed as ever, and the transaction is in another block.
    [Fact]
    public void A_proof_of_another_header_is_bound_to_none()
    {
        AssertRefused(ReceiptError.TransactionNotProven, Receipt with { Header = Receipt.Descendants[0], Descendants = Receipt.Descendants[1..] });
        BlockHeader unsealed = Receipt.Header with { StateRoot = Hash256.Zero };
        AssertRefused(ReceiptError.HeaderRefused, Receipt with { Header = unsealed, Descendants = [] });
        AssertRefused(ReceiptError.HeaderNotTrusted, Receipt with { Header = unsealed, Descendants = [] }, ReceiptTrust.InBlocks(Receipt.Header.ComputeHash()));
    }

    [Fact]
    public void A_transaction_that_failed_is_no_evidence()
    {
        byte[] transaction = Chain.Transaction.Encoded.ToArray();
        InclusionReceipt good = ForgedBlock.Of(Receipt.Header, transaction, ForgedBlock.Receipt(failed: false));
        Assert.Null(EvidenceChain.Verify(good, ReceiptTrust.InBlocks(good.Header.ComputeHash())).Error);
        InclusionReceipt failed = ForgedBlock.Of(Receipt.Header, transaction, ForgedBlock.Receipt(failed: true));
        AssertRefused(ReceiptError.ExecutionNotProven, failed, ReceiptTrust.InBlocks(failed.Header.ComputeHash()));
        AssertRefused(ReceiptError.ExecutionNotProven, Receipt with { ReceiptNodes = [] });
    }

    [Fact]
    public void A_signature_of_nobody_is_refused()
    {
        byte[] transaction = Chain.Transaction.Encoded.ToArray();
        var r = new byte[UInt256.Length];
        Chain.Transaction.Signature.R.WriteBigEndian(r);
        int place = transaction.AsSpan().IndexOf(r);
        InclusionReceipt forged;
        do
        {
            transaction[place + 31]++;
            forged = ForgedBlock.Of(Receipt.Header, transaction, ForgedBlock.Receipt(failed: false));
        }
        while (EvidenceChain.Verify(forged, ReceiptTrust.InBlocks(forged.Header.ComputeHash())).Error is null);

        AssertRefused(ReceiptError.SenderUnknown, forged, ReceiptTrust.InBlocks(forged.Header.ComputeHash()));
    }

    [Fact]
    public void A_receipt_of_another_chain_of_the_same_authorities_is_refused()
    {
        EvidenceChain other = new EvidenceChain(5, chainId: 7).Grow(6);
        AssertRefused(ReceiptError.WrongChain, other.Receipt());
        AssertRefused(ReceiptError.HeaderNotTrusted, other.Receipt(), ReceiptTrust.InBlocks(Receipt.Header.ComputeHash()));

        // The two have one genesis.
        Assert.Equal(Chain.Test.Chain.GenesisHash, other.Test.Chain.GenesisHash);
        ReceiptTrust genesis = ReceiptTrust.InCheckpoint(EvidenceChain.ChainId, Chain.Test.Chain.GenesisHash, EvidenceChain.Parameters);
        AssertRefused(ReceiptError.WrongChain, other.Receipt(fromCheckpoint: true), genesis);
        AssertRefused(ReceiptError.HeaderNotTrusted, Receipt, genesis);
    }

    [Fact]
    public void Headers_that_no_authority_sealed_are_refused()
    {
        ReceiptTrust others = ReceiptTrust.InAuthorities(EvidenceChain.ChainId, [TestChain.Key("somebody").Address], EvidenceChain.Parameters);
        AssertRefused(ReceiptError.HeaderRefused, Receipt, others);
        BlockHeader forged = CliqueExtraData.Seal(Receipt.Header, TestChain.Key("somebody"));
        AssertRefused(ReceiptError.HeaderRefused, Receipt with { Header = forged, Descendants = [] });
        ReceiptTrust slower = ReceiptTrust.InAuthorities(EvidenceChain.ChainId, Chain.Authorities, EvidenceChain.Parameters with { PeriodSeconds = 60 });
        AssertRefused(ReceiptError.HeaderRefused, Receipt, slower);
    }

    // One authority writes what it likes into a block of its own. Alone it gets no further: the next of its blocks would be too soon.
    [Fact]
    public void A_header_that_one_authority_alone_sealed_is_not_final()
    {
        BlockHeader model = Receipt.Header;
        var rogue = TestChain.Authorities(5).Single(key => CliqueExtraData.Seal(model, key) == model);
        InclusionReceipt forged = ForgedBlock.Of(model, Chain.Transaction.Encoded.ToArray(), ForgedBlock.Receipt(failed: false));
        forged = forged with { Header = CliqueExtraData.Seal(forged.Header, rogue) };
        AssertRefused(ReceiptError.NotFinal, forged);

        BlockHeader next = CliqueExtraData.Seal(
            Receipt.Descendants[0] with { ParentHash = forged.Header.ComputeHash(), Difficulty = 1 }, rogue);
        AssertRefused(ReceiptError.HeaderRefused, forged with { Descendants = [next] });
        AssertRefused(ReceiptError.NotFinal, Receipt with { Descendants = Receipt.Descendants[..^1] });
    }

    [Fact]
    public void A_leaf_is_refused_where_the_transaction_commits_to_none() =>
        AssertRefused(ReceiptError.NoLeaves, Receipt with { Leaf = new ReceiptLeaf(new byte[3], 0, []) });

    private static void AssertRefused(ReceiptError error, InclusionReceipt receipt, ReceiptTrust? trust = null) =>
        AssertRefused(error, receipt.Encode(), trust);

    private static void AssertRefused(ReceiptError error, byte[] receipt, ReceiptTrust? trust = null) =>
        Assert.Equal(error, EvidenceChain.Verify(receipt, trust ?? Chain.Trust).Error);
}
