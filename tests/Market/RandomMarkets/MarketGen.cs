using System.Collections.Immutable;
using CsCheck;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Tests.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Small random markets: few prosumers of two aggregators with every kind of device, awards, dispatch and prices of any sign, calls, gaps, late and
/// estimated readings, corrections. No two records conflict.</summary>
internal static class MarketGen
{
    private static readonly ResourceKind[] Kinds =
        [ResourceKind.Solar, ResourceKind.AirConditioner, ResourceKind.Battery, ResourceKind.ChargingStation, ResourceKind.Battery, ResourceKind.Meter];

    public static Gen<RandomMarket> Market { get; } =
        Gen.Select(Gen.Int[2, 6], Gen.Int[0, 2], Gen.Bool, Gen.ULong)
            .Select(static (sites, calls, isTidy, seed) => Of(new Dice(seed), sites, calls, isTidy));

    private static RandomMarket Of(Dice dice, int siteCount, int callCount, bool isTidy)
    {
        ImmutableArray<Site> sites = [.. Enumerable.Range(0, siteCount).Select(number => new Site(number == 0 || dice.Percent(70) ? 0 : 1, Devices(dice)))];
        ImmutableArray<AwardRow> dayAhead = [.. MiniDay.Hours.Select(hour => Award(dice, hour, dice.Percent(80) ? 20_000 : 0))];
        ImmutableArray<ReserveActivation> calls = Calls(dice, callCount);
        return new RandomMarket(
            sites,
            dayAhead,
            [.. Enumerable.Range(0, 8).Select(index => dice.Percent(20) ? null : Award(dice, new(Samples.Noon + index * 900, 900), dice.Percent(30) ? 5_000 : 0))],
            [.. Enumerable.Range(0, RandomMarket.Intervals).Select(index => dice.Percent(5) ? null : Dispatch(dice, MiniDay.Interval(index), calls))],
            calls,
            [.. Reports(dice, sites, calls, isTidy).OrderBy(static report => report.Interval.StartUnixSeconds)]);
    }

    private static ImmutableArray<Device> Devices(Dice dice) =>
    [
        ReadingDice.Device(dice, ResourceKind.Meter),
        .. Kinds.Where((_, index) => dice.Percent(index < 4 ? 60 : 15)).Select(kind => ReadingDice.Device(dice, kind)),
    ];

    private static long Price(Dice dice) => dice.Between(-50_000_000L, 200_000_000);

    private static AwardRow Award(Dice dice, MarketInterval interval, long mostSpinW) => new(
        interval, Price(dice), dice.Between(-40_000L, 20_000), dice.Percent(10) ? 0 : dice.Between(0L, 40_000_000), dice.Between(0, mostSpinW));

    private static DispatchRow Dispatch(Dice dice, MarketInterval interval, ImmutableArray<ReserveActivation> calls)
    {
        bool isCalled = calls.Any(call => call.Period.OverlapSeconds(interval) > 0);
        return new DispatchRow(interval, Price(dice), dice.Between(-40_000L, 20_000), Price(dice), isCalled ? dice.Between(0L, 10_000) : 0);
    }

    private static ImmutableArray<ReserveActivation> Calls(Dice dice, int count)
    {
        var calls = ImmutableArray.CreateBuilder<ReserveActivation>();
        int minute = dice.Between(0, 50);
        for (int call = 0; call < count; call++)
        {
            int minutes = dice.Between(3, 35);
            calls.Add(new(MiniDay.Aggregation, new($"SR-{call}"), new(MiniDay.Minute(minute).StartUnixSeconds, minutes * 60), dice.Between(0L, 20_000)));
            minute += minutes + dice.OneOf(0, dice.Between(0, 25));
        }
        return calls.ToImmutable();
    }

    private static IEnumerable<Report> Reports(Dice dice, ImmutableArray<Site> sites, ImmutableArray<ReserveActivation> calls, bool isTidy)
    {
        for (int site = 0; site < sites.Length; site++)
        {
            var vehicles = new (uint Session, VehicleState? Vehicle)[sites[site].Devices.Length];
            for (int index = 0; index < RandomMarket.Intervals; index++)
            {
                if (!isTidy && dice.Percent(6)) continue;
                bool isCalled = calls.Any(call => call.Period.OverlapSeconds(MiniDay.Interval(index)) > 0);
                foreach (MarketInterval piece in Pieces(dice, MiniDay.Interval(index), isCalled))
                {
                    if (!isTidy && piece.DurationSeconds < 300 && dice.Percent(4)) continue;
                    foreach (Report report in Revisions(dice, site, sites[site], piece, vehicles, isTidy)) yield return report;
                }
            }
        }
    }

    private static MarketInterval[] Pieces(Dice dice, MarketInterval interval, bool isCalled)
    {
        if (dice.Percent(isCalled ? 90 : 8)) return [.. Enumerable.Range(0, 5).Select(minute => new MarketInterval(interval.StartUnixSeconds + minute * 60, 60))];
        if (!dice.Percent(8)) return [interval];
        int cut = dice.Between(1, 59) * 5;
        return [interval with { DurationSeconds = cut }, new(interval.StartUnixSeconds + cut, 300 - cut)];
    }

    private static IEnumerable<Report> Revisions(
        Dice dice, int number, Site site, MarketInterval interval, (uint Session, VehicleState? Vehicle)[] vehicles, bool isTidy)
    {
        ImmutableArray<int> devices = [.. Enumerable.Range(0, site.Devices.Length).Where(_ => isTidy || !dice.Percent(3))];
        if (devices.IsEmpty) yield break;
        long lag = isTidy ? 10 : Lag(dice);
        yield return new Report(number, interval, 0, lag, Quality(dice, isTidy), Readings());
        int corrections = dice.Percent(5) ? dice.Between(1, 2) : 0;
        for (int revision = 1; revision <= corrections; revision++)
        {
            lag = Math.Max(lag, dice.Percent(60) ? 20 : Lag(dice));
            yield return new Report(number, interval, revision, lag, Quality(dice, isTidy), Readings());
        }

        ImmutableArray<DeviceReading> Readings() => [.. devices.Select(device => new DeviceReading(device, Read(device)))];

        TelemetryRow Read(int device)
        {
            ref (uint Session, VehicleState? Vehicle) state = ref vehicles[device];
            if (state.Session == 0 || dice.Percent(10)) state = (state.Session + 1, ReadingDice.Vehicle(dice, state.Session + 1, interval.StartUnixSeconds));
            return ReadingDice.Reading(dice, site.Devices[device], state.Vehicle);
        }
    }

    private static TelemetryQuality Quality(Dice dice, bool isTidy) => !isTidy && dice.Percent(4) ? TelemetryQuality.Estimated : TelemetryQuality.Good;

    // At and after the observation time and the deadline.
    private static long Lag(Dice dice) => dice.Percent(90) ? dice.Between(1L, 100) : dice.OneOf(600, 601, 3_000, 432_000, 432_001L);
}
