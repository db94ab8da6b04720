using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.State;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.State;

public sealed class StateTransitionTests
{
    private static readonly ChainSpec London = new() { ChainId = 202211 };
    private static readonly ChainSpec BeforeLondon = London with { LondonBlock = null };
    private static readonly Address[] Accounts = [.. Enumerable.Range(0, 5).Select(index => TestChain.Key($"account {index}").Address)];

    [Fact]
    public void A_transfer_moves_value_pays_the_tip_and_burns_the_base_fee()
    {
        WorldState state = Funded();
        ValidationResult result = Apply(state, London, Context(London, baseFee: 10, author: Accounts[2]), Transfer(0, Accounts[1], value: 1_000, tip: 3), Accounts[0]);
        Assert.True(result.IsValid);
        Assert.Equal((UInt256)(1_000_000_000_000UL - 1_000 - 13 * 21_000), state.Get(Accounts[0]).Balance);
        Assert.Equal(1UL, state.Get(Accounts[0]).Nonce);
        Assert.Equal((UInt256)(1_000_000_000_000UL + 1_000), state.Get(Accounts[1]).Balance);
        Assert.Equal((UInt256)(1_000_000_000_000UL + 3 * 21_000), state.Get(Accounts[2]).Balance);
    }

    [Fact]
    public void Before_London_the_whole_fee_goes_to_the_sealer()
    {
        WorldState state = Funded();
        UnsignedTransaction legacy = Transfer(0, Accounts[1], value: 0, tip: 7) with { Type = TransactionType.Legacy, MaxFeePerGas = 7 };
        Assert.True(Apply(state, BeforeLondon, Context(BeforeLondon, baseFee: 0, author: Accounts[2]), legacy, Accounts[0]).IsValid);
        Assert.Equal((UInt256)(1_000_000_000_000UL + 7 * 21_000), state.Get(Accounts[2]).Balance);
    }

    [Fact]
    public void Whatever_happens_balances_and_what_was_burned_stay_the_same_sum() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 4], Gen.ULong[0, 1_000_000_000_000], Gen.ULong[0, 30]).Array[1, 20].Sample(transfers =>
        {
            WorldState state = Funded();
            UInt256 burned = UInt256.Zero;
            foreach ((int from, int to, int author, ulong value, ulong tip) in transfers)
            {
                UInt256 before = Total(state);
                BlockContext context = Context(London, baseFee: 10, Accounts[author]);
                UnsignedTransaction content = Transfer(state.Get(Accounts[from]).Nonce, Accounts[to], value, tip);
                if (Apply(state, London, context, content, Accounts[from]).IsValid)
                    burned += (UInt256)10 * 21_000;
                else
                    Assert.Equal(before, Total(state));
            }

            Assert.Equal((UInt256)1_000_000_000_000 * (ulong)Accounts.Length, Total(state) + burned);
        });

    [Fact]
    public void An_invalid_transaction_changes_nothing()
    {
        WorldState state = Funded();
        Hash256 root = state.ComputeRoot(clearEmptyAccounts: true, []);
        BlockContext context = Context(London, baseFee: 10, Accounts[2]);
        Assert.Equal(ChainError.NonceTooHigh, Apply(state, London, context, Transfer(1, Accounts[1], 0, 1), Accounts[0]).Error);
        Assert.Equal(ChainError.InsufficientFunds, Apply(state, London, context, Transfer(0, Accounts[1], 2_000_000_000_000, 1), Accounts[0]).Error);
        Assert.Equal(root, state.ComputeRoot(clearEmptyAccounts: true, []));
    }

    [Fact]
    public void The_highest_price_must_be_affordable_although_less_is_paid()
    {
        WorldState state = Funded();
        UnsignedTransaction dear = Transfer(0, Accounts[1], 0, 1) with { MaxFeePerGas = 1_000_000_000_000UL / 30_000 + 1 };
        Assert.Equal(ChainError.InsufficientFunds, Apply(state, London, Context(London, 10, Accounts[2]), dear, Accounts[0]).Error);
        Assert.True(Apply(state, London, Context(London, 10, Accounts[2]), dear with { MaxFeePerGas = 1_000_000_000_000UL / 30_000 }, Accounts[0]).IsValid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_empty_account_that_is_touched_exists_only_before_EIP_158(bool clears)
    {
        WorldState state = Funded();
        Hash256 without = Funded().ComputeRoot(clears, []);
        state.Set(TestChain.Key("nobody").Address, Account.Empty);
        Assert.Equal(clears, state.ComputeRoot(clears, []) == without);
    }

    [Fact]
    public void Precompiled_contracts_are_those_of_the_fork()
    {
        static Address At(byte last) => Address.FromBytes([.. new byte[19], last]);
        Assert.False(PrecompiledContracts.IsActive(At(0), London, 0));
        Assert.True(PrecompiledContracts.IsActive(At(1), London, 0));
        Assert.True(PrecompiledContracts.IsActive(At(9), London, 0));
        Assert.False(PrecompiledContracts.IsActive(At(10), London, 0));
        Assert.False(PrecompiledContracts.IsActive(At(9), London with { IstanbulBlock = null }, 0));
        Assert.False(PrecompiledContracts.IsActive(At(5), London with { IstanbulBlock = null, ByzantiumBlock = null }, 0));
    }

    [Fact]
    public void Before_Byzantium_receipts_carry_the_state_after_each_transaction()
    {
        PrivateKey sender = TestChain.Key("sender");
        ChainSpec spec = ForkSchedule.Frontier(202211) with { HomesteadBlock = 0, Eip150Block = 0, Eip155Block = 0, Eip158Block = 0 };
        TestChain chain = TestChain.Open(TestChain.GenesisOf(1, spec, sender));
        Transaction Legacy(ulong nonce) =>
            (TestChain.Transfer(sender, nonce, Accounts[1], value: 1).Content with { Type = TransactionType.Legacy, MaxPriorityFeePerGas = 1, MaxFeePerGas = 1 }).Sign(sender);
        Block block = chain.Extend(Legacy(0), Legacy(1));
        var receipts = chain.Chain.GetReceipts(block);
        Assert.NotEqual(receipts[0].IntermediateStateRoot, receipts[1].IntermediateStateRoot);
        Assert.Equal(block.Header.StateRoot, receipts[1].IntermediateStateRoot);
        Assert.Equal([21_000UL, 42_000UL], receipts.Select(receipt => receipt.CumulativeGasUsed));
    }

    private static WorldState Funded()
    {
        var state = new WorldState(MerklePatriciaTrie.EmptyRoot, nodes: null);
        foreach (Address account in Accounts)
            state.Set(account, Account.Empty with { Balance = 1_000_000_000_000 });

        return state;
    }

    private static UInt256 Total(WorldState state) => Accounts.Aggregate(UInt256.Zero, (sum, account) => sum + state.Get(account).Balance);

    private static BlockContext Context(ChainSpec spec, ulong baseFee, Address author) => new(spec, 1, 30_000_000, baseFee, 0, author);

    private static UnsignedTransaction Transfer(ulong nonce, Address to, ulong value, ulong tip) => new()
    {
        ChainId = 202211,
        Nonce = nonce,
        MaxPriorityFeePerGas = tip,
        MaxFeePerGas = 50,
        GasLimit = 30_000,
        To = to,
        Value = value,
    };

    private static ValidationResult Apply(WorldState state, ChainSpec spec, BlockContext context, UnsignedTransaction content, Address sender) =>
        StateTransition.Apply(state, context with { Spec = spec }, gasUsedBefore: 0, content, sender, out _);
}
