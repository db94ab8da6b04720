using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Pool;

/// <summary>Whatever happens to a pool, it holds, answers and offers what the plain oracle does.</summary>
public sealed class PoolOracleTests
{
    private static readonly PrivateKey[] Senders = [.. Enumerable.Range(0, 3).Select(index => TestChain.Key($"sender {index}"))];

    // 0.02 ether each, of which a transaction of this test takes about 0.0005: balances matter.
    private static readonly Genesis Genesis = TestChain.GenesisOf(3, funded: []) with
    {
        Accounts = Senders.Aggregate(
            TestChain.GenesisOf(3, funded: []).Accounts, (accounts, key) => accounts.Add(key.Address, new GenesisAccount((UInt256)TestChain.Gwei * 20_000_000))),
    };

    private static readonly Gen<Step> Steps = Gen.Frequency(
        (12, Gen.Select(Gen.Int[0, 2], Gen.ULong[0, 7], Gen.ULong[0, 40], Gen.Int[0, 5]).Select((sender, nonce, tip, size) => (Step)new Offer(sender, nonce, tip, size))),
        (2, Gen.Int[0, 3].Select(count => (Step)new Mine(count))),
        (1, Gen.Int[1, 3].Select(depth => (Step)new Reorganise(depth))));

    [Fact]
    public void A_pool_is_what_the_oracle_says_whatever_happens() => Steps.Array[1, 40].Sample(
        steps =>
        {
            TestChain chain = TestChain.Open(Genesis, judge: clique => new TestEngine(clique));
            var options = new PoolOptions { MaxTransactions = 9, MaxBytes = 2_600, MaxTransactionBytes = 1_000, MaxQueuedPerSender = 3 };
            var pool = new TransactionPool(chain.Chain, options);
            var oracle = new OraclePool(chain.Chain, options);
            foreach (Step step in steps)
            {
                step.Take(chain, pool, oracle);
                AssertSame(chain.Chain, pool, oracle);
            }
        },
        iter: 40);

    private static void AssertSame(Blockchain chain, TransactionPool pool, OraclePool oracle)
    {
        Assert.Equal(oracle.Waiting.Count, pool.Count);
        Assert.Equal(oracle.Waiting.Sum(waiting => (long)waiting.Transaction.Encoded.Length), pool.Bytes);
        Assert.All(oracle.Waiting, waiting => Assert.Equal(waiting.Sender, pool.FindSender(waiting.Transaction.Hash)));
        Assert.Equal(Hashes(oracle.Executable(chain.NextBaseFeePerGas)), Hashes(pool.Executable(chain.NextBaseFeePerGas)));
        Assert.Equal(Hashes(oracle.Executable(0)), Hashes(pool.Executable(0)));
        Assert.Equal(oracle.Executable(0).Any(), pool.HasExecutable);
        foreach (PrivateKey sender in Senders)
        {
            int executable = oracle.Executable(0).Count(waiting => waiting.Sender == sender.Address);
            Assert.Equal(chain.GetAccount(sender.Address).Nonce + (ulong)executable, pool.NextNonce(sender.Address));
        }
    }

    private static IEnumerable<Hash256> Hashes(IEnumerable<RecoveredTransaction> transactions) =>
        transactions.Select(transaction => transaction.Transaction.Hash);

    private static Transaction Make(int sender, ulong nonce, ulong tip, int size) => new UnsignedTransaction
    {
        ChainId = 202211,
        Nonce = nonce,
        MaxPriorityFeePerGas = (UInt256)(TestChain.Gwei / 10) * tip,
        MaxFeePerGas = (UInt256)(TestChain.Gwei / 10) * (tip + (ulong)size * 3),
        GasLimit = 30_000,
        To = Senders[(sender + 1) % 3].Address,
        Value = (UInt256)TestChain.Gwei * 500_000 * (ulong)size,
        Data = new byte[size * 60],
    }.Sign(Senders[sender]);

    private abstract record Step
    {
        public abstract void Take(TestChain chain, TransactionPool pool, OraclePool oracle);

        protected static void Follow(ImportResult change, TransactionPool pool, OraclePool oracle) =>
            Assert.Equal(Hashes(oracle.Follow(change)), Hashes(pool.Follow(change)));
    }

    private sealed record Offer(int Sender, ulong Ahead, ulong Tip, int Size) : Step
    {
        public override void Take(TestChain chain, TransactionPool pool, OraclePool oracle)
        {
            ulong nonce = chain.Chain.GetAccount(Senders[Sender].Address).Nonce;
            Transaction transaction = Make(Sender, nonce + Ahead == 0 ? 0 : nonce + Ahead - 1, Tip, Size);
            ValidationResult verdict = pool.Verify(transaction.Encoded, 0, out RecoveredTransaction? recovered);
            Assert.True(verdict.IsValid, verdict.ToString());
            Assert.Equal(oracle.Add(recovered!).Error, pool.Add(recovered!).Error);
        }
    }

    private sealed record Mine(int Count) : Step
    {
        public override void Take(TestChain chain, TransactionPool pool, OraclePool oracle)
        {
            IEnumerable<Transaction> chosen = pool.Executable(chain.Chain.NextBaseFeePerGas).Take(Count).Select(recovered => recovered.Transaction);
            Follow(chain.Chain.Import(chain.Seal(chain.OutOfTurnSealer(), chosen), TestChain.Now), pool, oracle);
        }
    }

    // A branch of in-turn blocks from some blocks below the head, with some of the transactions of the blocks it replaces and rivals of others.
    private sealed record Reorganise(int Depth) : Step
    {
        public override void Take(TestChain chain, TransactionPool pool, OraclePool oracle)
        {
            ulong fork = chain.Chain.Head.Header.Number - Math.Min((ulong)Depth, chain.Chain.Head.Header.Number);
            Block[] leaving = [.. chain.Chain.Blocks(fork + 1)];
            TestChain branch = TestChain.Open(Genesis, judge: clique => new TestEngine(clique));
            foreach (Block block in chain.Chain.Blocks(1).Take((int)fork))
                branch.Import(block);

            for (int index = 0; index == 0 || branch.Chain.Head.Hash != chain.Chain.Head.Hash; index++)
            {
                IEnumerable<Transaction> again = index < leaving.Length ? leaving[index].Transactions.Where((_, place) => place % 2 == 0) : [];
                ulong nonce = branch.Chain.GetAccount(Senders[index % 3].Address).Nonce;
                Block block = branch.Extend([.. again, Make(index % 3, nonce, 40, 1)]);
                ImportResult result = chain.Chain.Import(block, TestChain.Now);
                Assert.NotEqual(ImportOutcome.Rejected, result.Outcome);
                Follow(result, pool, oracle);
            }
        }
    }
}
