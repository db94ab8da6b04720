using System.Diagnostics;
using DerChain;
using DerChain.Chain.Storage;
using DerChain.Market.Scenario;

int threads = int.Parse(args[0]);
string dir = args[1];
Directory.CreateDirectory(dir);
var sw = Stopwatch.StartNew();
MarketDay day = CaseStudy.Create(new CaseStudyOptions());
using var run = MarketDayRun.Open(day, new MarketDayOptions { Seed = 20210715, Threads = threads, OpenStore = i => args.Length > 2 ? new MemoryStore() : LiteDbStore.Open(Path.Combine(dir, $"validator-{i + 1}.db")) });
Console.WriteLine($"open {sw.Elapsed}");
var last = TimeSpan.Zero;
var p = new P(x => { if (sw.Elapsed - last > TimeSpan.FromSeconds(5)) { last = sw.Elapsed; Console.WriteLine($"{sw.Elapsed} {x} {Environment.WorkingSet / 1000000} MB"); } });
run.Record(p, default);
Console.WriteLine($"done {sw.Elapsed} {run.Consortium.Chain.Head.Hash} {run.Consortium.Chain.Head.Header.Number} {Environment.WorkingSet / 1000000} MB");
int n = 0;
foreach (var e in run.Consortium.Ledger.Read()) n++;
Console.WriteLine($"read {n} {sw.Elapsed}");

internal sealed class P(Action<MarketDayProgress> a) : IProgress<MarketDayProgress> { public void Report(MarketDayProgress value) => a(value); }
