using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;

namespace DerChain.Chain.Tests.Pool;

/// <summary>Whoever sent the transactions before, a sender is the one that recovery gives.</summary>
public sealed class LikelySenderTests
{
    private static readonly Transaction[] Sent = [.. Enumerable.Range(0, 30).Select(static index => TestChain.Transfer(TestChain.Key($"sender {index % 3}"), (ulong)index, Address.Zero))];

    [Theory]
    [InlineData(0)]
    [InlineData(11 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    public void In_any_order_senders_are_those_that_recovery_gives(long maxKeyBytes)
    {
        var likely = new LikelySender(maxKeyBytes);
        var random = new Random(7);
        for (int run = 0; run < 400; run++)
        {
            // Runs of one account, and changes.
            Transaction transaction = Sent[random.Next(4) > 0 ? run % 10 * 3 : random.Next(Sent.Length)];
            Assert.Equal(transaction.RecoverSender(), likely.Recover(transaction));
        }
    }

    [Fact]
    public void Threads_may_share_it()
    {
        var likely = new LikelySender(4 * 1024 * 1024);
        Parallel.For(0, 300, index => Assert.Equal(Sent[index % 30].RecoverSender(), likely.Recover(Sent[index % 30])));
    }

    [Fact]
    public void A_signature_of_nobody_has_no_sender_whoever_is_likely()
    {
        var likely = new LikelySender(4 * 1024 * 1024);
        likely.Recover(Sent[0]);
        likely.Recover(Sent[3]);
        var nobody = Transaction.Create(Sent[6].Content, Sent[6].Signature with { R = UInt256.Zero });

        Assert.Null(nobody.RecoverSender());
        Assert.Null(likely.Recover(nobody));
        Assert.Equal(Sent[9].RecoverSender(), likely.Recover(Sent[9]));
    }
}
