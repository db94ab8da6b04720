using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The columns of a row of Tables I and II. The length of an interval is that of its market.</summary>
internal static class TradeLayouts
{
    private static readonly object Empty = new();

    /// <summary>A call for reserve is all head.</summary>
    public static readonly CellLayout<object> Nothing = new([], static _ => Empty, static (_, _) => { });

    public static readonly CellLayout<object> DayAheadBid = CellLayout<object>.Of(
        ["interval_start_utc", "block", "energy_price_usd_per_mwh", "energy_quantity_w", "spin_price_usd_per_mwh", "spin_quantity_w",
            "load_quantity_w"],
        static row => ReadBid(row),
        static (RowText text, BidBlock bid) => Write(text, bid));

    public static readonly CellLayout<object> RealTimeBid = CellLayout<object>.Of(
        [.. DayAheadBid.Columns, "reference_load_quantity_w"],
        static row => ReadBid(row) with { ReferenceLoadQuantityW = row.OptionalWhole<long>() },
        static (RowText text, BidBlock bid) => Write(text, bid).Add(bid.ReferenceLoadQuantityW));

    public static readonly CellLayout<object> DayAheadAward = Award(MarketInterval.HourSeconds);

    public static readonly CellLayout<object> FifteenMinuteAward = Award(MarketInterval.CommitmentSeconds);

    public static readonly CellLayout<object> Dispatch = CellLayout<object>.Of(
        ["interval_start_utc", "energy_price_usd_per_mwh", "energy_w", "spin_deployment_price_usd_per_mwh", "spin_deployed_w"],
        static row => new DispatchRow(
            ReadInterval(row, MarketInterval.DispatchSeconds), row.Dollars(), row.Whole<long>(), row.Dollars(), row.Whole<long>()),
        static (RowText text, DispatchRow dispatch) => text
            .AddInstant(dispatch.Interval.StartUnixSeconds)
            .AddDollars(dispatch.EnergyPriceMicroUsdPerMWh)
            .Add<long>(dispatch.EnergyW)
            .AddDollars(dispatch.SpinDeploymentPriceMicroUsdPerMWh)
            .Add<long>(dispatch.SpinDeployedW));

    private static CellLayout<object> Award(int seconds) => CellLayout<object>.Of(
        ["interval_start_utc", "energy_price_usd_per_mwh", "energy_w", "spin_price_usd_per_mwh", "spin_award_w"],
        row => new AwardRow(ReadInterval(row, seconds), row.Dollars(), row.Whole<long>(), row.Dollars(), row.Whole<long>()),
        static (RowText text, AwardRow award) => text
            .AddInstant(award.Interval.StartUnixSeconds)
            .AddDollars(award.EnergyPriceMicroUsdPerMWh)
            .Add<long>(award.EnergyW)
            .AddDollars(award.SpinPriceMicroUsdPerMWh)
            .Add<long>(award.SpinAwardW));

    private static MarketInterval ReadInterval(CsvReader row, int seconds) => new(row.Instant(), seconds);

    private static BidBlock ReadBid(CsvReader row) => new(
        ReadInterval(row, MarketInterval.HourSeconds),
        row.Whole<byte>(),
        row.Dollars(),
        row.Whole<long>(),
        row.Dollars(),
        row.Whole<long>(),
        row.OptionalWhole<long>(),
        ReferenceLoadQuantityW: null);

    private static RowText Write(RowText text, BidBlock bid) => text
        .AddInstant(bid.Interval.StartUnixSeconds)
        .Add<byte>(bid.Block)
        .AddDollars(bid.EnergyPriceMicroUsdPerMWh)
        .Add<long>(bid.EnergyQuantityW)
        .AddDollars(bid.SpinPriceMicroUsdPerMWh)
        .Add<long>(bid.SpinQuantityW)
        .Add(bid.LoadQuantityW);
}
