using DerChain.Benchmarks.Consensus;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Results;

/// <summary>Import of blocks, the paper's Table V, and ten transactions, all in memory.</summary>
internal static class ChainResults
{
    private const int Threads = 2;

    public static IEnumerable<ResultTable> Tables()
    {
        SignatureCost cost = SignatureCost.Measure();
        yield return ImportFile(cost);
        yield return ImportBlock();
        yield return TableFive();
        yield return TenTransactions();
    }

    private static ResultTable ImportFile(SignatureCost cost)
    {
        const int Blocks = 1_000, Transactions = 20_000;
        var file = new ImportFile { Blocks = Blocks };
        file.Setup();
        const string Import = "import";
        Measured[] measured = Interleaved.Measure(
            [
                new("its signatures alone, recovered one at a time", file.Signatures, Transactions),
                new(Import, file.Import, Transactions) { Prepare = file.OpenEmpty },
            ],
            rounds: 9, secondsPerWay: 0.5);
        file.Cleanup();
        double geth = TableFiveReference.GethImportScaled(cost);
        double rate = 1 / measured[1].Seconds;
        var fast = Bar.AtLeast(3, rate / geth, "times Geth's rate");
        return ResultTable.Of(
            $"Import a chain file of {Blocks:N0} blocks of 20 transfers, five signers, two threads; for one transaction",
            measured,
            new Dictionary<string, Bar> { [Import] = Bar.AtMost(1.5, measured[1].Ratio, "times its signatures") },
            $"{ResultTable.Number(rate)} transactions a second; Geth's 3,500, scaled by the time of BouncyCastle's recovery ({ResultTable.Time(cost.BouncyCastleRecover)} here, 184 µs there), are {ResultTable.Number(geth)}: {fast}.");
    }

    private static ResultTable ImportBlock()
    {
        const int Transactions = 1_000;
        var block = new ImportBlock();
        block.Setup();
        Measured[] measured = Interleaved.Measure(
            [
                new("senders known", block.ImportKnown, Transactions) { Prepare = block.OpenWarm },
                new("decode and import", block.DecodeAndImport, Transactions) { Prepare = block.OpenWarm },
            ],
            rounds: 15, secondsPerWay: 0.1);
        block.Cleanup();
        return ResultTable.Of(
            "Import a block of 1,000 transfers between 50 accounts; for one transaction",
            measured,
            measured.ToDictionary(static way => way.Name, static way => Bar.AtMost(1_536, way.Bytes, "bytes")));
    }

    private static ResultTable TableFive()
    {
        var rows = new List<string[]>();
        foreach (int validators in TableFiveReference.Validators)
        {
            // Before and after, since the machine's speed changes.
            SignatureCost before = SignatureCost.Measure();
            TableFiveCell cell = TableFiveCell.MeasureAsync(TableFiveStore.Memory, validators, Threads, warmUp: 60, runs: 60, CancellationToken.None).GetAwaiter().GetResult();
            SignatureCost cost = SignatureCost.MedianOf([before, SignatureCost.Measure()]);
            double signatures = cell.SignatureSeconds(cost), geth = TableFiveReference.GethScaled(validators, cost);
            double toSignatures = cell.Seconds.Median / signatures, toGeth = geth / cell.Seconds.Median;
            rows.Add(
            [
                $"{validators}", ResultTable.Time(cell.Seconds.Median), ResultTable.Number(toSignatures), ResultTable.Number(toGeth),
                validators switch
                {
                    2 => $"{Bar.AtLeast(10, toGeth, "times Geth's speed")}",
                    10 => $"{Bar.AtMost(1.6, toSignatures, "times the signatures")}",
                    _ => "",
                },
            ]);
        }

        return new ResultTable(
            "The paper's Table V: ten transactions, one after the other, each in a block of its own, until every validator has it; in memory, two threads",
            ["validators", "median of ten blocks", "ratio to the signatures in it", "Geth's time by ours", "bar"],
            rows,
            ["The signatures: two are made a block, and one of the transaction by each validator and one of the block by each other is recovered, evenly on two threads."]);
    }

    private static ResultTable TenTransactions()
    {
        var ten = new TenTransactions();
        ten.Setup();
        Measured[] measured = Interleaved.Measure([new("sign, verify, seal, store", ten.TenBlocks)], rounds: 50, secondsPerWay: 0.02);
        ten.Cleanup();
        return ResultTable.Of(
            "Ten transactions of 1 KB, one block each, one authority in process, one thread",
            measured,
            new Dictionary<string, Bar> { [measured[0].Name] = Bar.AtMost(5, measured[0].Seconds * 1000, "ms") },
            "The best JavaScript chain in process takes 7 ms.");
    }
}
