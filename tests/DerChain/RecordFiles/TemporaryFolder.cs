namespace DerChain.Tests.RecordFiles;

/// <summary>A folder that exists as long as a test needs it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("derchain-test-").FullName;

    /// <summary>A path in it that nothing stands at yet.</summary>
    public string Path => System.IO.Path.Combine(_root, "day");

    /// <summary>Everything in it, by name.</summary>
    public string[] Entries => [.. Directory.EnumerateFileSystemEntries(_root).Select(System.IO.Path.GetFileName).OfType<string>().Order()];

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
