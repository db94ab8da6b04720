using DerChain.Testing.Simulation;
namespace DerChain.Simulation.Tests;
public sealed class ThinTests
{
    [Fact]
    public void Quiet()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = SeededSimulation.Run(new SimulationOptions(), 1);
        TestContext.Current.TestOutputHelper!.WriteLine($"{watch.ElapsedMilliseconds} ms {result}");
    }
    [Fact]
    public void Many()
    {
        ulong from = ulong.Parse(Environment.GetEnvironmentVariable("FROM") ?? "1");
        ulong count = ulong.Parse(Environment.GetEnvironmentVariable("COUNT") ?? "20");
        for (ulong seed = from; seed < from + count; seed++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            try { var r = SeededSimulation.Run(seed); TestContext.Current.TestOutputHelper!.WriteLine($"{seed} ok {watch.ElapsedMilliseconds} ms kept {SimulationOptions.FromSeed(seed).KeepsFinalityAssumption} N {SimulationOptions.FromSeed(seed).Validators} blocks {r.Blocks} of {r.AdoptedBlocks} in turn {r.InTurnShare:0.000} reorg {r.Reorganisations}/{r.DeepestReorganisation} conf {r.Conflicts} ev {r.Events} msg {r.Messages} crash {r.Crashes} q {r.QuorumLosses} sb {r.SealedBefore} disc {r.Disconnections} tx {r.Transactions} vt {r.VirtualMilliseconds/1000}"); }
            catch (Exception e) { TestContext.Current.TestOutputHelper!.WriteLine($"{seed} FAILED {(Environment.GetEnvironmentVariable("LONG") is null ? e.Message.Split('\n')[0] : e.ToString())}"); }
        }
    }
}
