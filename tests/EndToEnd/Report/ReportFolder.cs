using DerChain.Cli.Report;
using DerChain.Cli.Run;

namespace DerChain.EndToEnd.Tests.Report;

/// <summary>The files of a report in a folder of their own, removed at the end.</summary>
internal sealed class ReportFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("derchain-report-");

    public string Path => _folder.FullName;

    public static ReportFolder Of(RunOutcome outcome)
    {
        var folder = new ReportFolder();
        ReportFiles.Write(outcome, folder.Path);
        return folder;
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public string[] Names() => [.. _folder.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);
}
