using System.Collections.Immutable;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests;

/// <summary>A chain that passes every fork at a block of its own, sealed here, imported by another copy. Its gas, base fees, state and receipts roots
/// were computed by a script of its own with @ethereumjs/trie 6 and @ethereumjs/rlp 5, from a ledger kept by hand.</summary>
public sealed class ForkChainTests
{
    private const string EmptyRoot = "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421";

    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Address Empty = TestChain.Key("empty").Address;
    private static readonly UInt256 Gwei = TestChain.Gwei;

    private static readonly ChainSpec Spec = new()
    {
        ChainId = 202211,
        HomesteadBlock = 1,
        Eip150Block = 2,
        Eip155Block = 3,
        Eip158Block = 3,
        ByzantiumBlock = 4,
        ConstantinopleBlock = 5,
        PetersburgBlock = null,
        IstanbulBlock = 6,
        MuirGlacierBlock = 6,
        BerlinBlock = 7,
        LondonBlock = 8,
    };

    private static readonly (ulong GasLimit, ulong GasUsed, ulong? BaseFee, string StateRoot, string ReceiptsRoot)[] Expected =
    [
        (10_000_000, 42_072, null, "0x7e5d70d6aba27f4ba7e01543dc6337d9955310fc27c4030b656e3065fbc291b2",
            "0xa6ff64e8b67cbac14f1b3c5440edcda25a9fe131376acba6a4e7c3c111eb8306"),
        (10_000_000, 21_000, null, "0x5d4494cc9d3a250b5f21bcf1f0ee63e67ea894533ed96042e36dc98609ca0bc5",
            "0x5f11a700987291af9db3060211783016cbcf1d7905287c2dd13c85613ec0f32f"),
        (10_000_000, 42_000, null, "0x592bd285be52d7c2517a8b6cccfadeaa921be65600219930f115ef6fbd502f81",
            "0x773a59842c86fd14ee511aa7900d3743c2a81a6c0b95ceb63e9e9ed171968513"),
        (10_000_000, 21_000, null, "0x297acf4a4355eceb720abee8e0a2972ef42e2bf7832dad5e9e6016a09e11bf57",
            "0x056b23fbba480696b65fe5a59b8f2148a1299103c4f57df839233af2cf4ca2d2"),
        (10_000_000, 27_800, null, "0x26f7919ce44d8c1ef534bff7508e89ef8df6d36f68981be047106a3bc14e5a1c",
            "0xc4246fd74b06a06f23318e67dd6df478e7a92a4426f7a63ac38c75c8d84c0b0f"),
        (10_000_000, 22_612, null, "0x857027dd1c778d201a55fe4e5a5cfd6de2c63cc922a3306b7e16da0fce06402b",
            "0x30f57d8f6f4530154d96e812e38d41db63e2b47de1bd0f50bcd93f654b0a8b45"),
        (10_000_000, 31_500, null, "0xfc44ea375f3acffb361aef32abd40c3e10f960faa917b676e0b34c123029b122",
            "0x27b7a90fd52bcaa816a3fda46fce63605e91fd67fae8a31216be8b3dc0bf5398"),
        (20_000_000, 42_000, 1_000_000_000, "0x16b49a5bb3ea3b8b0ea4d07e0baa627921c7ca91de3d9e7c233ca37d29c06051",
            "0x6b8d156f8dea2883adbdf64d9c047e688223a718aafeb7e43cb8fbae7c8447ce"),
        (20_000_000, 27_700, 875_525_000, "0xc66079f6fb18cdced7d3e11c781e36adf8e0be564c326afe9e5cfa12ad8b4b2c",
            "0x16928b03e451a6e1ba96c477478a094d2b714b029fd6cbde499dc9746044ac76"),
        (20_000_000, 0, 766_387_526, "0xc66079f6fb18cdced7d3e11c781e36adf8e0be564c326afe9e5cfa12ad8b4b2c", EmptyRoot),
    ];

