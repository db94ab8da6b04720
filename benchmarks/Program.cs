using BenchmarkDotNet.Running;
using DerChain.Benchmarks.Storage;

BenchmarkSwitcher.FromAssembly(typeof(DurableCommit).Assembly).Run(args);
