using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Pool;
using DerChain.Chain.Primitives;
using DerChain.Chain.Tests.Validation;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Pool;

public sealed class TransactionPoolTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly PrivateKey Bob = TestChain.Key("bob");
    private static readonly Address Recipient = TestChain.Key("recipient").Address;

    private readonly TestChain _chain = TestChain.Open(TestChain.GenesisOf(3, spec: null, Alice, Bob));

    [Fact]
    public void A_senders_transactions_leave_in_the_order_of_nonces_and_wait_behind_a_gap()
    {
        TransactionPool pool = Pool(Transfer(Alice, 3), Transfer(Alice, 1), Transfer(Alice, 0));
        Assert.Equal(3, pool.Count);
        Assert.Equal([0UL, 1UL], Nonces(pool));
        Add(pool, Transfer(Alice, 2));
        Assert.Equal([0UL, 1UL, 2UL, 3UL], Nonces(pool));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    public void Many_are_judged_as_each_is(int valid)
    {
        Transaction wrong = Transfer(Alice, 0);
        ReadOnlyMemory<byte>[] encoded =
        [
            new byte[] { 0xc1, 0x80 },
            .. Enumerable.Range(0, valid).Select(index => Transfer(index % 2 == 0 ? Alice : Bob, index / 2).Encoded),
            Transaction.Create(wrong.Content, wrong.Signature with { R = UInt256.Zero }).Encoded,
            (wrong.Content with { ChainId = 99 }).Sign(Alice).Encoded,
            default,
        ];
        TransactionPool pool = Pool();
        var verdicts = new ValidationResult[encoded.Length];
        var transactions = new RecoveredTransaction?[encoded.Length];

        pool.VerifyMany(encoded, 0, verdicts, transactions);

        for (int index = 0; index < encoded.Length; index++)
        {
            ValidationResult alone = Pool().Verify(encoded[index], 0, out RecoveredTransaction? transaction);
            Assert.Equal(alone.ToString(), verdicts[index].ToString());
            Assert.Equal((transaction?.Transaction.Hash, transaction?.Sender), (transactions[index]?.Transaction.Hash, transactions[index]?.Sender));
        }

        Assert.Equal(valid, transactions.Count(static transaction => transaction is not null));
        Assert.Throws<ArgumentException>(() => pool.VerifyMany(encoded, 0, verdicts.AsSpan(1), transactions));
    }

    [Fact]
    public void The_higher_tip_goes_first_then_the_earlier_arrival()
    {
        Transaction low = Transfer(Alice, 0, tip: 1);
        Transaction high = Transfer(Alice, 1, tip: 9);
        Transaction middle = Transfer(Bob, 0, tip: 2);
        Assert.Equal([middle.Hash, low.Hash, high.Hash], Hashes(Pool(low, high, middle)));
        Transaction first = Transfer(Bob, 0);
        Transaction second = Transfer(Alice, 0);
        Assert.Equal([first.Hash, second.Hash], Hashes(Pool(first, second)));
    }

    [Fact]
    public void Transactions_below_the_base_fee_wait_with_those_behind_them()
    {
        TransactionPool pool = Pool(Transfer(Alice, 0, tip: 1), Transfer(Alice, 1, tip: 50));
        Assert.Empty(pool.Executable((UInt256)TestChain.Gwei * 12));
        Assert.Equal(2, pool.Executable((UInt256)TestChain.Gwei * 11).Count());
    }

    [Fact]
    public void A_replacement_pays_at_least_ten_percent_more_of_both_prices()
    {
        UnsignedTransaction content = Transfer(Alice, 0).Content;
        Transaction Paying(ulong tip, ulong maxFee) => (content with { MaxPriorityFeePerGas = (UInt256)TestChain.Gwei * tip, MaxFeePerGas = (UInt256)TestChain.Gwei * maxFee }).Sign(Alice);
        TransactionPool pool = Pool(Paying(100, 1_000));
        Assert.Equal(ChainError.ReplacementUnderpriced, TryAdd(pool, Paying(109, 1_100)).Error);
        Assert.Equal(ChainError.ReplacementUnderpriced, TryAdd(pool, Paying(110, 1_099)).Error);
        Transaction replacement = Paying(110, 1_100);
        Add(pool, replacement);
        Assert.Equal(1, pool.Count);
        Assert.Equal([replacement.Hash], Hashes(pool));
        Assert.Null(pool.FindSender(Paying(100, 1_000).Hash));
        Assert.Equal(Alice.Address, pool.FindSender(replacement.Hash));
    }

    [Fact]
    public void What_no_block_can_hold_is_refused()
    {
        TransactionPool pool = Pool();
        Assert.Equal(
            ChainError.ContractCallUnsupported, TryAdd(pool, TestChain.Transfer(Alice, 0, Address.FromBytes([.. new byte[19], 1]))).Error);
        Assert.Equal(ChainError.InsufficientFunds, TryAdd(pool, TestChain.Transfer(TestChain.Key("poor"), 0, Recipient)).Error);
        Assert.Equal(ChainError.IntrinsicGasTooLow, TryAdd(pool, TestChain.Transfer(Alice, 0, Recipient, gasLimit: 20_999)).Error);
        Assert.Equal(0, pool.Count);
        Assert.False(pool.HasExecutable);
    }

    [Fact]
    public void What_a_block_included_leaves_the_pool()
    {
        TransactionPool pool = Pool(Transfer(Alice, 0), Transfer(Alice, 1), Transfer(Bob, 0));
        Block block = _chain.Seal(Transfer(Alice, 0), Transfer(Bob, 0));
        Assert.Empty(pool.Follow(_chain.Chain.Import(block, TestChain.Now)));
        Assert.Equal([1UL], Nonces(pool));
        Assert.Equal(ChainError.NonceTooLow, TryAdd(pool, Transfer(Alice, 0)).Error);
    }

    [Fact]
    public void What_abandoned_blocks_held_comes_back_and_what_the_new_head_refuses_is_told()
    {
        TestChain other = TestChain.Open(_chain.Genesis);
        TransactionPool pool = Pool(Transfer(Alice, 0), Transfer(Bob, 0));
        PrivateKey outOfTurn = TestChain.Authorities(3).First(key => key.Address != _chain.NextSealer().Address);
        Block abandoned = _chain.Seal(outOfTurn, Transfer(Alice, 0), Transfer(Bob, 0));
        Assert.Empty(pool.Follow(_chain.Chain.Import(abandoned, TestChain.Now)));
        Assert.Equal(0, pool.Count);

        Transaction rival = Transfer(Alice, 0, tip: 3);
        ImportResult change = _chain.Chain.Import(other.Extend(rival), TestChain.Now);
        Assert.Equal([abandoned.Hash], change.Abandoned.Select(block => block.Hash));
        Assert.Equal([Transfer(Alice, 0).Hash], pool.Follow(change).Select(refused => refused.Transaction.Hash));
        Assert.Equal([Transfer(Bob, 0).Hash], Hashes(pool));
        Assert.Equal(Bob.Address, pool.FindSender(Transfer(Bob, 0).Hash));
    }

    [Fact]
    public void The_rule_of_the_consortium_is_asked_at_admission()
    {
        TestChain chain = TestChain.Open(_chain.Genesis, rule: new PayloadLimitRule(10));
        var pool = new TransactionPool(chain.Chain);
        Assert.Equal(ChainError.ForbiddenByRule, TryAdd(pool, TestChain.Transfer(Alice, 0, Recipient, data: new byte[11], gasLimit: 50_000)).Error);
        Add(pool, TestChain.Transfer(Alice, 0, Recipient, data: new byte[10], gasLimit: 50_000));
    }

    [Fact]
    public void A_transaction_that_execution_refuses_is_left_out_of_the_block_with_those_behind_it()
    {
        TestChain chain = TestChain.Open(_chain.Genesis, rule: new PayloadLimitRule(10));
        var pool = new TransactionPool(chain.Chain);
        Add(pool, TestChain.Transfer(Alice, 0, Recipient, data: new byte[10], gasLimit: 50_000));
        Add(pool, TestChain.Transfer(Alice, 1, Recipient, data: new byte[10], gasLimit: 50_000));
        Add(pool, Transfer(Alice, 2));
        Add(pool, Transfer(Bob, 0));
        Block block = chain.Seal(pool.Executable(TestChain.Gwei).Select(recovered => recovered.Transaction));
        Assert.Equal([0UL, 0UL], block.Transactions.Select(transaction => transaction.Content.Nonce));
        chain.Import(block);
    }

    [Fact]
    public void A_block_is_filled_to_the_gas_target()
    {
        TransactionPool pool = Pool([.. Enumerable.Range(0, 5).Select(nonce => TestChain.Transfer(Alice, (ulong)nonce, Recipient, gasLimit: 10_000_000, data: new byte[2_000_000 / 4 / 4]))]);
        Block block = _chain.Seal(pool.Executable(TestChain.Gwei).Select(recovered => recovered.Transaction));
        Assert.True(block.Header.GasUsed <= Genesis.DefaultGasLimit / 2);
        Assert.Equal(5, block.Transactions.Length);
    }

    private static Transaction Transfer(PrivateKey from, int nonce, ulong tip = 1) => TestChain.Transfer(from, (ulong)nonce, Recipient, tipGwei: tip);

    private TransactionPool Pool(params Transaction[] transactions)
    {
        var pool = new TransactionPool(_chain.Chain);
        foreach (Transaction transaction in transactions)
            Add(pool, transaction);

        return pool;
    }

    private static void Add(TransactionPool pool, Transaction transaction)
    {
        ValidationResult result = TryAdd(pool, transaction);
        Assert.True(result.IsValid, result.ToString());
    }

    private static ValidationResult TryAdd(TransactionPool pool, Transaction transaction)
    {
        ValidationResult result = pool.Verify(transaction.Encoded, 0, out RecoveredTransaction? recovered);
        return result.IsValid ? pool.Add(recovered!) : result;
    }

    private static IEnumerable<ulong> Nonces(TransactionPool pool) =>
        pool.Executable(TestChain.Gwei).Select(recovered => recovered.Transaction.Content.Nonce);

    private static IEnumerable<Hash256> Hashes(TransactionPool pool) =>
        pool.Executable(TestChain.Gwei).Select(recovered => recovered.Transaction.Hash);
}
