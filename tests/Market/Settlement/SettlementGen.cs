using CsCheck;
using DerChain.Market.Records;
using DerChain.Market.Settlement;

namespace DerChain.Market.Tests.Settlement;

/// <summary>Intervals with any of their records missing, negative prices, and more reserve missing than was awarded.</summary>
internal static class SettlementGen
{
    private static readonly Gen<long> Price = Gen.Long[-150_000_000, 2_000_000_000];

    private static readonly Gen<long> Watts = Gen.Long[-2_000_000, 2_000_000];

    private static readonly Gen<long> SpinPrice = Gen.Frequency((1, Gen.Const(0L)), (6, Gen.Long[0, 250_000_000]));

    private static readonly Gen<long> Reserve = Gen.Frequency((1, Gen.Const(0L)), (6, Gen.Long[1, 500_000]));

    private static readonly Gen<AwardRow?> Award = Gen.Frequency(
        (1, Gen.Const((AwardRow?)null)),
        (6, Gen.Select(Price, Watts, SpinPrice, Reserve).Select(static (price, watts, spinPrice, spin) => (AwardRow?)new AwardRow(default, price, watts, spinPrice, spin))));

    private static readonly Gen<DispatchRow?> Dispatch = Gen.Frequency(
        (1, Gen.Const((DispatchRow?)null)),
        (6, Gen.Select(Price, Watts, Price, Reserve).Select(static (price, watts, spinPrice, spin) => (DispatchRow?)new DispatchRow(default, price, watts, spinPrice, spin))));

    public static Gen<SettlementInterval> Interval { get; } =
        Gen.Select(Gen.Int[0, 287], Award, Award, Dispatch, Gen.Long[-600_000_000, 600_000_000], Gen.Long[0, 1_200_000], Gen.Long[0, 300_000_000])
            .Select(static (t, dayAhead, fifteenMinute, dispatch, metered, shortW, undelivered) =>
                new SettlementInterval(GoldenHour.At(t), dayAhead, fifteenMinute, dispatch, metered, shortW) { UndeliveredWattSeconds = undelivered });

    /// <summary>The interval with every record there and all prices of energy the same.</summary>
    public static SettlementInterval AtPrice(SettlementInterval interval, long price) => interval with
    {
        DayAhead = (interval.DayAhead ?? GoldenHour.DayAhead) with { EnergyPriceMicroUsdPerMWh = price },
        FifteenMinute = interval.FifteenMinute is { } award ? award with { EnergyPriceMicroUsdPerMWh = price } : null,
        Dispatch = (interval.Dispatch ?? new DispatchRow(default, 0, -250_000, 0, 7_000)) with
        {
            EnergyPriceMicroUsdPerMWh = price,
            SpinDeploymentPriceMicroUsdPerMWh = price,
        },
    };
}
