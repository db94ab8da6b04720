using DerChain.Chain.ChainFiles;
using DerChain.Chain.Storage;
using DerChain.KillTarget;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary>How the kill tests kill: at moments that a seed gives, 40 times a store, and 200 times where DERCHAIN_FULL is 1.</summary>
internal static class Killing
{
    /// <summary>Blocks of the file that is imported.</summary>
    public const int FileBlocks = 400;

    private const int MaxAcknowledged = 12;
    private static readonly Lazy<byte[]> ChainFile = new(SealChainFile);
    private static readonly TimeSpan LongestBlock = TimeSpan.FromMilliseconds(8);

    public static TimeSpan LongestOpening { get; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Kills of one kind of work over one kind of store.</summary>
    public static int Kills => IsFullRun ? 100 : 20;

    public static bool IsFullRun => Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1";

    /// <summary>Starts a writer and kills it: one in four while it opens the store, the others after some blocks, somewhere within the next.</summary>
    public static void Once(KilledStore store, Random random, params string[] args)
    {
        using ChildProcess child = ChildProcess.Start("DerChain.KillTarget", args);
        int blocks = random.Next(4) == 0 ? 0 : random.Next(1, MaxAcknowledged + 1);
        for (int block = 0; block < blocks && child.ReadLine() is { } line; block++)
            store.Acknowledge(line);

        TimeSpan delay = random.NextDouble() * (blocks == 0 ? LongestOpening : LongestBlock);
        foreach (string line in child.KillAfter(delay))
            store.Acknowledge(line);
    }

    /// <summary>Writes the chain file that is imported.</summary>
    public static string WriteChainFile(TemporaryFolder folder)
    {
        string path = folder.File("chain.rlp");
        File.WriteAllBytes(path, ChainFile.Value);
        return path;
    }

    /// <summary>Says what was done.</summary>
    public static void Report(string work, string name, int seed, int acknowledged) => TestContext.Current.TestOutputHelper?.WriteLine(
        $"{work}, {name}, seed {seed}: {Kills} kills, {acknowledged} blocks acknowledged, all found.");

    private static byte[] SealChainFile()
    {
        using var store = new MemoryStore();
        KillChain chain = KillChain.Open(store);
        for (int block = 0; block < FileBlocks; block++)
            chain.Extend();

        using var file = new MemoryStream();
        ChainExport.Run(chain.Chain, file, 0, FileBlocks, progress: null, CancellationToken.None);
        return file.ToArray();
    }
}
