using DerChain.Market.Quantities;
using static DerChain.Market.Records.FieldRules;

namespace DerChain.Market.Records;

/// <summary>Rules of Tables I and II and of the activation of reserve (docs/spec/market.md, 1.2, 1.3).</summary>
internal static class TradeRules
{
    /// <summary>Most segments of a bid for one hour.</summary>
    private const int MaxBlocks = 10;

    /// <summary>−150 $/MWh in micro-dollars.</summary>
    private const long MinBidPriceMicroUsd = -150_000_000;

    /// <summary>2,000 $/MWh in micro-dollars.</summary>
    private const long MaxBidPriceMicroUsd = 2_000_000_000;

    /// <summary>250 $ per MW and hour in micro-dollars.</summary>
    private const long MaxSpinBidPriceMicroUsd = 250_000_000;

    public static RecordError? Check(DayAheadBid bid) =>
        Name(NoRow, "Aggregation", bid.Aggregation.Value) ?? Rows(bid.Rows, CheckDayAheadBlock, Compare);

    public static RecordError? Check(RealTimeBid bid) =>
        Name(NoRow, "Aggregation", bid.Aggregation.Value) ?? Rows(bid.Rows, CheckBlock, Compare);

    public static RecordError? Check(DayAheadAward award) =>
        Name(NoRow, "Aggregation", award.Aggregation.Value)
        ?? Rows(award.Rows, static (row, value) => CheckAward(row, value, MarketInterval.HourSeconds), Compare);

    public static RecordError? Check(FifteenMinuteAward award) =>
        Name(NoRow, "Aggregation", award.Aggregation.Value)
        ?? Rows(award.Rows, static (row, value) => CheckAward(row, value, MarketInterval.CommitmentSeconds), Compare);

    public static RecordError? Check(DispatchInstruction dispatch) =>
        Name(NoRow, "Aggregation", dispatch.Aggregation.Value) ?? Rows(dispatch.Rows, CheckDispatch, Compare);

    public static RecordError? Check(ReserveActivation activation) =>
        Name(NoRow, "Aggregation", activation.Aggregation.Value)
        ?? Name(NoRow, "Activation", activation.Activation.Value)
        ?? Interval(NoRow, "Period", activation.Period)
        ?? Power(NoRow, "RequestedW", activation.RequestedW);

    private static RecordError? CheckDayAheadBlock(int row, BidBlock block) =>
        CheckBlock(row, block)
        ?? (block.ReferenceLoadQuantityW is null
            ? null
            : Error(RecordErrorCode.ValueNotAllowed, row, "ReferenceLoadQuantityW is set in a day-ahead bid"));

    private static RecordError? CheckBlock(int row, BidBlock block) =>
        Interval(row, "Interval", block.Interval, MarketInterval.HourSeconds)
        ?? Range(row, "Block", block.Block, 1, MaxBlocks)
        ?? Range(row, "EnergyPriceMicroUsdPerMWh", block.EnergyPriceMicroUsdPerMWh, MinBidPriceMicroUsd, MaxBidPriceMicroUsd)
        ?? SignedPower(row, "EnergyQuantityW", block.EnergyQuantityW)
        ?? Range(row, "SpinPriceMicroUsdPerMWh", block.SpinPriceMicroUsdPerMWh, 0, MaxSpinBidPriceMicroUsd)
        ?? Power(row, "SpinQuantityW", block.SpinQuantityW)
        ?? OptionalRange(row, "LoadQuantityW", block.LoadQuantityW, 0, RecordRules.MaxPowerW)
        ?? OptionalRange(row, "ReferenceLoadQuantityW", block.ReferenceLoadQuantityW, 0, RecordRules.MaxPowerW);

    private static RecordError? CheckAward(int row, AwardRow award, int durationSeconds) =>
        Interval(row, "Interval", award.Interval, durationSeconds)
        ?? Range(row, "EnergyPriceMicroUsdPerMWh", award.EnergyPriceMicroUsdPerMWh, -RecordRules.MaxPriceMicroUsd, RecordRules.MaxPriceMicroUsd)
        ?? SignedPower(row, "EnergyW", award.EnergyW)
        ?? Range(row, "SpinPriceMicroUsdPerMWh", award.SpinPriceMicroUsdPerMWh, 0, RecordRules.MaxPriceMicroUsd)
        ?? Power(row, "SpinAwardW", award.SpinAwardW);

    private static RecordError? CheckDispatch(int row, DispatchRow dispatch) =>
        Interval(row, "Interval", dispatch.Interval, MarketInterval.DispatchSeconds)
        ?? Range(row, "EnergyPriceMicroUsdPerMWh", dispatch.EnergyPriceMicroUsdPerMWh, -RecordRules.MaxPriceMicroUsd, RecordRules.MaxPriceMicroUsd)
        ?? SignedPower(row, "EnergyW", dispatch.EnergyW)
        ?? Range(row, "SpinDeploymentPriceMicroUsdPerMWh", dispatch.SpinDeploymentPriceMicroUsdPerMWh,
            -RecordRules.MaxPriceMicroUsd, RecordRules.MaxPriceMicroUsd)
        ?? Power(row, "SpinDeployedW", dispatch.SpinDeployedW);

    private static int Compare(BidBlock left, BidBlock right)
    {
        int byHour = left.Interval.StartUnixSeconds.CompareTo(right.Interval.StartUnixSeconds);
        return byHour != 0 ? byHour : left.Block.CompareTo(right.Block);
    }

    private static int Compare(AwardRow left, AwardRow right) =>
        left.Interval.StartUnixSeconds.CompareTo(right.Interval.StartUnixSeconds);

    private static int Compare(DispatchRow left, DispatchRow right) =>
        left.Interval.StartUnixSeconds.CompareTo(right.Interval.StartUnixSeconds);
}
