using DerChain.Benchmarks.Consensus;
using DerChain.Cli.Bench;

namespace DerChain.Benchmarks.Results;

/// <summary>Import of blocks, the paper's Table V, and ten transactions, all in memory.</summary>
internal static class ChainResults
{
    private const int Threads = 2;

    public static IEnumerable<ResultTable> Tables()
    {
        yield return ImportFile();
        yield return ImportBlock();
        yield return TableFive();
        yield return TenTransactions();
    }

    private static ResultTable ImportFile()
    {
        const int Blocks = 1_000, Transactions = 20_000;
        var file = new ImportFile { Blocks = Blocks };
        file.Setup();
        using var yardstick = new BouncyCastleYardstick();
        const string Import = "import";
        Measured[] measured = Interleaved.Measure(
            [
                new("its signatures alone, recovered one at a time", file.Signatures, Transactions),
                new(Import, file.Import, Transactions) { Prepare = file.OpenEmpty },
                yardstick.Way,
            ],
            rounds: 9, secondsPerWay: 0.5);
        file.Cleanup();
        double timesGeth = TableFiveReference.GethSecondsOfImport(measured[2].Seconds) / measured[1].Seconds;
        return ResultTable.Of(
            $"Import a chain file of {Blocks:N0} blocks of 20 transfers, five signers, two threads; for one transaction",
            measured,
            new Dictionary<string, Bar[]>
            {
                [Import] = [Bar.AtMost(1.5, measured[1].Ratio, "times its signatures"), Bar.AtLeast(3, timesGeth, "times Geth's rate")],
            },
            $"{ResultTable.Number(1 / measured[1].Seconds)} transactions a second. Geth's 3,500 are scaled by BouncyCastle's recovery, here and there (184 µs).");
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
            measured.ToDictionary(static way => way.Name, static way => (Bar[])[Bar.AtMost(1_536, way.Bytes, "bytes")]));
    }

    private static ResultTable TableFive()
    {
        var rows = new List<string[]>();
        foreach (int validators in TableFiveReference.Validators)
        {
            using var folder = new StoreFolder();
            using var work = new SignatureWork(validators, Threads);
            using var yardstick = new BouncyCastleYardstick();
            TableFiveNetwork network = TableFiveNetwork.StartAsync(validators, Threads, index => folder.Open(TableFiveStore.Memory, index)).GetAwaiter().GetResult();
            Measured[] measured = Interleaved.Measure(
                [new("signatures", work.Run), new("network", () => network.RunAsync().GetAwaiter().GetResult()), yardstick.Way],
                rounds: 60, secondsPerWay: 0.02);
            network.DisposeAsync().AsTask().GetAwaiter().GetResult();
            double seconds = measured[1].Seconds, toSignatures = measured[1].Ratio;
            double toGeth = TableFiveReference.GethSeconds(validators, measured[2].Seconds) / seconds;
            rows.Add(
            [
                $"{validators}", ResultTable.Time(seconds), ResultTable.Time(measured[0].Seconds), ResultTable.Number(toSignatures), ResultTable.Number(toGeth),
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
            ["validators", "median of ten blocks", "signatures alone", "ratio to them", "Geth's time by ours", "bar"],
            rows,
            ["The signatures alone, on two threads too: of a block two are made, one is recovered by each validator and one by each but the sealer."]);
    }

    private static ResultTable TenTransactions()
    {
        var ten = new TenTransactions();
        ten.Setup();
        using var work = new SignatureWork(validators: 1, threads: 1);
        Measured[] measured = Interleaved.Measure(
            [new("its signatures alone", work.Run), new("sign, verify, seal, store", ten.TenBlocks)], rounds: 50, secondsPerWay: 0.02);
        ten.Cleanup();
        return ResultTable.Of(
            "Ten transactions of 1 KB, one block each, one authority in process, one thread",
            measured,
            new Dictionary<string, Bar[]> { [measured[1].Name] = [Bar.AtMost(5, measured[1].Seconds * 1000, "ms")] },
            "The best JavaScript chain in process takes 7 ms.");
    }
}
