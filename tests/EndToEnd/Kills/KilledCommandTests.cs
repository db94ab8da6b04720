using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.KillTarget;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.Kills;

/// <summary><c>derchain import</c> is killed (SIGKILL) while it works, and goes on.</summary>
public sealed class KilledCommandTests
{
    [Theory]
    [InlineData("chain.db", 5)]
    [InlineData("chain.sqlite", 6)]
    public void The_import_command_goes_on_where_it_was_killed(string name, int seed)
    {
        using var folder = new TemporaryFolder();
        string[] command = ["import", Killing.WriteChainFile(folder), "--genesis", folder.File("genesis.json"), "--store", folder.File(name), "--json"];
        File.WriteAllBytes(folder.File("genesis.json"), GenesisJson.Write(KillChain.Genesis));
        var random = new Random(seed);
        var store = new KilledStore(folder.File(name));
        for (int kill = 0; kill < (Killing.IsFullRun ? 20 : 4); kill++)
        {
            using (ChildProcess child = ChildProcess.Start("DerChain.Cli", command))
                child.KillAfter(2 * Killing.LongestOpening * random.NextDouble());

            store.Check();
        }

        CommandLine last = CommandLine.Run(command);
        Assert.True(last.ExitCode == 0, last.Error);
        using JsonDocument report = JsonDocument.Parse(last.Output);
        Assert.Equal(Killing.FileBlocks, report.RootElement.GetProperty("head").GetProperty("number").GetInt32());
        Assert.Equal((ulong)Killing.FileBlocks, store.Check());
    }
}
