using DerChain.Chain.Primitives;
using DerChain.Market.Evidence;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Verification;
using DerChain.RecordFiles;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Records;

public sealed class RecordExportTests
{
    [Fact]
    public void What_is_exported_is_read_back_in_the_order_of_the_chain()
    {
        using var folder = new TemporaryFolder();
        LedgerEntry[] onChain = [.. new MarketLedger(ExportedDay.Chain).Read()];
        foreach (RecordFormats formats in new[] { RecordFormats.JsonLines, RecordFormats.Csv, ExportedDay.Both })
        {
            (RecordManifest manifest, FileReading<ImportedRecords> reading) = ExportedDay.Export(folder, formats, null);

            Assert.Empty(reading.Problems);
            Assert.Equal(manifest.Files, reading.Value!.Manifest.Files);
            Assert.Equal(MerkleTree.Over(onChain.Select(static entry => MerkleTree.HashLeaf(entry.RecordHash.ToBytes()))).Root, manifest.Root);
            Assert.Equal(onChain.Length, manifest.Records);
            Assert.Equal(onChain.Select(NameOf), reading.Value.Read().Select(NameOf));
        }
    }

    [Fact]
    public void Verdicts_from_files_alone_are_those_from_the_chain()
    {
        using var day = new ExportedDay();
        var ledger = new MarketLedger(ExportedDay.Chain);
        ImportedRecords imported = RecordImport.Read(day.Folder).Value!;

        DayResult expected = DayVerification.Run(ledger.Read(), ledger.Registry, ExportedDay.Day.Day.Hours, ExportedDay.Day.Aggregation);
        DayResult found = DayVerification.Run(imported.Read(), imported.Registry!, ExportedDay.Day.Day.Hours, ExportedDay.Day.Aggregation);

        Assert.Equal(ledger.Registry.Encode(), imported.Registry!.Encode());
        Assert.Equal(24, found.Hours.Length);
        Assert.Equal(expected.Hours, found.Hours);
        Assert.Equal(expected.QuarterHours, found.QuarterHours);
        Assert.Equal(expected.Intervals, found.Intervals);
        Assert.Equal(expected.Counts, found.Counts);
        Assert.Equal(expected.Problems, found.Problems);
        Assert.Equal(expected.SettlementIntervals, found.SettlementIntervals);
    }

    [Fact]
    public void A_filter_lets_through_what_it_says_and_both_formats_have_one_root()
    {
        Address sender = new MarketLedger(ExportedDay.Chain).Read().First(static entry => entry.Record is Telemetry).Sender;
        ResourceId resource = ExportedDay.Day.Resources[^1].Id;
        AssertSelects(new RecordFilter { Kinds = [RecordKind.ControlCommand, RecordKind.DayAheadBid] },
            static entry => entry.Record is ControlCommand or DayAheadBid);
        AssertSelects(new RecordFilter { Sender = sender }, entry => entry.Sender == sender);
        AssertSelects(new RecordFilter { FirstBlock = 10, LastBlock = 20 }, static entry => entry.Location.BlockNumber is >= 10 and <= 20);
        AssertSelects(new RecordFilter { Resource = resource }, entry => entry.Record switch
        {
            Telemetry telemetry => telemetry.Rows.Any(row => row.Resource == resource),
            ControlCommand command => command.Rows.Any(row => row.Resource == resource),
            ResourceRegistration registration => registration.Rows.Any(row => row.Resource == resource),
            _ => false,
        });
        AssertSelects(
            new RecordFilter { Kinds = [RecordKind.Telemetry], Sender = sender, FirstBlock = 30 },
            entry => entry.Record is Telemetry && entry.Sender == sender && entry.Location.BlockNumber >= 30);
    }

    [Fact]
    public void An_export_without_records_has_no_root()
    {
        using var folder = new TemporaryFolder();
        foreach (RecordFormats formats in new[] { RecordFormats.JsonLines, RecordFormats.Csv })
        {
            (RecordManifest manifest, FileReading<ImportedRecords> reading) =
                ExportedDay.Export(folder, formats, new RecordFilter { Kinds = [RecordKind.PaymentAcknowledgement] });
            Assert.Equal((0, null), (manifest.Records, manifest.Root));
            Assert.Empty(reading.Problems);
            Assert.Empty(reading.Value!.Read());
        }
    }

    [Fact]
    public void The_same_chain_gives_the_same_files()
    {
        using var day = new ExportedDay();
        using var folder = new TemporaryFolder();
        ExportedDay.Write(folder.File("again"), ExportedDay.Both, null, TestContext.Current.CancellationToken);

        Assert.Equal(ExportedDay.Names, Directory.GetFiles(folder.File("again")).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.All(ExportedDay.Names, name => Assert.Equal(File.ReadAllBytes(day.PathOf(name)), File.ReadAllBytes(Path.Combine(folder.File("again"), name))));
    }

    [Fact]
    public void What_cannot_be_exported_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        Write<OperationCanceledException>(RecordFormats.Csv, null, new CancellationToken(canceled: true));
        Write<ArgumentException>(RecordFormats.Csv, new RecordFilter { FirstBlock = 9, LastBlock = 8 }, TestContext.Current.CancellationToken);
        Write<ArgumentException>(RecordFormats.Csv, new RecordFilter { LastBlock = ulong.MaxValue }, TestContext.Current.CancellationToken);
        Write<ArgumentOutOfRangeException>(default, null, TestContext.Current.CancellationToken);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));

        void Write<T>(RecordFormats formats, RecordFilter? filter, CancellationToken cancellation)
            where T : Exception => Assert.Throws<T>(() => ExportedDay.Write(folder.File("out"), formats, filter, cancellation));
    }

    [Fact]
    public void Files_that_change_after_the_check_are_not_read_to_the_end()
    {
        using var day = new ExportedDay();
        ImportedRecords imported = RecordImport.Read(day.Folder).Value!;
        day.ChangeLine("records.jsonl", 40, static _ => null);

        Assert.Throws<IOException>(() => imported.Read().Count());
    }

    private static void AssertSelects(RecordFilter filter, Func<LedgerEntry, bool> isWanted)
    {
        LedgerEntry[] wanted = [.. new MarketLedger(ExportedDay.Chain).Read().Where(isWanted)];
        Assert.NotEmpty(wanted);
        using var folder = new TemporaryFolder();
        foreach (RecordFormats formats in new[] { RecordFormats.JsonLines, RecordFormats.Csv })
        {
            (RecordManifest manifest, FileReading<ImportedRecords> reading) = ExportedDay.Export(folder, formats, filter);
            Assert.Empty(reading.Problems);
            Assert.Equal(wanted.Select(NameOf), reading.Value!.Read().Select(NameOf));
            Assert.Equal(MerkleTree.Over(wanted.Select(static entry => MerkleTree.HashLeaf(entry.RecordHash.ToBytes()))).Root, manifest.Root);
        }
    }

    private static (Hash256, Address, Address, RecordLocation) NameOf(LedgerEntry entry) => (entry.RecordHash, entry.Sender, entry.Receiver, entry.Location);
}
