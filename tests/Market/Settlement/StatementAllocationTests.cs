using CsCheck;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>Allocation by docs/spec/market.md, 2.6; the golden parts were computed with exact decimals in Python.</summary>
public sealed class StatementAllocationTests
{
    private static readonly SettlementOptions TenPercent = new() { FeePpm = 100_000 };

    private static readonly SettlementAmount Pool = SettlementAmount.FromUsd(1.2273m);

    private static readonly SettlementAmount Charge = SettlementAmount.FromUsd(-0.15825m);

    private static readonly ProsumerContribution[] Golden =
    [
        Prosumer("dp-1", 5_000, 50_000, 46_350, 10), Prosumer("dp-2", 3_000, 40_000, 12_000, 10), Prosumer("dp-3", 2_000, 30_000, 30_000, 20),
    ];

    private static readonly Gen<ProsumerContribution[]> Prosumers =
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Long[0, 100_000], Gen.Long[-50_000, 150_000], Gen.Long[0, 50_000], Gen.Decimal[-100, 100]).Array[1, 12]
            .Select(static rows => rows.Select(static (row, index) =>
                Prosumer($"dp-{index:D2}", row.Item1, row.Item2, row.Item3, row.Item4) with { OwnEnergy = SettlementAmount.FromUsd(row.Item5) }).ToArray());

    [Fact]
    public void The_golden_pool_is_divided_into_the_golden_parts()
    {
        StatementAllocation allocation = StatementAllocation.Of(Pool, Charge, Golden, AllocationRule.VerifiedContribution, TenPercent);

        Assert.Equal([0.534035m, 0.191371m, 0.220914m], allocation.Shares.Select(static share => share.Net.Usd));
        Assert.Equal([-0.01825m, -0.14m, 0m], allocation.Shares.Select(static share => share.EventCharge.Usd));
        Assert.Equal([54, 19, 22], allocation.Shares.Select(static share => share.PayableCents));
        Assert.Equal(95, allocation.PayableCents);
        Assert.Equal(0.12273m, allocation.Fee.Usd);
    }

    [Fact]
    public void A_statement_is_divided_by_its_own_lines()
    {
        var subject = new StatementSubject(new AggregationId("aggregation-1"), new MarketInterval(0, 86_400), 1, null);
        var charge = new StatementLine(SettlementLine.EventCharge, GoldenHour.At(0), -31_650 * 1_800, 10_000_000, Charge);
        var statement = new SettlementStatement(subject, GoldenHour.Lines.Append(charge));

        StatementAllocation allocation = StatementAllocation.Of(statement, Golden, AllocationRule.VerifiedContribution, TenPercent);

        Assert.Equal([54, 19, 22], allocation.Shares.Select(static share => share.PayableCents));
        Assert.Equal(new AllocationAmounts(5_000, 552_285, -18_250, 0, 54), allocation.Shares[0].Amounts);
    }

    [Theory]
    [InlineData(AllocationRule.ProRataCapacity, 25, 25, 50)]
    [InlineData(AllocationRule.Custom, 70, 20, 10)]
    [InlineData(AllocationRule.VerifiedContribution, 50, 30, 20)]
    public void Each_rule_has_its_weights(AllocationRule rule, long first, long second, long third)
    {
        IEnumerable<ProsumerContribution> prosumers = Golden.Zip([7, 2, 1], static (prosumer, weight) => prosumer with { CustomWeight = weight });

        StatementAllocation allocation = StatementAllocation.Of(
            SettlementAmount.FromUsd(1), SettlementAmount.Zero, prosumers, rule, new SettlementOptions());

        Assert.Equal([first, second, third], allocation.Shares.Select(static share => share.PayableCents));
    }

    [Fact]
    public void A_shortfall_that_nobody_has_alone_is_shared_by_what_was_called()
    {
        IEnumerable<ProsumerContribution> delivered = Golden.Select(static prosumer => prosumer with { DeliveredW = prosumer.CommittedW });

        StatementAllocation allocation = StatementAllocation.Of(
            SettlementAmount.Zero, SettlementAmount.FromUsd(-1.2m), delivered, AllocationRule.VerifiedContribution, TenPercent);

        Assert.Equal([-50, -40, -30], allocation.Shares.Select(static share => share.PayableCents));
    }

    [Fact]
    public void Without_any_weight_all_are_equal_and_the_lower_name_has_the_odd_cent()
    {
        ProsumerContribution[] none = [Prosumer("b", 0, 0, 0, 0), Prosumer("c", 0, 0, 0, 0), Prosumer("a", 0, 0, 0, 0)];

        StatementAllocation allocation = StatementAllocation.Of(
            SettlementAmount.FromUsd(1), SettlementAmount.Zero, none, AllocationRule.VerifiedContribution, new SettlementOptions());

        Assert.Equal([("a", 34), ("b", 33), ("c", 33)], allocation.Shares.Select(static share => (share.Contribution.Name.Value, share.PayableCents)));
    }

    [Fact]
    public void The_parts_add_up_to_the_cent_and_to_the_last_unit() =>
        Gen.Select(Prosumers, Gen.Decimal[-1_000, 1_000], Gen.Decimal[-1_000, 0], Gen.Int[0, 1_000_000], Gen.Enum<AllocationRule>())
            .Sample(static (prosumers, pool, charge, feePpm, rule) =>
            {
                (SettlementAmount spinPool, SettlementAmount charges) = (SettlementAmount.FromUsd(pool), SettlementAmount.FromUsd(charge));
                StatementAllocation allocation = StatementAllocation.Of(spinPool, charges, prosumers, rule, new SettlementOptions { FeePpm = feePpm });
                SettlementAmount energy = SettlementAmount.Sum(prosumers.Select(static prosumer => prosumer.OwnEnergy));

                Assert.Equal(spinPool + charges + energy, SettlementAmount.Sum(allocation.Shares.Select(static share => share.Net)) + allocation.Fee);
                Assert.Equal((spinPool - allocation.Fee + charges + energy).Cents, allocation.PayableCents);
                Assert.All(allocation.Shares, static share =>
                    Assert.InRange(share.PayableCents - share.Net.Usd * 100, -1, 1));
            });

    [Fact]
    public void The_order_of_the_prosumers_changes_nothing() =>
        Gen.Select(Prosumers, Gen.Decimal[-1_000, 1_000]).Sample(static (prosumers, pool) =>
        {
            StatementAllocation forward = Divide(prosumers, pool);
            StatementAllocation backward = Divide(prosumers.Reverse(), pool);

            Assert.Equal(forward.Shares, backward.Shares);
        });

    [Fact]
    public void Nobody_a_name_twice_or_a_negative_weight_is_misuse()
    {
        Assert.Throws<ArgumentException>(static () => Divide([], 1));
        Assert.Throws<ArgumentException>(static () => Divide([Golden[0], Golden[0]], 1));
        Assert.Throws<ArgumentException>(static () => Divide([Golden[0] with { VerifiedReserveWattSeconds = -1 }], 1));
        Assert.Throws<ArgumentException>(static () => Divide([Golden[0] with { CommittedW = -1 }], 1));
        Assert.Throws<ArgumentException>(static () => Divide([Golden[0] with { CapacityW = -1 }], 1));
        Assert.Throws<ArgumentException>(static () => Divide([Golden[0] with { CustomWeight = -1 }], 1));
    }

    private static StatementAllocation Divide(IEnumerable<ProsumerContribution> prosumers, decimal pool) => StatementAllocation.Of(
        SettlementAmount.FromUsd(pool), SettlementAmount.FromUsd(-0.5m), prosumers, AllocationRule.VerifiedContribution, new SettlementOptions());

    private static ProsumerContribution Prosumer(string name, long verified, long committedW, long deliveredW, long capacityW) =>
        new(Account(name), new ParticipantId(name), verified, committedW, deliveredW, capacityW, SettlementAmount.Zero);

    private static Address Account(string name) => Address.FromBytes(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(name)).ToBytes().AsSpan(12));
}
