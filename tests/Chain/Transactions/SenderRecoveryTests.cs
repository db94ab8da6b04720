using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests.Transactions;

public sealed class SenderRecoveryTests
{
    private static readonly PrivateKey[] Signers = [.. Enumerable.Range(0, 5).Select(static index => TestChain.Key($"signer {index}"))];

    [Fact]
    public void Senders_are_those_of_one_transaction_after_the_other()
    {
        Transaction[] all = [.. Enumerable.Range(0, 150).Select(Signed)];
        Address?[] expected = [.. all.Select(static transaction => transaction.RecoverSender())];
        Assert.Equal(Signers.Length + 1, expected.Distinct().Count(static sender => sender is null || Signers.Any(signer => signer.Address == sender)));
        foreach (int count in Enumerable.Range(0, 18).Concat([63, 64, 65, 66, 67, 128, 150]))
        {
            for (int first = 0; first + count <= all.Length; first += 37)
            {
                var senders = new Address?[count];
                SenderRecovery.Recover(all.AsSpan(first, count), senders);
                Assert.Equal(expected[first..(first + count)], senders);
            }
        }
    }

    [Fact]
    public void A_memo_is_asked_and_filled()
    {
        Transaction[] all = [.. Enumerable.Range(0, 20).Select(Signed)];
        var senders = new Address?[all.Length];
        var memo = new RecoveryMemo();
        using (memo.Use())
            SenderRecovery.Recover(all, senders);

        Assert.Equal(all.Length, memo.Count);
        Assert.Equal(all.Select(static transaction => transaction.RecoverSender()), senders);
    }

    [Fact]
    public void Senders_need_a_place_each() =>
        Assert.Throws<ArgumentException>(static () => SenderRecovery.Recover([Signed(0), Signed(1)], new Address?[3]));

    [Fact]
    public void Nothing_is_allocated_for_a_transaction()
    {
        Transaction[] all = [.. Enumerable.Range(0, 4 * SenderRecovery.BatchSize).Select(Signed)];
        var senders = new Address?[all.Length];
        SenderRecovery.Recover(all, senders);
        long one = AllocatedBy(() => SenderRecovery.Recover(all.AsSpan(0, SenderRecovery.BatchSize), senders.AsSpan(0, SenderRecovery.BatchSize)));
        Assert.Equal(one, AllocatedBy(() => SenderRecovery.Recover(all, senders)));
    }

    private static long AllocatedBy(Action work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    // Every type, short and long data, and now and then a signature that has no key.
    private static Transaction Signed(int index)
    {
        Transaction signed = new UnsignedTransaction
        {
            Type = (TransactionType)(index % 3),
            ChainId = 7,
            Nonce = (ulong)index,
            MaxPriorityFeePerGas = 1,
            MaxFeePerGas = 1,
            GasLimit = 21_000,
            To = Address.Zero,
            Data = new byte[index * index % 1_000],
        }.Sign(Signers[index % Signers.Length]);
        return index % 11 == 10 ? Transaction.Create(signed.Content, signed.Signature with { S = UInt256.Zero }) : signed;
    }
}
