using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using DerChain.Chain;
using DerChain.Chain.Blocks;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Consensus.Validators;

/// <summary>Validators of one network in one process. They exchange encoded bytes alone; each decodes and verifies for itself.</summary>
/// <remarks>Work that needs no order is spread over threads; the result is the same for any number of them.</remarks>
/// <threadsafety>Single owner.</threadsafety>
public sealed class InProcessNetwork
{
    private readonly ParallelOptions _parallel;

    /// <summary>A network of validators.</summary>
    /// <param name="validators">At least one; they stand on the same genesis.</param>
    /// <param name="threads">Threads that verify transactions and import blocks side by side; at least 1.</param>
    public InProcessNetwork(ImmutableArray<Validator> validators, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(validators.Length, 1, nameof(validators));
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(threads));
        Validators = validators;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
    }

    /// <summary>The validators.</summary>
    public ImmutableArray<Validator> Validators { get; }

    /// <summary>Gives transactions to every validator; each verifies each for itself.</summary>
    /// <param name="encoded">Canonical encodings, in the order in which they arrive.</param>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    /// <returns>The verdict on each transaction: that of the first validator that refuses it, else valid.</returns>
    public ImmutableArray<ValidationResult> Submit(IReadOnlyList<ReadOnlyMemory<byte>> encoded, ulong nowUnixMilliseconds)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        ReadOnlyMemory<byte>[] all = [.. encoded];
        int count = all.Length;
        var verified = new RecoveredTransaction?[Validators.Length * count];
        var verdicts = new ValidationResult[Validators.Length * count];
        int size = SenderRecovery.BatchSizeFor(verified.Length, _parallel.MaxDegreeOfParallelism);
        int batches = (count + size - 1) / size;
        Parallel.For(0, Validators.Length * batches, _parallel, batch =>
        {
            int start = batch % batches * size, some = Math.Min(size, count - start), slot = batch / batches * count + start;
            Validators[batch / batches].VerifyTransactions(
                all.AsSpan(start, some), nowUnixMilliseconds, verdicts.AsSpan(slot, some), verified.AsSpan(slot, some));
        });
        Parallel.For(0, Validators.Length, _parallel, validator =>
        {
            for (int slot = validator * count; slot < (validator + 1) * count; slot++)
            {
                if (verified[slot] is { } transaction)
                    verdicts[slot] = Validators[validator].AddTransaction(transaction, nowUnixMilliseconds);
            }
        });
        return [.. Enumerable.Range(0, count).Select(index => FirstRefusal(verdicts, index, count))];
    }

    /// <summary>Lets whoever may seal at this time seal one block and gives it to the others.</summary>
    /// <param name="nowUnixMilliseconds">The clock.</param>
    /// <returns>The block, or null where nobody may seal.</returns>
    /// <exception cref="InvalidOperationException">A validator refuses a block that another sealed; the message says why.</exception>
    public Block? TrySealNext(ulong nowUnixMilliseconds)
    {
        foreach (Validator sealer in Validators)
        {
            sealer.TrySeal(nowUnixMilliseconds, out Block? block);
            if (block is null)
                continue;

            Deliver(block, sealer, nowUnixMilliseconds);
            return block;
        }

        return null;
    }

    /// <summary>Gives every validator the blocks it lacks of the best chain among them: after a restart, or for one that was away.</summary>
    /// <exception cref="InvalidOperationException">A validator refuses a block of the best chain; the message says why.</exception>
    /// <exception cref="DerChain.Chain.Storage.StoreException">A store could not be read or written.</exception>
    public void CatchUp(ulong nowUnixMilliseconds)
    {
        Validator best = Validators[0];
        foreach (Validator other in Validators)
        {
            if (best.Chain.Engine.CompareHeads(other.Chain.Head, best.Chain.Head, hash => other.Chain.FindHeader(hash) ?? best.Chain.FindHeader(hash)) < 0)
                best = other;
        }

        var behind = new ConcurrentQueue<(Validator Validator, IEnumerator<Block> Missing)>(
            Validators.Where(validator => validator != best)
                .Select(validator => (validator, best.Chain.Blocks(FirstMissing(best.Chain, validator.Chain)).GetEnumerator())));
        try
        {
            Parallel.For(0, _parallel.MaxDegreeOfParallelism, _parallel, _ => ImportMissing(behind, nowUnixMilliseconds));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    // A block of one, then of the next: nobody waits for another, and no thread is idle until the last blocks.
    private static void ImportMissing(ConcurrentQueue<(Validator Validator, IEnumerator<Block> Missing)> behind, ulong nowUnixMilliseconds)
    {
        while (behind.TryDequeue(out (Validator Validator, IEnumerator<Block> Missing) next))
        {
            if (!next.Missing.MoveNext())
                continue;

            Block block = next.Missing.Current;
            Require(next.Validator.ReceiveBlock(block.Encode(), nowUnixMilliseconds), next.Validator, block.Number);
            behind.Enqueue(next);
        }
    }

    private static ulong FirstMissing(Blockchain best, Blockchain behind)
    {
        ulong number = Math.Min(best.Head.Header.Number, behind.Head.Header.Number);
        while (number > 0 && behind.FindHeader(best.FindBlock(number)!.Hash) is null)
            number--;

        return number + 1;
    }

    private static ValidationResult FirstRefusal(ValidationResult[] verdicts, int index, int count)
    {
        for (int slot = index; slot < verdicts.Length; slot += count)
        {
            if (!verdicts[slot].IsValid)
                return verdicts[slot];
        }

        return ValidationResult.Valid;
    }

    private static void Require(ImportResult result, Validator validator, ulong number)
    {
        if (result.Outcome == ImportOutcome.Rejected)
            throw new InvalidOperationException($"Validator {validator.Address} refuses block {number}: {result.Verdict}.");
    }

    private void Deliver(Block block, Validator sealer, ulong nowUnixMilliseconds)
    {
        byte[] encoded = block.Encode();
        Validator[] receivers = [.. Validators.Where(validator => validator != sealer)];
        var results = new ImportResult[receivers.Length];
        Parallel.For(0, receivers.Length, _parallel, index => results[index] = receivers[index].ReceiveBlock(encoded, nowUnixMilliseconds));

        // Not inside the loop, which would wrap the exception in one of its own.
        for (int index = 0; index < receivers.Length; index++)
            Require(results[index], receivers[index], block.Number);
    }
}
