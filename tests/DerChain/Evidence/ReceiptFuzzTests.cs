using DerChain.Evidence;
using DerChain.Tests.Shared.Fuzzing;

namespace DerChain.Tests.Evidence;

/// <summary>Altered receipts: each is refused, or proves what the receipt proved before, and none throws.</summary>
[Collection(nameof(Alone))]
public sealed class ReceiptFuzzTests(ITestOutputHelper output)
{
    private const int Edits = 10_000;
    private const ulong Seed = 20261126;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_alteration_of_a_receipt_proves_another_statement(bool fromCheckpoint)
    {
        EvidenceChain chain = new EvidenceChain(3).Grow(3);
        byte[] good = chain.Receipt(fromCheckpoint).Encode();
        byte[] other = new EvidenceChain(3, payload: [1, 2, 3], chainId: 7).Grow(3).Receipt(fromCheckpoint).Encode();
        ProvenTransaction expected = EvidenceChain.Verify(good, chain.Trust).Proven!;
        ReceiptTrust block = ReceiptTrust.InBlocks(expected.BlockHash);
        var random = new FuzzRandom(Seed);
        var verdicts = new Dictionary<string, int>();
        for (int edit = 0; edit < Edits; edit++)
        {
            byte[] altered = random.OneIn(2) ? ByteMutation.Apply(good, other, random) : RlpBody(good, other, random);
            (Enum? error, ProvenTransaction? proven) = EvidenceChain.Verify(altered, random.OneIn(4) ? block : chain.Trust);
            string verdict = error?.ToString() ?? "proven";
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            if (proven is null)
                continue;

            Assert.Equal((expected.BlockHash, expected.Transaction.Hash, expected.Sender), (proven.BlockHash, proven.Transaction.Hash, proven.Sender));
            Assert.Equal((expected.TransactionIndex, expected.Leaf), (proven.TransactionIndex, proven.Leaf));
        }

        output.WriteLine($"receipt of {good.Length} bytes, seed {Seed}: {string.Join(", ", verdicts.Select(static pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(verdicts.Keys.Count >= 5, "The edits do not get past the form of the receipt.");
    }

    private static byte[] RlpBody(byte[] good, byte[] other, FuzzRandom random) => [.. good[..5], .. RlpMutation.Apply(good[5..], other[5..], random)];
}
