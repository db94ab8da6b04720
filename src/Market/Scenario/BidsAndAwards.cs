using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using static DerChain.Market.Scenario.ScaledInteger;

namespace DerChain.Market.Scenario;

/// <summary>Bids of a price-taking aggregator, and the awards and dispatch that answer them.</summary>
/// <remarks>Source: docs/spec/market.md, 5.3, points 1 and 2. Hours, quarter hours and steps count from 0.</remarks>
internal sealed class BidsAndAwards(AggregationId aggregation, TradingDay day, OperatingPlan plan, DayPrices prices)
{
    // A price taker buys at any price up to the cap, sells at any price down to the floor, and offers reserve for nothing.
    private const long BidCapMicroUsd = 1_000_000_000;
    private const long OfferFloorMicroUsd = -150_000_000;
    private const long SpinOfferMicroUsd = 0;

    private const double CommitmentGain = 0.7;
    private const double DispatchGain = 0.9;

    private readonly ImmutableArray<AwardRow> _awards = [.. day.Hours.Select((_, hour) => Clear(Bid(hour, day, plan), hour, prices))];

    public DayAheadBid DayAheadBid() => new(aggregation, [.. day.Hours.Select((_, hour) => Bid(hour, day, plan))]);

    public DayAheadAward DayAheadAward() => new(aggregation, _awards);

    /// <summary>The real-time bid repeats the day-ahead one.</summary>
    public RealTimeBid RealTimeBid(int hour)
    {
        var bid = Bid(hour, day, plan);
        return new RealTimeBid(aggregation, [bid with { ReferenceLoadQuantityW = bid.LoadQuantityW }]);
    }

    /// <summary>The quarter hour's award: the day-ahead schedule, corrected by the last deviation seen; no further reserve.</summary>
    /// <param name="quarter">The quarter hour.</param>
    /// <param name="observedW">Metered power of the step before, or null where the day has none yet.</param>
    public FifteenMinuteAward FifteenMinuteAward(int quarter, long? observedW) => new(
        aggregation,
        [new AwardRow(
            day.QuarterHours[quarter],
            prices.FifteenMinuteEnergy[quarter],
            CommitmentW(quarter, observedW),
            prices.DayAheadSpin[quarter / 4],
            SpinAwardW: 0)]);

    /// <summary>The step's dispatch: from the quarter hour's schedule most of the way to the power last seen.</summary>
    /// <param name="step">The step.</param>
    /// <param name="commitmentW">Energy schedule of the step's quarter hour.</param>
    /// <param name="observedW">Metered power of the step before, or null where the day has none yet.</param>
    /// <param name="isActivated">Reserve is called in the step: all of the hour's award.</param>
    public DispatchInstruction Dispatch(int step, long commitmentW, long? observedW, bool isActivated)
    {
        var energyW = Watts(commitmentW + (DispatchGain * ((observedW ?? commitmentW) - commitmentW)));
        var price = prices.DispatchEnergy[step];
        return new DispatchInstruction(
            aggregation,
            [new DispatchRow(
                day.DispatchIntervals[step],
                price,
                energyW,
                isActivated ? price : 0,
                isActivated ? SpinAwardW(DayGrid.HourOf(step)) : 0)]);
    }

    /// <summary>Reserve awarded for an hour, in watts.</summary>
    public long SpinAwardW(int hour) => _awards[hour].SpinAwardW;

    private long CommitmentW(int quarter, long? observedW)
    {
        var scheduledW = _awards[quarter / 4].EnergyW;
        if (observedW is null)
        {
            return scheduledW;
        }

        var lastStep = (quarter * DayGrid.StepsPerQuarterHour) - 1;
        var deviationW = observedW.Value - _awards[DayGrid.HourOf(lastStep)].EnergyW;
        return Watts(scheduledW + (CommitmentGain * deviationW));
    }

    private static BidBlock Bid(int hour, TradingDay day, OperatingPlan plan)
    {
        var energyW = Thousandths(plan.EnergyKw[hour]);
        return new BidBlock(
            day.Hours[hour],
            Block: 1,
            energyW < 0 ? BidCapMicroUsd : OfferFloorMicroUsd,
            energyW,
            SpinOfferMicroUsd,
            Thousandths(plan.SpinAwardKw[hour]),
            Thousandths(plan.BaseLoadKw[hour]),
            ReferenceLoadQuantityW: null);
    }

    // Energy is awarded where the market's price is no worse than the bid's.
    private static AwardRow Clear(BidBlock bid, int hour, DayPrices prices)
    {
        var price = prices.DayAheadEnergy[hour];
        var isAccepted = bid.EnergyQuantityW < 0 ? bid.EnergyPriceMicroUsdPerMWh >= price : bid.EnergyPriceMicroUsdPerMWh <= price;
        return new AwardRow(bid.Interval, price, isAccepted ? bid.EnergyQuantityW : 0, prices.DayAheadSpin[hour], bid.SpinQuantityW);
    }
}
