using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Tests.Blocks;

/// <summary>A genesis built in code from which no chain can go on is misuse, and says why.</summary>
public sealed class GenesisRulesTests
{
    private static readonly Genesis Genesis = TestChain.GenesisOf(1);
    private static readonly UInt256 TooMuch = UInt256.FromBigEndian([0x80, .. new byte[31]]);

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(4_999UL)]
    [InlineData(1UL << 63)]
    public void A_genesis_from_which_no_block_can_follow_is_refused(ulong gasLimit) => AssertRefused(Genesis with { GasLimit = gasLimit }, "gas limit");

    [Fact]
    public void Values_from_which_sums_could_overflow_are_refused()
    {
        AssertRefused(Genesis with { Difficulty = TooMuch }, "difficulty");
        AssertRefused(Genesis with { BaseFeePerGas = TooMuch }, "base fee");
        AssertRefused(Genesis with { GasUsed = Genesis.GasLimit + 1 }, "Gas used");
        AssertRefused(Genesis with { ExtraData = new byte[BlockHeader.MaxEncodedBytes] }, "extra data");
    }

    [Fact]
    public void A_spec_out_of_range_is_refused()
    {
        AssertRefused(With(spec => spec with { ChainId = 0 }), "chain id");
        AssertRefused(With(spec => spec with { ChainId = long.MaxValue }), "chain id");
        Assert.True(GenesisRules.Check(With(spec => spec with { ChainId = long.MaxValue - 18 })).IsValid);
        Assert.Equal(ChainError.InvalidGenesis, GenesisRules.Check(With(spec => spec with { CliqueEpochLength = 0 })).Error);
        Assert.Equal(ChainError.InvalidGenesis, GenesisRules.Check(With(spec => spec with { CliquePeriodSeconds = 1UL << 32 })).Error);
    }

    [Fact]
    public void Every_fork_but_the_optional_ones_is_wanted_by_the_next() => EachCase.Holds(
        ForkSchedule.Forks.Where(fork => fork.Name is not "londonBlock"), fork => fork.Name, fork =>
        {
            bool isNeeded = !fork.IsOptional && fork.Name != "petersburgBlock";
            Genesis without = With(spec => fork.Set(spec, null));
            Assert.Equal(isNeeded, !GenesisRules.Check(without).IsValid);
            if (isNeeded)
                AssertRefused(without, fork.Name);
        });

    [Fact]
    public void No_fork_comes_before_the_one_that_it_builds_on() => EachCase.Holds(
        ForkSchedule.Forks, fork => fork.Name, fork =>
        {
            ChainSpec later = ForkSchedule.Forks.Aggregate(Genesis.Spec, (spec, other) => other.Set(spec, 9));
            Assert.True(ForkSchedule.CheckOrder(later).IsValid);
            ValidationResult result = ForkSchedule.CheckOrder(fork.Set(later, 8));
            Assert.Equal(fork.Name == "homesteadBlock", result.IsValid);
            Assert.Contains(fork.Name, result.Message ?? fork.Name, StringComparison.Ordinal);
            Assert.Equal(fork.Name == "grayGlacierBlock", ForkSchedule.CheckOrder(fork.Set(later, 10)).IsValid);
        });

    [Fact]
    public void Petersburg_follows_Constantinople_where_it_is_absent()
    {
        Assert.Equal(7UL, new ChainSpec { ChainId = 1, ConstantinopleBlock = 7, PetersburgBlock = null }.PetersburgBlock);
        Assert.Null(ForkSchedule.Frontier(1).PetersburgBlock);
    }

    private static Genesis With(Func<ChainSpec, ChainSpec> change) => Genesis with { Spec = change(Genesis.Spec) };

    private static void AssertRefused(Genesis genesis, string names)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => TestChain.Open(genesis, new MemoryStore()));
        Assert.Contains(names, refused.Message, StringComparison.OrdinalIgnoreCase);
    }
}
