using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Evidence;
using DerChain.Market.Codec;
using DerChain.Market.Confidentiality;
using DerChain.Market.Evidence;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Tests.Shared;

namespace DerChain.Tests.Evidence;

/// <summary>Receipts that prove a leaf under the root of a record: a row of a batch, a line of a statement.</summary>
public sealed class ReceiptLeafTests
{
    private static readonly AggregationId Aggregation = new("AGG-1");
    private static readonly MarketInterval Interval = new(1_626_375_600, 300);
    private static readonly TelemetryPlace Place = new(EvidenceChain.ChainId, Aggregation, Interval);
    private static readonly PrivateKey Prosumer = TestChain.Key("prosumer");

    private static readonly SaltedBatch Batch = SaltedBatch.Create(
        [.. Enumerable.Range(0, 6).Select(static row => (ReadOnlyMemory<byte>)SignedTelemetry.Sign(Reading(row), Place, Prosumer))]);

    private static readonly EvidenceChain Chain = new EvidenceChain(
        3, RecordCodec.Encode(new TelemetryBatch(Aggregation, Interval, Batch.Root.Root, Batch.Root.Count))).Grow(3);

    [Fact]
    public void A_row_of_a_batch_is_proven_with_the_signature_of_its_prosumer()
    {
        for (int row = 0; row < 6; row++)
        {
            (Enum? error, ProvenTransaction? proven) = EvidenceChain.Verify(ReceiptOf(row), Chain.Trust);
            Assert.Null(error);
            Assert.Equal((RecordKind.TelemetryBatch, row), (proven!.Record!.Kind, proven.Leaf!.Index));
            SignedTelemetry read = SignedTelemetry.TryRead(proven.Leaf.Content.Span[SaltedLeaf.SaltLength..], Place)!;
            Assert.Equal((Prosumer.Address, -row), (read.Sender, ((MeterReading)read.Telemetry.Rows[0]).NetPowerW));
        }
    }

    [Fact]
    public void Another_row_place_path_or_content_is_not_proven()
    {
        ReceiptLeaf leaf = ReceiptOf(2).Leaf!;
        byte[] altered = leaf.Content.ToArray();
        altered[40]++;
        foreach (ReceiptLeaf forged in (ReceiptLeaf[])
        [
            leaf with { Index = 3 },
            leaf with { Index = 6 },
            leaf with { Content = altered },
            leaf with { Content = ReceiptOf(3).Leaf!.Content },
            leaf with { Path = leaf.Path.RemoveAt(0) },
            leaf with { Path = leaf.Path.SetItem(0, Hash256.Zero) },
        ])
        {
            Assert.Equal(ReceiptError.LeafNotProven, EvidenceChain.Verify(ReceiptOf(2) with { Leaf = forged }, Chain.Trust).Error);
        }
    }

    [Fact]
    public void A_line_of_a_statement_is_proven_by_the_root_of_the_statement()
    {
        byte[][] lines = [[1], [2, 2], [3]];
        MerkleTree tree = MerkleTree.Over(lines.Select(static line => MerkleTree.HashLeaf(line)));
        var statement = new StatementIssue(
            new StatementSubject(Aggregation, new MarketInterval(1_626_332_400, 86_400), 1, null), tree.Root, lines.Length, -17,
            [new StatementTotal(SettlementLine.DayAheadEnergy, -170_000)]);
        EvidenceChain chain = new EvidenceChain(3, RecordCodec.Encode(statement)).Grow(3);
        for (int line = 0; line < lines.Length; line++)
        {
            InclusionReceipt receipt = chain.Receipt() with { Leaf = new ReceiptLeaf(lines[line], line, tree.ProofOf(line)) };
            (_, ProvenTransaction? proven) = EvidenceChain.Verify(receipt, chain.Trust);
            Assert.Equal(lines[line], proven!.Leaf!.Content.ToArray());
            Assert.Equal(-17, ((StatementIssue)proven.Record!).PayableCents);
            byte[] amount = [.. lines[line], 0];
            InclusionReceipt forged = receipt with { Leaf = receipt.Leaf! with { Content = amount } };
            Assert.Equal(ReceiptError.LeafNotProven, EvidenceChain.Verify(forged, chain.Trust).Error);
        }
    }

    [Fact]
    public void What_a_record_commits_to_is_read_from_it()
    {
        Hash256 root = Batch.Root.Root;
        var commitment = new RecordCommitment(RecordKind.Telemetry, root, 6);
        Assert.Equal(new LeafRoot(root, 6), LeafRoot.Of(commitment));
        Assert.Equal(new LeafRoot(root, 6), LeafRoot.Of(new Correction(Hash256.Zero, 1, CorrectionReason.MeasurementFault, commitment)));
        Assert.Null(LeafRoot.Of(Reading(0)));
    }

    private static InclusionReceipt ReceiptOf(int row)
    {
        RowDisclosure shown = Batch.Disclose(row)!;
        return Chain.Receipt() with { Leaf = new ReceiptLeaf(shown.Leaf.ToBytes(), shown.Index, shown.Path) };
    }

    private static Telemetry Reading(int row) =>
        new(Interval, (ulong)row, 1_626_375_901, TelemetryQuality.Good, [new MeterReading(new ResourceId($"R{row}-METER"), -row)]);
}
