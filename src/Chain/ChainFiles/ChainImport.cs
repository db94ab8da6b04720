using System.Runtime.ExceptionServices;
using DerChain.Chain.Blocks;
using DerChain.Chain.Validation;

namespace DerChain.Chain.ChainFiles;

/// <summary>Imports a chain file: every block that is not stored is verified and stored, up to the first that breaks a rule.</summary>
/// <remarks>While blocks are executed and committed one after the other, the next ones are read and the senders of their transactions recovered. The
/// result does not depend on it.</remarks>
public sealed class ChainImport
{
    private readonly Blockchain _chain;
    private readonly ulong _nowUnixSeconds;
    private readonly IProgress<ChainFileProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private ChainImportResult _result = new(0, 0, 0, null);

    private ChainImport(Blockchain chain, ulong nowUnixSeconds, IProgress<ChainFileProgress>? progress, CancellationToken cancellation)
    {
        _chain = chain;
        _nowUnixSeconds = nowUnixSeconds;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>Imports what a file holds. Run again after an interruption it goes on: what is stored is not verified again.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="file">The file; a genesis block in it must be the chain's.</param>
    /// <param name="nowUnixSeconds">The clock, for headers that are ahead of it.</param>
    /// <param name="threads">Threads that work side by side; at least 1.</param>
    /// <param name="progress">Told after each block; may be null.</param>
    /// <param name="cancellation">Stops between two blocks.</param>
    /// <returns>What was imported, and the block that ended the import where one broke a rule; what came before it stays.</returns>
    /// <exception cref="Storage.StoreException">The store could not be read or written; what was imported before stays.</exception>
    /// <exception cref="IOException">The file cannot be read; what was imported before stays.</exception>
    /// <exception cref="OperationCanceledException">The import was stopped; what was imported before stays.</exception>
    public static ChainImportResult Run(
        Blockchain chain,
        ChainFileReader file,
        ulong nowUnixSeconds,
        int threads,
        IProgress<ChainFileProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(chain);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var import = new ChainImport(chain, nowUnixSeconds, progress, cancellation);
        var parallelism = new ParallelOptions { MaxDegreeOfParallelism = threads };
        BlockWindow? window = BlockWindow.Read(file, chain, parallelism);
        while (window is not null && import._result.Bad is null)
        {
            BlockWindow current = window;
            Together(parallelism, () => import.ImportAll(current), () => window = current.IsLast ? null : BlockWindow.Read(file, chain, parallelism));
        }

        return import._result;
    }

    private void ImportAll(BlockWindow window)
    {
        foreach (PreparedBlock block in window.Blocks)
        {
            _cancellation.ThrowIfCancellationRequested();
            Import(block, window.FindSender);
            if (_result.Bad is not null)
                return;
        }

        if (!window.Damage.IsValid)
            _result = _result with { Bad = new BadBlock(window.NextIndex, null, null, window.Damage) };
    }

    private void Import(PreparedBlock prepared, Blockchain.SenderLookup findSender)
    {
        if (prepared.Block is not { } block)
        {
            _result = _result with { Bad = prepared.Bad(prepared.Verdict) };
            return;
        }

        ImportResult imported = prepared.IsGenesis && _chain.FindHeader(block.Hash) is null
            ? ImportResult.Reject(OtherGenesis(block))
            : _chain.Import(block, _nowUnixSeconds, findSender);
        _result = imported.Outcome switch
        {
            ImportOutcome.Rejected => _result with { Bad = prepared.Bad(imported.Verdict) },
            ImportOutcome.AlreadyKnown => _result with { KnownBlocks = _result.KnownBlocks + 1 },
            _ => _result with { Blocks = _result.Blocks + 1, Transactions = _result.Transactions + block.Transactions.Length },
        };
        if (_result.Bad is null)
            _progress?.Report(new ChainFileProgress(_result.Blocks, _result.Transactions, block.Number));
    }

    private ValidationResult OtherGenesis(Block block) => ValidationResult.Fail(
        ChainFileError.OtherGenesis, $"The file begins another chain: its genesis block is {block.Hash}, and this chain's is {_chain.FindBlock(0)?.Hash}.");

    private static void Together(ParallelOptions parallelism, Action first, Action second)
    {
        try
        {
            Parallel.Invoke(parallelism, first, second);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
