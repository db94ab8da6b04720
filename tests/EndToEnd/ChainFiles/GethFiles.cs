using System.IO.Compression;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.ChainFiles;

/// <summary>A folder with the chain that Geth sealed: plain and compressed, with its genesis, and room for stores.</summary>
internal sealed class GethFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GethFiles()
    {
        Write("chain.rlp.gz", Chain);
    }

    /// <summary>What <c>geth export</c> wrote.</summary>
    public static byte[] Chain { get; } = Vectors.ReadBytes("geth_chain_5signers/chain.rlp");

    public static string Genesis { get; } = Vectors.Path("geth_chain_5signers/genesis.json");

    public string File(string name) => _folder.File(name);

    /// <summary>Writes a chain file, compressed where it ends in .gz.</summary>
    public string Write(string name, byte[] bytes)
    {
        using Stream file = System.IO.File.Create(File(name));
        using Stream output = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        output.Write(bytes);
        return File(name);
    }

    public CommandLine Import(string chain, string store, params string[] more) =>
        CommandLine.Run(["import", chain, "--genesis", Genesis, "--store", File(store), .. more]);

    public CommandLine Export(string store, string file, params string[] more) =>
        CommandLine.Run(["export", "--store", File(store), "--out", File(file), .. more]);

    public void Dispose() => _folder.Dispose();
}
