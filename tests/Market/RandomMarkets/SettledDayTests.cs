using System.Collections.Immutable;
using CsCheck;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;
using DerChain.Market.Tests.Records;
using DerChain.Market.Tests.Verification;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>What a verified day settles to (docs/spec/market.md, 2.6).</summary>
public sealed class SettledDayTests
{
    private const int Cases = 1_000;

    private static readonly SettlementLine[] Energy =
    [
        SettlementLine.DayAheadEnergy, SettlementLine.FifteenMinuteEnergy, SettlementLine.DispatchedEnergy, SettlementLine.UninstructedEnergy,
        SettlementLine.Deployment,
    ];

    private static readonly SettlementLine[] Spin = [SettlementLine.DayAheadSpin, SettlementLine.FifteenMinuteSpin];

    [Fact]
    public void With_one_price_energy_and_deployment_are_that_price_times_what_was_metered() =>
        Gen.Select(MarketGen.Market, Gen.Long[-150_000_000, 2_000_000_000]).Sample(static (market, price) =>
        {
            DayResult day = new MarketRecords(market.AtPrice(price), new Naming(0)).Verify();
            ILookup<MarketInterval, StatementLine> lines = DayValues.Lines(day).Where(static line => Energy.Contains(line.Line)).ToLookup(static line => line.Interval);
            // Without a dispatch there is no price for what was metered.
            foreach (SettlementInterval interval in day.SettlementIntervals.Where(static interval => interval.Dispatch is not null))
                Assert.Equal(
                    SettlementAmount.Of(interval.MeteredWattSeconds, price), SettlementAmount.Sum(lines[interval.Interval].Select(static line => line.Amount)));
        }, iter: Cases);

    [Fact]
    public void Nothing_is_taken_back_twice_and_never_more_than_was_paid() => Gen.Select(MarketGen.Market, Gen.Int[0, 3]).Sample(static (market, kappa) =>
    {
        var options = new SettlementOptions { PenaltyFactorPpm = kappa * 1_000_000 };
        DayResult day = new MarketRecords(market, new Naming(0)).Verify();
        ImmutableArray<StatementLine> lines = [.. DaySettlement.LinesOf(day, [], null, options)];
        SettlementAmount retroactive = SettlementAmount.Zero;
        foreach (SettlementInterval interval in day.SettlementIntervals)
        {
            StatementLine[] own = [.. lines.Where(line => line.Interval == interval.Interval)];
            SettlementAmount paid = Sum(own.Where(static line => Spin.Contains(line.Line)));
            StatementLine[] charges = [.. own.Where(static line => line.Line is SettlementLine.NoPay or SettlementLine.EventCharge)];
            SettlementAmount forfeited = Forfeited(day, interval, options);
            Assert.True(charges.Length <= 1);
            Assert.True(paid.Units >= 0);
            Assert.True((-Sum(charges) + forfeited).CompareTo(paid) <= 0);
            retroactive += forfeited;
        }
        Assert.Equal(-retroactive, Sum(lines.Where(static line => line.Line == SettlementLine.RetroactiveCharge)));
    }, iter: Cases);

    [Fact]
    public void A_statement_is_divided_among_prosumers_to_the_cent() =>
        Gen.Select(MarketGen.Market, Gen.Int[0, 300_000], Gen.Enum<AllocationRule>()).Sample(static (market, feePpm, rule) =>
        {
            if (Statement(market) is not var (records, day, statement)) return;
            ImmutableArray<ProsumerContribution> prosumers = ProsumerShares.Of(day, records.Registry, statement);
            if (prosumers.IsEmpty) return;
            var allocation = StatementAllocation.Of(statement, prosumers, rule, new SettlementOptions { FeePpm = feePpm });

            SettlementAmount reserve = Total(statement, [.. Spin, SettlementLine.NoPay]);
            SettlementAmount charges = Total(statement, [SettlementLine.EventCharge, SettlementLine.RetroactiveCharge]);
            SettlementAmount energy = SettlementAmount.Sum(prosumers.Select(static prosumer => prosumer.OwnEnergy));
            Assert.Equal(reserve, allocation.Fee + SettlementAmount.Sum(allocation.Shares.Select(static share => share.Spin)));
            Assert.Equal(charges, SettlementAmount.Sum(allocation.Shares.Select(static share => share.EventCharge)));
            Assert.Equal((reserve - allocation.Fee + charges + energy).Cents, allocation.PayableCents);
            Assert.All(allocation.Shares, static share => Assert.InRange(share.PayableCents - share.Net.Usd * 100, -1, 1));
            Assert.Equal(PassedThrough(day, statement), energy);
        }, iter: Cases);