    private static readonly Genesis Genesis = TestChain.GenesisOf(1, Spec) with
    {
        GasLimit = 10_000_000,
        Accounts = ImmutableSortedDictionary<Address, GenesisAccount>.Empty
            .Add(Alice.Address, new GenesisAccount(TestChain.Ether(10)))
            .Add(Empty, new GenesisAccount(UInt256.Zero))
            .Add(TestChain.Key("forgotten").Address, new GenesisAccount(UInt256.Zero)),
    };

    [Fact]
    public void Every_block_has_the_expected_gas_base_fee_state_and_receipts()
    {
        TestChain sealing = TestChain.Open(Genesis);
        TestChain importing = TestChain.Open(Genesis);
        foreach (Block block in SealAll(sealing))
        {
            var (gasLimit, gasUsed, baseFee, stateRoot, receiptsRoot) = Expected[(int)block.Number - 1];
            BlockHeader header = block.Header;
            Assert.Equal((gasLimit, gasUsed, baseFee), (header.GasLimit, header.GasUsed, (ulong?)header.BaseFeePerGas));
            Assert.Equal((stateRoot, receiptsRoot), (header.StateRoot.ToString(), header.ReceiptsRoot.ToString()));
            Assert.True(Block.TryDecode(block.Encode(), out Block? received).IsValid);
            importing.Import(received!);
            Assert.Equal(receiptsRoot, BlockBody.ReceiptsRoot(importing.Chain.GetReceipts(received!)).ToString());
        }

        Assert.Equal((ulong)Expected.Length, importing.Chain.Head.Header.Number);
    }

    [Fact]
    public void A_transaction_is_refused_before_its_fork_and_an_unprotected_one_from_EIP_155_on()
    {
        TestChain chain = TestChain.Open(Genesis);
        Transaction unprotected = Legacy(0, Empty, 0, price: 1, chainId: null);
        Transaction protectedOne = Legacy(0, Empty, 0, price: 1);
        var later = new (Transaction Transaction, ulong Fork, ChainError Error)[]
        {
            (protectedOne, 3, ChainError.WrongChainId),
            (Typed(TransactionType.AccessList, 0, Empty, 0, tip: 1, max: 1), 7, ChainError.UnsupportedTransactionType),
            (Typed(TransactionType.DynamicFee, 0, Empty, 0, tip: 1, max: 1), 8, ChainError.UnsupportedTransactionType),
        };
        for (ulong number = 1; number <= 8; number++)
        {
            foreach ((Transaction transaction, ulong fork, ChainError error) in later)
                Assert.Equal(number < fork ? error : null, (ChainError?)TransactionRules.Check(transaction, Spec, number).Error);

            Assert.Equal(number < 3 ? null : ChainError.UnprotectedTransaction, (ChainError?)TransactionRules.Check(unprotected, Spec, number).Error);
        }

        ValidationResult refused = TransactionRules.Check(unprotected, Spec, 3);
        Assert.Contains("allowUnprotectedTransactions", refused.Message, StringComparison.Ordinal);
        Assert.True(TransactionRules.Check(unprotected, Spec with { AllowUnprotectedTransactions = true }, 3).IsValid);
        Assert.Single(chain.Extend(unprotected).Transactions);
    }

    [Fact]
    public void A_high_s_is_valid_only_before_Homestead()
    {
        Transaction low = Legacy(0, Empty, 0, price: 1, chainId: null);
        Transaction high = Transaction.Create(low.Content, new Signature(low.Signature.R, Secp256k1.OrderValue - low.Signature.S, (byte)(1 - low.Signature.RecoveryId)));
        Assert.Equal(Alice.Address, high.RecoverSender());
        Assert.Equal(ChainError.HighS, TransactionRules.Check(high, Spec, 1).Error);
        Genesis frontier = Genesis with { Spec = ForkSchedule.Frontier(202211) };
        TestChain chain = TestChain.Open(frontier);
        Block block = chain.Seal(high);
        Assert.Single(block.Transactions);
        TestChain.Open(frontier).Import(block);
    }

