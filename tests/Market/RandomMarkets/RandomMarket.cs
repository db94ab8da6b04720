using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>A device of a site, without a name: names are given when the records are written.</summary>
internal sealed record Device(ResourceKind Kind, long NameplateW, ResourceParameters? Parameters);

/// <summary>A prosumer: number of its aggregator (0 is the one that is verified), and its devices.</summary>
internal sealed record Site(int Aggregator, ImmutableArray<Device> Devices);

/// <summary>A reading of a device of the site; the name in it means nothing.</summary>
internal sealed record DeviceReading(int Device, TelemetryRow Row);

/// <summary>What a site reports for an interval, or corrects.</summary>
/// <param name="Site">Number of the site.</param>
/// <param name="Interval">Interval of the readings.</param>
/// <param name="Revision">0 for the first report, else the number of the correction.</param>
/// <param name="LagSeconds">From the end of the interval to the block.</param>
/// <param name="Quality">Marks of the sender.</param>
/// <param name="Readings">One for each device that reports; the same devices in every revision.</param>
internal sealed record Report(
    int Site, MarketInterval Interval, int Revision, long LagSeconds, TelemetryQuality Quality, ImmutableArray<DeviceReading> Readings)
{
    public long BlockUnixSeconds => Interval.EndUnixSeconds + LagSeconds;

    public bool IsEvidence => LagSeconds <= 600 && (Quality & TelemetryQuality.Estimated) == 0;
}

/// <summary>Two hours of two aggregations, as numbers without names. Aggregation 0 is traded and called.</summary>
/// <param name="Sites">The prosumers.</param>
/// <param name="DayAhead">Award of each hour.</param>
/// <param name="FifteenMinute">Award of each quarter hour; null where there is none.</param>
/// <param name="Dispatch">Dispatch of each five minutes; null where there is none.</param>
/// <param name="Activations">Calls, in order, which do not overlap.</param>
/// <param name="Reports">Reports in ascending order of interval; corrections after what they correct.</param>
internal sealed record RandomMarket(
    ImmutableArray<Site> Sites,
    ImmutableArray<AwardRow> DayAhead,
    ImmutableArray<AwardRow?> FifteenMinute,
    ImmutableArray<DispatchRow?> Dispatch,
    ImmutableArray<ReserveActivation> Activations,
    ImmutableArray<Report> Reports)
{
    public const int Intervals = MiniDay.Intervals;

    public override string ToString() =>
        $"{Sites.Length} sites, {Activations.Length} activations ({string.Join(", ", Activations.Select(static call => call.Period))}), {Reports.Length} reports";

    /// <summary>The same without a time at which vehicles leave, which a reading's start is compared with.</summary>
    public RandomMarket WithoutDepartures() => WithReadings(static row =>
        row is ChargingStationReading { Vehicle: { } vehicle } station ? station with { Vehicle = vehicle with { ExpectedDepartureUnixSeconds = null } } : row);

    /// <summary>The same with one price of energy and of deployed reserve.</summary>
    public RandomMarket AtPrice(long price) => this with
    {
        DayAhead = [.. DayAhead.Select(award => award with { EnergyPriceMicroUsdPerMWh = price })],
        FifteenMinute = [.. FifteenMinute.Select(award => award is null ? null : award with { EnergyPriceMicroUsdPerMWh = price })],
        Dispatch =
        [
            .. Dispatch.Select(dispatch => dispatch is null
                ? null
                : dispatch with { EnergyPriceMicroUsdPerMWh = price, SpinDeploymentPriceMicroUsdPerMWh = price }),
        ],
    };

    public bool IsUnderActivation(MarketInterval interval) => Activations.Any(call => call.Period.OverlapSeconds(interval) > 0);

    private RandomMarket WithReadings(Func<TelemetryRow, TelemetryRow> change) => this with
    {
        Reports =
        [
            .. Reports.Select(report => report with
            {
                Readings = [.. report.Readings.Select(reading => reading with { Row = change(reading.Row) })],
            }),
        ],
    };
}
