using System.Numerics;
using CsCheck;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Validation;

public sealed class BaseFeeTests
{
    private static readonly ChainSpec London = new() { ChainId = 1 };

    // By hand from EIP-1559: parent + parent · (used − target) / target / 8, at least 1 up.
    [Theory]
    [InlineData(1_000_000_000UL, 20_000_000UL, 10_000_000UL, 1_000_000_000UL)]
    [InlineData(1_000_000_000UL, 20_000_000UL, 20_000_000UL, 1_125_000_000UL)]
    [InlineData(1_000_000_000UL, 20_000_000UL, 0UL, 875_000_000UL)]
    [InlineData(1_000_000_000UL, 20_000_000UL, 9_000_000UL, 987_500_000UL)]
    [InlineData(1_000_000_000UL, 20_000_000UL, 11_000_000UL, 1_012_500_000UL)]
    [InlineData(7UL, 20_000_000UL, 20_000_000UL, 8UL)]
    [InlineData(7UL, 20_000_000UL, 0UL, 7UL)]
    [InlineData(0UL, 20_000_000UL, 20_000_000UL, 1UL)]
    public void The_base_fee_follows_from_the_parent(ulong baseFee, ulong gasLimit, ulong gasUsed, ulong next) =>
        Assert.Equal((UInt256)next, HeaderRules.NextBaseFee(Parent(baseFee, gasLimit, gasUsed), London));

    [Fact]
    public void The_base_fee_is_that_of_integers() => Gen.Select(Gen.ULong, Gen.ULong[5_000, long.MaxValue], Gen.ULong).Sample((baseFee, limit, random) =>
    {
        ulong used = random % (limit + 1);
        BigInteger target = limit / 2;
        BigInteger expected = used >= target
            ? baseFee + (used == target ? 0 : BigInteger.Max(1, baseFee * (used - target) / target / 8))
            : baseFee - (baseFee * (target - used) / target / 8);
        Assert.Equal(expected, HeaderRules.NextBaseFee(Parent(baseFee, limit, used), London));
    });

    [Fact]
    public void Londons_first_block_has_the_initial_base_fee() => Assert.Equal(
        (UInt256)Genesis.DefaultBaseFeePerGas,
        HeaderRules.NextBaseFee(Parent(null, 20_000_000, 20_000_000), London with { LondonBlock = 8 }));

    [Fact]
    public void A_chain_passes_into_London()
    {
        var sender = TestChain.Key("sender");
        var spec = new ChainSpec { ChainId = 202211, LondonBlock = 2 };
        TestChain chain = TestChain.Open(TestChain.GenesisOf(2, spec, sender));
        Assert.Null(chain.Extend().Header.BaseFeePerGas);
        Block first = chain.Extend(TestChain.Transfer(sender, 0, Address.Zero));
        Assert.Equal((UInt256)Genesis.DefaultBaseFeePerGas, first.Header.BaseFeePerGas);
        Assert.Equal(2 * Genesis.DefaultGasLimit, first.Header.GasLimit);
        Assert.Single(first.Transactions);
        Assert.Equal(first.Header.GasLimit, chain.Extend().Header.GasLimit);
    }

    private static BlockHeader Parent(UInt256? baseFee, ulong gasLimit, ulong gasUsed) => new()
    {
        ParentHash = Hash256.Zero,
        StateRoot = Hash256.Zero,
        TransactionsRoot = Hash256.Zero,
        ReceiptsRoot = Hash256.Zero,
        Difficulty = 1,
        Number = 7,
        GasLimit = gasLimit,
        GasUsed = gasUsed,
        Timestamp = 1,
        ExtraData = ReadOnlyMemory<byte>.Empty,
        BaseFeePerGas = baseFee,
    };
}