    [Theory]
    [InlineData(5, 3, 4)]
    [InlineData(8, 3, 4)]
    [InlineData(9, 5, 6)]
    public void A_precompiled_contract_is_called_only_from_its_fork_on(byte contract, ulong before, ulong from)
    {
        Transaction call = Legacy(0, Address.FromBytes([.. new byte[19], contract]), 1, price: 1);
        Assert.True(TransactionRules.Check(call, Spec, before).IsValid);
        ValidationResult refused = TransactionRules.Check(call, Spec, from);
        Assert.Equal(ChainError.ContractCallUnsupported, refused.Error);
        Assert.Contains("precompiled", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_of_the_genesis_is_neither_called_nor_a_sender()
    {
        PrivateKey contract = TestChain.Key("contract");
        Genesis genesis = TestChain.GenesisOf(1, funded: Alice);
        genesis = genesis with { Accounts = genesis.Accounts.Add(contract.Address, new GenesisAccount(TestChain.Ether(1)) { Code = new byte[] { 0xfe } }) };
        TestChain chain = TestChain.Open(genesis);
        Assert.True(chain.Chain.GetAccount(contract.Address).HasCode);
        Assert.Empty(chain.Seal(TestChain.Transfer(Alice, 0, contract.Address, 1)).Transactions);
        Assert.Empty(chain.Seal(TestChain.Transfer(contract, 0, Alice.Address, 1)).Transactions);
        Assert.Single(chain.Extend(TestChain.Transfer(Alice, 0, TestChain.Key("bob").Address, 1)).Transactions);
    }

    private static IEnumerable<Block> SealAll(TestChain chain)
    {
        yield return chain.Extend(
            Legacy(0, Newcomer(1), 0, Gwei, chainId: null, data: [0, 1]), Legacy(1, Newcomer(2), 5, UInt256.Zero, chainId: null));
        yield return chain.Extend(Legacy(2, Newcomer(3), 0, UInt256.Zero, chainId: null));
        yield return chain.Extend(Legacy(3, Empty, 0, Gwei), Legacy(4, Newcomer(4), 0, Gwei));
        yield return chain.Extend(Legacy(5, Newcomer(1), 0, Gwei));
        yield return chain.Extend(Legacy(6, Newcomer(5), 1, Gwei * 2, data: [.. Enumerable.Repeat((byte)7, 100)]));
        yield return chain.Extend(Legacy(7, Newcomer(5), 1, Gwei * 2, data: [0, 0, 0, .. Enumerable.Repeat((byte)7, 100)]));
        yield return chain.Extend(Typed(TransactionType.AccessList, 8, Newcomer(6), 7, Gwei * 3, Gwei * 3, 1, 2));
        yield return chain.Extend(Typed(TransactionType.DynamicFee, 9, Newcomer(6), 7, Gwei * 2, Gwei * 9), Legacy(10, Newcomer(7), 1, Gwei * 4));
        yield return chain.Extend(Typed(TransactionType.DynamicFee, 11, Newcomer(8), 0, Gwei * 5, Gwei * 5, 1, 0));
        yield return chain.Extend();
    }

    private static Address Newcomer(int number) => TestChain.Key($"newcomer {number}").Address;

    private static Transaction Legacy(ulong nonce, Address to, UInt256 value, UInt256 price, ulong? chainId = 202211, byte[]? data = null) =>
        new UnsignedTransaction
        {
            Type = TransactionType.Legacy,
            ChainId = chainId,
            Nonce = nonce,
            MaxPriorityFeePerGas = price,
            MaxFeePerGas = price,
            GasLimit = 50_000,
            To = to,
            Value = value,
            Data = data ?? [],
        }.Sign(Alice);

    // An access list of one entry for each count of storage keys.
    private static Transaction Typed(TransactionType type, ulong nonce, Address to, UInt256 value, UInt256 tip, UInt256 max, params int[] storageKeys) =>
        new UnsignedTransaction
        {
            Type = type,
            ChainId = 202211,
            Nonce = nonce,
            MaxPriorityFeePerGas = tip,
            MaxFeePerGas = max,
            GasLimit = 50_000,
            To = to,
            Value = value,
            AccessList = [.. storageKeys.Select(count => new AccessListEntry(to, [.. Enumerable.Repeat(Hash256.Zero, count)]))],
        }.Sign(Alice);
}