    [Fact]
    public void Other_names_give_each_prosumer_the_same_cents() => Gen.Select(MarketGen.Market, Gen.Int[1, 6]).Sample(static (market, turn) =>
    {
        Dictionary<int, AllocatedShare> Of(Naming naming)
        {
            if (Statement(market, naming) is not var (records, day, statement) || day.Prosumers.IsEmpty) return [];
            return StatementAllocation.Of(
                statement, ProsumerShares.Of(day, records.Registry, statement), AllocationRule.VerifiedContribution, new SettlementOptions())
                .Shares.ToDictionary(share => naming.SiteOf(share.Contribution.Prosumer));
        }

        (Dictionary<int, AllocatedShare> before, Dictionary<int, AllocatedShare> after) = (Of(new Naming(0)), Of(new Naming(turn)));
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        // Of equal remainders the lower name has a unit, a watt or a cent more.
        foreach ((int site, AllocatedShare share) in before)
        {
            Assert.Equal(share.Contribution.VerifiedReserveWattSeconds, after[site].Contribution.VerifiedReserveWattSeconds);
            Assert.InRange(share.PayableCents - after[site].PayableCents, -1, 1);
            Assert.Equal((double)share.Energy.Usd, (double)after[site].Energy.Usd, 1e-9);
            Assert.Equal((double)share.Spin.Usd, (double)after[site].Spin.Usd, 1e-9);
        }
    }, iter: Cases);

    private static (MarketRecords Records, DayResult Day, SettlementStatement Statement)? Statement(RandomMarket market, Naming? naming = null)
    {
        var records = new MarketRecords(market, naming ?? new Naming(0));
        DayResult day = records.Verify();
        StatementLine[] lines = [.. DayValues.Lines(day)];
        return lines.Length == 0
            ? null
            : (records, day, new SettlementStatement(new StatementSubject(MiniDay.Aggregation, new(Samples.Noon, 7_200), 1, null), lines));
    }

    // What the interval alone would forfeit to the calls of the day.
    private static SettlementAmount Forfeited(DayResult day, SettlementInterval interval, SettlementOptions options)
    {
        SettlementAmount sum = SettlementAmount.Zero;
        long? previousEnd = null;
        foreach (ActivationResult call in day.Activations)
        {
            var shortfall = new EventShortfall(call.Period, call.Delivery?.ShortfallW ?? 0, previousEnd, null);
            if (RetroactiveCharge.Of(shortfall, [EarlierInterval.Of(interval, options)], options) is { } charge) sum -= charge.Amount;
            previousEnd = call.Period.EndUnixSeconds;
        }
        return sum;
    }

    // Uninstructed energy of intervals in which somebody's meter moved.
    private static SettlementAmount PassedThrough(DayResult day, SettlementStatement statement) => Sum(statement.Lines
        .Where(static line => line.Line == SettlementLine.UninstructedEnergy)
        .Where(line => day.Prosumers.Any(prosumer => prosumer.MeteredWattSeconds[(int)(line.Interval.StartUnixSeconds - Samples.Noon) / 300] != 0)));

    private static SettlementAmount Total(SettlementStatement statement, SettlementLine[] lines) => Sum(statement.Lines.Where(line => lines.Contains(line.Line)));

    private static SettlementAmount Sum(IEnumerable<StatementLine> lines) => SettlementAmount.Sum(lines.Select(static line => line.Amount));
}
