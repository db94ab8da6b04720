using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>The golden hour of docs/spec/market.md, 2.6, whose amounts were computed with exact decimals in Python.</summary>
internal static class GoldenHour
{
    public const long MicroUsd = 1_000_000;

    public static readonly AwardRow DayAhead = new(default, 80 * MicroUsd, -300_000, 10 * MicroUsd, 120_000);

    public static readonly ImmutableArray<AwardRow> FifteenMinute =
    [
        new(default, 90 * MicroUsd, -300_000, 8 * MicroUsd, 0),
        new(default, 100 * MicroUsd, -320_000, 8 * MicroUsd, 0),
        new(default, 95 * MicroUsd, -320_000, 12 * MicroUsd, 30_000),
        new(default, -5 * MicroUsd, -280_000, 8 * MicroUsd, 0),
    ];

    private static readonly (long Price, long DispatchW, long MeteredW, long ShownW)[] Rows =
    [
        (90, -300_000, -306_000, 130_000), (92, -300_000, -300_000, 125_000), (95, -310_000, -312_000, 120_000),
        (100, -320_000, -320_000, 115_000), (110, -320_000, -326_000, 110_000), (120, -330_000, -330_000, 120_000),
        (250, -200_000, -230_000, 150_000), (250, -200_000, -212_000, 144_000), (90, -310_000, -310_000, 150_000),
        (-5, -280_000, -270_000, 90_000), (-10, -280_000, -280_000, 96_000), (-10, -280_000, -286_000, 120_000),
    ];

    public static ImmutableArray<SettlementInterval> Intervals { get; } =
    [
        .. Rows.Select(static (row, t) => new SettlementInterval(
            At(t),
            DayAhead,
            FifteenMinute[t / 3],
            new DispatchRow(default, row.Price * MicroUsd, row.DispatchW, 0, 0),
            row.MeteredW * MarketInterval.DispatchSeconds,
            Math.Max(0, DayAhead.SpinAwardW + FifteenMinute[t / 3].SpinAwardW - row.ShownW))),
    ];

    public static ImmutableArray<StatementLine> Lines { get; } = [.. Intervals.SelectMany(static interval => SettlementLines.Of(interval, new SettlementOptions()))];

    public static MarketInterval At(int t) => new(t * MarketInterval.DispatchSeconds, MarketInterval.DispatchSeconds);
}
