using DerChain.Chain.Storage;

namespace DerChain.Cli.Bench;

/// <summary>A folder for the stores of a measurement, which goes with it.</summary>
/// <remarks>It is made below the folder for temporary files, which <c>TMPDIR</c> names: where that is memory, a flush to the disk costs nothing.</remarks>
internal sealed class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory($"derchain-bench-{Environment.ProcessId}-");

    public IKeyValueStore Open(TableFiveStore store, int validator) => store == TableFiveStore.Memory
        ? new MemoryStore()
        : LiteDbStore.Open(Path.Combine(_folder.FullName, $"validator-{validator + 1}.db"));

    public void Dispose() => _folder.Delete(recursive: true);
}
