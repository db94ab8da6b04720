using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.ChainFiles;

/// <summary>A run of consecutive blocks of a chain file: decoded, and the senders of those that are not stored recovered, side by side.</summary>
internal sealed class BlockWindow
{
    // Enough to keep the threads busy where blocks are small; few megabytes where they are large.
    private const int MaxBlocks = 64;
    private const int TargetBytes = 1024 * 1024;

    private readonly Dictionary<Hash256, Address> _senders = [];

    private BlockWindow(PreparedBlock[] blocks, long nextIndex, bool isLast, ValidationResult damage)
    {
        Blocks = blocks;
        NextIndex = nextIndex;
        IsLast = isLast;
        Damage = damage;
    }

    public IReadOnlyList<PreparedBlock> Blocks { get; }

    /// <summary>Place in the file of what follows the blocks.</summary>
    public long NextIndex { get; }

    /// <summary>True where the file ends behind the blocks, or is damaged there.</summary>
    public bool IsLast { get; }

    /// <summary>What is wrong with the file behind the blocks.</summary>
    public ValidationResult Damage { get; }

    public Address? FindSender(Hash256 transactionHash) => _senders.TryGetValue(transactionHash, out Address sender) ? sender : null;

    public static BlockWindow Read(ChainFileReader file, Blockchain chain, ParallelOptions parallelism)
    {
        var encoded = new List<EncodedBlock>();
        long bytes = 0;
        EncodedBlock? next = null;
        ValidationResult damage = ValidationResult.Valid;
        while (encoded.Count < MaxBlocks && bytes < TargetBytes)
        {
            damage = file.TryRead(out next);
            if (next is null)
                break;

            encoded.Add(next);
            bytes += next.Bytes.Length;
        }

        var blocks = new PreparedBlock[encoded.Count];
        Parallel.For(0, blocks.Length, parallelism, index => blocks[index] = PreparedBlock.Decode(encoded[index]));
        var window = new BlockWindow(blocks, file.BlocksRead, next is null, damage);
        window.RecoverSenders(chain, parallelism);
        return window;
    }

    private void RecoverSenders(Blockchain chain, ParallelOptions parallelism)
    {
        Transaction[] transactions =
        [
            .. Blocks.Where(block => block.Block is { } decoded && chain.FindHeader(decoded.Hash) is null)
                .SelectMany(static block => block.Block!.Transactions),
        ];
        var found = new Address?[transactions.Length];
        SenderRecovery.Recover(transactions, found, parallelism);
        _senders.EnsureCapacity(found.Length);
        for (int index = 0; index < found.Length; index++)
        {
            if (found[index] is { } sender)
                _senders.TryAdd(transactions[index].Hash, sender);
        }
    }
}
