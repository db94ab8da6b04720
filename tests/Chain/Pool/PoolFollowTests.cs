using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Pool;

public sealed class PoolFollowTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly PrivateKey Bob = TestChain.Key("bob");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    private readonly TestChain _chain = TestChain.Open(TestChain.GenesisOf(3, spec: null, Alice, Bob));

    [Fact]
    public void What_the_sender_can_no_longer_pay_goes_and_those_behind_it_wait_for_its_nonce()
    {
        TransactionPool pool = Pool(Transfer(Alice, 1, ether: 400), Transfer(Alice, 2, ether: 0), Transfer(Alice, 3, ether: 0));
        pool.Follow(_chain.Chain.Import(_chain.Seal(Transfer(Alice, 0, ether: 700)), TestChain.Now));
        Assert.Equal(2, pool.Count);
        Assert.False(pool.HasExecutable);
        Assert.Equal(1UL, pool.NextNonce(Alice.Address));
        Add(pool, Transfer(Alice, 1, ether: 1));
        Assert.Equal(4UL, pool.NextNonce(Alice.Address));
    }

    [Fact]
    public void A_sender_that_a_reorganisation_makes_poor_keeps_what_it_can_pay()
    {
        PrivateKey poor = TestChain.Key("poor");
        TransactionPool pool = Pool();
        Block paid = _chain.Seal(_chain.OutOfTurnSealer(), TestChain.Transfer(Alice, 0, poor.Address, TestChain.Ether(5)));
        pool.Follow(_chain.Chain.Import(paid, TestChain.Now));
        Add(pool, Transfer(poor, 0, ether: 1));
        TestChain other = TestChain.Open(_chain.Genesis);
        pool.Follow(_chain.Chain.Import(other.Extend(Transfer(Bob, 0)), TestChain.Now));
        Assert.Equal([Alice.Address], pool.Executable(0).Select(recovered => recovered.Sender));
    }

    [Fact]
    public void What_no_block_can_hold_any_more_goes()
    {
        TransactionPool pool = Pool(Transfer(Bob, 0), Transfer(Alice, 0, gasLimit: Genesis.DefaultGasLimit));
        Block block = _chain.Alter(_chain.Seal(), header => header with { GasLimit = header.GasLimit - 1 });
        pool.Follow(_chain.Chain.Import(block, TestChain.Now));
        Assert.Equal([Bob.Address], pool.Executable(0).Select(recovered => recovered.Sender));
        Assert.Equal(1, pool.Count);
    }

    [Fact]
    public void A_pool_that_missed_changes_catches_up()
    {
        TransactionPool pool = Pool(Transfer(Alice, 0), Transfer(Alice, 1), Transfer(Bob, 0));
        _chain.Extend(Transfer(Alice, 0));
        Assert.Empty(pool.Follow(_chain.Chain.Import(_chain.Seal(Transfer(Bob, 0)), TestChain.Now)));
        Assert.Equal([Transfer(Alice, 1).Hash], pool.Executable(0).Select(recovered => recovered.Transaction.Hash));
        Assert.Equal(1, pool.Count);
    }

    [Fact]
    public void A_transaction_added_before_the_pool_follows_is_judged_at_the_head()
    {
        TransactionPool pool = Pool(Transfer(Alice, 0), Transfer(Alice, 1));
        ImportResult change = _chain.Chain.Import(_chain.Seal(Transfer(Alice, 0)), TestChain.Now);
        Assert.Equal(ChainError.NonceTooLow, TryAdd(pool, Transfer(Alice, 0, ether: 1)).Error);
        Add(pool, Transfer(Alice, 2));
        pool.Follow(change);
        Assert.Equal([1UL, 2UL], pool.Executable(0).Select(recovered => recovered.Transaction.Content.Nonce));
    }

    [Fact]
    public void What_comes_back_goes_before_what_came_since_also_in_a_full_pool()
    {
        var pool = new TransactionPool(_chain.Chain, new PoolOptions { MaxTransactions = 2, MaxQueuedPerSender = 0 });
        Add(pool, Transfer(Alice, 0));
        Add(pool, Transfer(Alice, 1));
        Block abandoned = _chain.Seal(_chain.OutOfTurnSealer(), Transfer(Alice, 0), Transfer(Alice, 1));
        pool.Follow(_chain.Chain.Import(abandoned, TestChain.Now));
        Add(pool, Transfer(Bob, 0));
        TestChain other = TestChain.Open(_chain.Genesis);
        Assert.Empty(pool.Follow(_chain.Chain.Import(other.Extend(), TestChain.Now)));
        Assert.Equal([Transfer(Alice, 0).Hash, Transfer(Alice, 1).Hash], pool.Executable(0).Select(recovered => recovered.Transaction.Hash));
    }

    [Fact]
    public void Other_outcomes_than_a_new_head_change_nothing()
    {
        TransactionPool pool = Pool(Transfer(Alice, 0));
        Block block = _chain.Extend();
        Assert.Empty(pool.Follow(_chain.Chain.Import(block, TestChain.Now)));
        Assert.Equal(1, pool.Count);
    }

    private static Transaction Transfer(PrivateKey from, int nonce, ulong ether = 0, ulong gasLimit = 21_000) =>
        TestChain.Transfer(from, (ulong)nonce, Recipient, TestChain.Ether(ether), gasLimit: gasLimit);

    private TransactionPool Pool(params Transaction[] transactions)
    {
        var pool = new TransactionPool(_chain.Chain);
        foreach (Transaction transaction in transactions)
            Add(pool, transaction);

        return pool;
    }

    private static void Add(TransactionPool pool, Transaction transaction) => Assert.Null(TryAdd(pool, transaction).Error);

    private static ValidationResult TryAdd(TransactionPool pool, Transaction transaction)
    {
        ValidationResult result = pool.Verify(transaction.Encoded, 0, out RecoveredTransaction? recovered);
        return result.IsValid ? pool.Add(recovered!) : result;
    }
}
