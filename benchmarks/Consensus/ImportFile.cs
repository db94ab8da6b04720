using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using DerChain.Chain;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Benchmarks.Consensus;

/// <summary>Import of a chain file into memory on two threads, beside the cost of its signatures alone on two threads: a chain of the shape that Geth sealed for
/// the tests (period 1, five signers in turn), 1,000 blocks of 20 transfers; and 20 blocks of 1,000.</summary>
/// <remarks>The bars of issue 6, of the chain of 1,000 blocks: at most 1.5 times the signatures, and at least three times the 3,500 transactions a second that Geth
/// imported, scaled by the time of BouncyCastle's recovery (184 µs there).</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, warmupCount: 3, iterationCount: 15, invocationCount: 1)]
public class ImportFile
{
    private const int Transactions = 20_000;
    private const int Threads = 2;

    private ImportChain _made = null!;
    private byte[] _file = null!;
    private (Hash256 Hash, Signature Signature)[] _signed = null!;
    private Blockchain _chain = null!;

    [Params(1_000, 20)]
    public int Blocks { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _made = ImportChain.Make(Blocks, Transactions / Blocks, signers: 5);
        _file = [.. _made.Blocks.SelectMany(static block => block.Encode())];
        _signed =
        [
            .. _made.Blocks.SelectMany(static block => block.Transactions).Select(static transaction => (transaction.Content.SigningHash(), transaction.Signature)),
            .. _made.Blocks.Select(static block => (CliqueExtraData.SealHash(block.Header), Signature.FromBytes(block.Header.ExtraData.Span[^CliqueExtraData.SealLength..]))),
        ];
    }

    [GlobalCleanup]
    public void Cleanup() => _made.Dispose();

    [IterationSetup]
    public void OpenEmpty() => _chain = _made.OpenEmpty(Threads);

    /// <summary>Every signature of the file, recovered one at a time.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Transactions)]
    public void Signatures() => Parallel.For(0, _signed.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, index =>
    {
        if (!Ecdsa.TryRecover(_signed[index].Hash, _signed[index].Signature, out _))
            throw new InvalidOperationException("A signature does not recover.");
    });

    [Benchmark(OperationsPerInvoke = Transactions)]
    public void Import()
    {
        using var file = new ChainFileReader(new MemoryStream(_file));
        ChainImportResult result = ChainImport.Run(_chain, file, ImportChain.NowUnixMilliseconds / 1000, Threads, null, CancellationToken.None);
        if (result.Blocks != Blocks || result.Bad is not null)
            throw new InvalidOperationException($"{result.Blocks} of {Blocks} blocks were imported. {result.Bad?.Verdict}");
    }
}
