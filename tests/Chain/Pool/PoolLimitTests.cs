using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Pool;

public sealed class PoolLimitTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly PrivateKey Bob = TestChain.Key("bob");
    private static readonly PrivateKey Carol = TestChain.Key("carol");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    private readonly TestChain _chain = TestChain.Open(TestChain.GenesisOf(3, spec: null, Alice, Bob, Carol));

    [Fact]
    public void A_full_pool_gives_up_the_one_that_pays_least_and_no_gap_opens()
    {
        TransactionPool pool = Pool(new PoolOptions { MaxTransactions = 3 }, Transfer(Alice, 0, tip: 1), Transfer(Alice, 1, tip: 3), Transfer(Bob, 0, tip: 4));
        Assert.Null(TryAdd(pool, Transfer(Carol, 0, tip: 9)));
        Assert.Equal([Transfer(Carol, 0, tip: 9).Hash, Transfer(Bob, 0, tip: 4).Hash, Transfer(Alice, 0, tip: 1).Hash], Executable(pool));
    }

    [Fact]
    public void Of_equal_ones_the_latest_goes_and_a_newcomer_that_pays_no_more_is_refused()
    {
        TransactionPool pool = Pool(new PoolOptions { MaxTransactions = 2 }, Transfer(Alice, 0, tip: 2), Transfer(Bob, 0, tip: 2));
        Assert.Equal(ChainError.Underpriced, TryAdd(pool, Transfer(Carol, 0, tip: 2)));
        Assert.Null(TryAdd(pool, Transfer(Carol, 0, tip: 3)));
        Assert.Equal([Transfer(Carol, 0, tip: 3).Hash, Transfer(Alice, 0, tip: 2).Hash], Executable(pool));
    }

    [Fact]
    public void One_behind_a_gap_goes_first_whatever_it_pays_and_takes_no_place_of_an_executable_one()
    {
        TransactionPool pool = Pool(new PoolOptions { MaxTransactions = 2 }, Transfer(Alice, 7, tip: 50), Transfer(Bob, 0, tip: 1));
        Assert.Null(TryAdd(pool, Transfer(Carol, 0, tip: 1)));
        Assert.Null(pool.FindSender(Transfer(Alice, 7, tip: 50).Hash));
        Assert.Equal(ChainError.PoolFull, TryAdd(pool, Transfer(Alice, 7, tip: 50)));
        Assert.Equal(2, pool.Count);
    }

    [Fact]
    public void A_sender_that_fills_its_own_gap_in_a_full_pool_is_served()
    {
        TransactionPool pool = Pool(new PoolOptions { MaxTransactions = 2 }, Transfer(Alice, 1), Transfer(Alice, 2));
        Assert.Null(TryAdd(pool, Transfer(Alice, 0)));
        Assert.Equal([Transfer(Alice, 0).Hash, Transfer(Alice, 1).Hash], Executable(pool));
    }

    [Fact]
    public void A_large_newcomer_takes_the_place_of_several_or_of_none()
    {
        int bytes = Transfer(Alice, 0).Encoded.Length;
        var options = new PoolOptions { MaxTransactionBytes = 900, MaxBytes = 900 };
        TransactionPool pool = Pool(options, Transfer(Alice, 0), Transfer(Bob, 0), Transfer(Carol, 0, tip: 9));
        Assert.Equal(3 * bytes, pool.Bytes, 3.0);
        Assert.Equal(ChainError.Underpriced, TryAdd(pool, Transfer(Alice, 1, tip: 1, payload: 650)));
        Assert.Equal(3, pool.Count);
        Transaction large = Transfer(Carol, 1, tip: 5, payload: 500);
        Assert.Null(TryAdd(pool, large));
        Assert.Equal([Transfer(Carol, 0, tip: 9).Hash, large.Hash, Transfer(Alice, 0).Hash], Executable(pool));
        Assert.True(pool.Bytes <= 900);
    }

    [Fact]
    public void A_replacement_that_does_not_fit_leaves_the_replaced_one()
    {
        TransactionPool pool = Pool(
            new PoolOptions { MaxTransactionBytes = 600, MaxBytes = 600 }, Transfer(Alice, 0), Transfer(Bob, 0, tip: 20), Transfer(Carol, 0, tip: 20));
        Assert.Equal(ChainError.Underpriced, TryAdd(pool, Transfer(Alice, 0, tip: 19, payload: 400)));
        Assert.Equal(Alice.Address, pool.FindSender(Transfer(Alice, 0).Hash));
        Assert.Equal(3, pool.Count);
    }

    [Fact]
    public void So_many_of_a_sender_wait_behind_a_gap_and_any_number_without()
    {
        TransactionPool pool = Pool(new PoolOptions { MaxQueuedPerSender = 2 }, Transfer(Alice, 5), Transfer(Alice, 6));
        Assert.Equal(ChainError.AccountLimitExceeded, TryAdd(pool, Transfer(Alice, 7)));
        for (int nonce = 0; nonce < 5; nonce++)
            Assert.Null(TryAdd(pool, Transfer(Alice, nonce)));

        Assert.Null(TryAdd(pool, Transfer(Alice, 7)));
        Assert.Equal(8, Executable(pool).Count());
    }

    [Fact]
    public void A_tip_below_the_least_is_refused()
    {
        var options = new PoolOptions { MinTipPerGas = (UInt256)TestChain.Gwei * 2 };
        Assert.Equal(ChainError.Underpriced, TryAdd(Pool(options), Transfer(Alice, 0, tip: 1)));
        Assert.Null(TryAdd(Pool(options), Transfer(Alice, 0, tip: 2)));
        Assert.Null(TryAdd(Pool(new PoolOptions()), Transfer(Alice, 0, tip: 0)));
    }

    // Geth: old · 110 / 100, rounded down, and more than the old one.
    [Theory]
    [InlineData(1UL, 2UL, true)]
    [InlineData(1UL, 1UL, false)]
    [InlineData(15UL, 16UL, true)]
    [InlineData(19UL, 20UL, true)]
    [InlineData(20UL, 21UL, false)]
    [InlineData(20UL, 22UL, true)]
    [InlineData(105UL, 114UL, false)]
    [InlineData(105UL, 115UL, true)]
    public void A_replacement_pays_Geths_threshold(ulong present, ulong offered, bool replaces)
    {
        Transaction Paying(ulong wei) => (Transfer(Alice, 0).Content with { Type = TransactionType.Legacy, MaxFeePerGas = wei, MaxPriorityFeePerGas = wei }).Sign(Alice);
        TransactionPool pool = Pool(new PoolOptions(), Paying(present));
        Transaction offer = present == offered ? (Paying(offered).Content with { Value = 1 }).Sign(Alice) : Paying(offered);
        Assert.Equal(replaces ? null : ChainError.ReplacementUnderpriced, TryAdd(pool, offer));
    }

    [Fact]
    public void A_sender_must_own_what_its_executable_transactions_cost_together()
    {
        TransactionPool pool = Pool(new PoolOptions(), Transfer(Alice, 0, ether: 600));
        Assert.Equal(ChainError.InsufficientFunds, TryAdd(pool, Transfer(Alice, 1, ether: 600)));
        Assert.Equal(ChainError.InsufficientFunds, TryAdd(pool, Transfer(Alice, 0, tip: 20, ether: 1_000)));
        Assert.Null(TryAdd(pool, Transfer(Alice, 1, ether: 300)));
        Assert.Null(TryAdd(pool, Transfer(Alice, 0, tip: 20, ether: 699)));
    }

    // Each of these breaks this rule and all that are asked later.
    [Fact]
    public void Rules_are_asked_in_Geths_order()
    {
        UnsignedTransaction bad = Transfer(Alice, 0).Content with
        {
            GasLimit = Genesis.DefaultGasLimit + 1, ChainId = 5, MaxFeePerGas = 1, MaxPriorityFeePerGas = 2, Value = TestChain.Ether(2_000),
        };
        var options = new PoolOptions { MinTipPerGas = 10 };
        _chain.Extend(Transfer(Alice, 0));
        TransactionPool pool = Pool(options);
        Assert.Equal(ChainError.OversizedData, TryAdd(pool, (bad with { Data = new byte[options.MaxTransactionBytes] }).Sign(Alice)));
        Assert.Equal(ChainError.ExceedsBlockGasLimit, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { GasLimit = 20_999 };
        Assert.Equal(ChainError.TipAboveMaxFee, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { MaxPriorityFeePerGas = 1 };
        Assert.Equal(ChainError.WrongChainId, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { ChainId = 202211 };
        Assert.Equal(ChainError.IntrinsicGasTooLow, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { GasLimit = 21_000 };
        Assert.Equal(ChainError.Underpriced, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { MaxPriorityFeePerGas = 10, MaxFeePerGas = 10 };
        Assert.Equal(ChainError.NonceTooLow, TryAdd(pool, bad.Sign(Alice)));
        bad = bad with { Nonce = 1 };
        Assert.Equal(ChainError.InsufficientFunds, TryAdd(pool, bad.Sign(Alice)));
        Assert.Null(TryAdd(pool, (bad with { Value = 0 }).Sign(Alice)));
        Assert.Equal(ChainError.AlreadyKnown, TryAdd(pool, (bad with { Value = 0 }).Sign(Alice)));
    }

    [Fact]
    public void A_limit_out_of_range_is_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool(new PoolOptions { MaxTransactions = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool(new PoolOptions { MaxTransactionBytes = 199 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool(new PoolOptions { MaxBytes = 1_000, MaxTransactionBytes = 1_001 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pool(new PoolOptions { MaxQueuedPerSender = -1 }));
    }

    private static Transaction Transfer(PrivateKey from, int nonce, ulong tip = 1, int payload = 0, ulong ether = 0) => TestChain.Transfer(
        from, (ulong)nonce, Recipient, TestChain.Ether(ether), tipGwei: tip, gasLimit: payload == 0 ? 21_000UL : 40_000, data: new byte[payload]);

    private static Enum? TryAdd(TransactionPool pool, Transaction transaction)
    {
        ValidationResult result = pool.Verify(transaction.Encoded, 0, out RecoveredTransaction? recovered);
        return result.IsValid ? pool.Add(recovered!).Error : result.Error;
    }

    private TransactionPool Pool(PoolOptions options, params Transaction[] transactions)
    {
        var pool = new TransactionPool(_chain.Chain, options);
        Assert.All(transactions, transaction => Assert.Null(TryAdd(pool, transaction)));
        return pool;
    }

    private static IEnumerable<Hash256> Executable(TransactionPool pool) =>
        pool.Executable(0).Select(recovered => recovered.Transaction.Hash);
}
