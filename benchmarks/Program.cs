using BenchmarkDotNet.Running;
using DerChain.Benchmarks.Results;
using DerChain.Benchmarks.Storage;

if (args is ["results", .. var parts])
    return ResultsFile.Run(parts);

BenchmarkSwitcher.FromAssembly(typeof(DurableCommit).Assembly).Run(args);
return 0;
