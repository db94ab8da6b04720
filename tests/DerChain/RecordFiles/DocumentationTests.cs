using DerChain.Market.Records;
using DerChain.RecordFiles;
using DerChain.RecordFiles.Fields;

namespace DerChain.Tests.RecordFiles;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_file_and_column_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "record-files.md"));
        foreach (RecordTable table in RecordTables.All)
        {
            Assert.Contains($"`{table.File}`", text);
            Assert.All(table.Columns, column => Assert.Contains($"`{column}`", text));
        }

        Assert.All(FleetFiles.Participant.Columns.Concat(FleetFiles.Resource.Columns), column => Assert.Contains($"`{column}`", text));
    }

    [Fact]
    public void Every_file_and_field_of_an_export_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(Root(), "docs", "record-files.md"));
        Assert.All(RecordFile.All, file => Assert.Contains($"`{file.Name}`", text));
        foreach (RecordKind kind in Enum.GetValues<RecordKind>())
        {
            Assert.Contains($"`{kind}`", text);
            Assert.All(RecordColumns.Of(kind).Names, column => Assert.Contains($"`{column}`", text));
        }
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DerChain.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds DerChain.sln.");
    }
}
