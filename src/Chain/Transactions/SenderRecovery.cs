using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.Curve;
using DerChain.Chain.Crypto.Curve.Lanes;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;

namespace DerChain.Chain.Transactions;

/// <summary>Recovers the senders of many transactions: hashes and signatures are worked on side by side where the machine can.</summary>
/// <threadsafety>All members are pure.</threadsafety>
internal static class SenderRecovery
{
    /// <summary>Transactions worked on together: a call with a multiple of it takes the least time for each, and a few dozen are nearly as good.</summary>
    public const int BatchSize = RecoveryBatch.MaxSignatures;

    /// <summary>As <see cref="Transaction.RecoverSender"/>, of each transaction, on the caller's thread.</summary>
    /// <param name="transactions">The transactions.</param>
    /// <param name="senders">Takes the senders; null where a signature does not recover to a key.</param>
    /// <exception cref="ArgumentException">There is not one place for each sender.</exception>
    public static void Recover(ReadOnlySpan<Transaction> transactions, Span<Address?> senders)
    {
        if (senders.Length != transactions.Length)
            throw new ArgumentException($"{transactions.Length} transactions have no {senders.Length} senders.", nameof(senders));

        if (transactions.Length == 1 || RecoveryMemo.Current is not null)
        {
            for (int index = 0; index < transactions.Length; index++)
                senders[index] = transactions[index].RecoverSender();

            return;
        }

        // One set of room for all batches.
        int size = Math.Min(BatchSize, transactions.Length);
        var inputs = new ReadOnlyMemory<byte>[size];
        var coordinates = new byte[size * PublicKey.Length];
        using var writer = new RlpWriter();
        for (int done = 0; done < transactions.Length; done += size)
        {
            size = Math.Min(BatchSize, transactions.Length - done);
            RecoverBatch(transactions.Slice(done, size), senders.Slice(done, size), writer, inputs.AsSpan(0, size), coordinates);
        }
    }

    /// <summary>The same on several threads.</summary>
    /// <param name="transactions">The transactions.</param>
    /// <param name="senders">Takes the senders.</param>
    /// <param name="parallelism">How many threads.</param>
    /// <exception cref="ArgumentException">There is not one place for each sender.</exception>
    public static void Recover(ReadOnlyMemory<Transaction> transactions, Memory<Address?> senders, ParallelOptions parallelism)
    {
        int size = BatchSizeFor(transactions.Length, parallelism.MaxDegreeOfParallelism);
        if (transactions.Length <= size)
        {
            Recover(transactions.Span, senders.Span);
            return;
        }

        Parallel.For(0, (transactions.Length + size - 1) / size, parallelism, batch =>
        {
            int start = batch * size, count = Math.Min(size, transactions.Length - start);
            Recover(transactions.Span.Slice(start, count), senders.Span.Slice(start, count));
        });
    }

    /// <summary>How many of so many transactions a thread should take at once, so that no thread is idle and lanes are full.</summary>
    public static int BatchSizeFor(int transactions, int threads)
    {
        int share = (transactions + threads - 1) / threads;
        return Math.Clamp((share + FieldElement8.Lanes - 1) / FieldElement8.Lanes * FieldElement8.Lanes, FieldElement8.Lanes, BatchSize);
    }

    private static void RecoverBatch(
        ReadOnlySpan<Transaction> transactions, Span<Address?> senders, RlpWriter writer, Span<ReadOnlyMemory<byte>> inputs, Memory<byte> coordinates)
    {
        Span<Hash256> hashes = stackalloc Hash256[transactions.Length];
        Span<Signature> signatures = stackalloc Signature[transactions.Length];
        Span<AffinePoint> keys = stackalloc AffinePoint[transactions.Length];
        Span<bool> areRecovered = stackalloc bool[transactions.Length];
        HashSigned(transactions, writer, inputs, hashes);
        for (int index = 0; index < transactions.Length; index++)
            signatures[index] = transactions[index].Signature;

        RecoveryBatch.Recover(hashes, signatures, keys, areRecovered);
        for (int index = 0; index < transactions.Length; index++)
        {
            Memory<byte> key = coordinates.Slice(index * PublicKey.Length, PublicKey.Length);
            if (areRecovered[index])
                keys[index].Write(key.Span);

            inputs[index] = key;
        }

        Keccak256.HashMany(inputs, hashes);
        for (int index = 0; index < transactions.Length; index++)
            senders[index] = areRecovered[index] ? PublicKey.AddressOf(hashes[index]) : null;
    }

    private static void HashSigned(ReadOnlySpan<Transaction> transactions, RlpWriter writer, Span<ReadOnlyMemory<byte>> inputs, Span<Hash256> hashes)
    {
        Span<int> ends = stackalloc int[transactions.Length];
        writer.Truncate();
        for (int index = 0; index < transactions.Length; index++)
        {
            TransactionCodec.WriteSigned(writer, transactions[index].Content);
            ends[index] = writer.Length;
        }

        for (int index = 0; index < transactions.Length; index++)
            inputs[index] = writer.Part(index == 0 ? 0 : ends[index - 1], ends[index]);

        Keccak256.HashMany(inputs, hashes);
    }
}
