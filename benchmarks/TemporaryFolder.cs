namespace DerChain.Benchmarks;

/// <summary>A folder for one benchmark, on the disk that DERCHAIN_BENCHMARK_FOLDER names, else beside the benchmark: a temporary folder is often memory, where
/// a flush costs nothing.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder;

    public TemporaryFolder()
    {
        string parent = Environment.GetEnvironmentVariable("DERCHAIN_BENCHMARK_FOLDER") is { Length: > 0 } named ? named : AppContext.BaseDirectory;
        _folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"stores-{Environment.ProcessId}-{Guid.NewGuid():n}"));
    }

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
