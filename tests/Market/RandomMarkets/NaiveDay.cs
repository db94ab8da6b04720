using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Tests.Verification;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Energy and reserve by docs/spec/market.md, 2.2 and 2.3, a second time: decimals, no slots, every reading looked at for every question. Powers in watts.</summary>
internal sealed class NaiveDay(RandomMarket market)
{
    private const decimal Hour = 3_600;

    private readonly Report[] _energy = [.. InForce(market, static report => report.LagSeconds <= 432_000)];
    private readonly Report[] _evidence = [.. InForce(market, static report => report.LagSeconds <= 600).Where(static report => report.IsEvidence)];

    /// <summary>The reports of the traded aggregation that are evidence, with the readings of one kind of device.</summary>
    public static ImmutableArray<Report> EvidenceOf(RandomMarket market, ResourceKind kind) =>
        [.. InForce(market, static report => report.LagSeconds <= 600).Where(static report => report.IsEvidence).Select(report => Only(market, report, kind))];

    /// <summary>M of an interval, and whether a part of it stands for what is missing.</summary>
    public (decimal Watts, bool IsEstimated) Metered(int index)
    {
        (decimal Watts, bool IsEstimated) sum = (0, false);
        foreach ((int site, int device) in DevicesOf(ResourceKind.Meter))
        {
            (decimal watts, bool isEstimated) = Metered(site, device, index);
            sum = (sum.Watts + watts, sum.IsEstimated || isEstimated);
        }
        return sum;
    }

    /// <summary>Share of the registered metering that reported.</summary>
    public decimal Coverage(int index)
    {
        (decimal reported, decimal expected) = (0, 0);
        foreach ((int site, int device) in DevicesOf(ResourceKind.Meter))
        {
            decimal weight = Math.Max(1, market.Sites[site].Devices[device].NameplateW);
            expected += weight;
            reported += weight * EnergyReports(site, device, index).Sum(static report => report.Interval.DurationSeconds) / 300;
        }
        return reported / expected;
    }

    public EnergyVerdict Verdict(int index)
    {
        if (market.Dispatch[index] is not { } dispatch || Coverage(index) < 0.95m) return EnergyVerdict.NotVerifiable;
        decimal deviation = Metered(index).Watts - dispatch.EnergyW - dispatch.SpinDeployedW;
        if (Math.Abs(deviation) <= Math.Max(5_000, 0.03m * Math.Abs(dispatch.EnergyW))) return EnergyVerdict.Within;
        return deviation > 0 ? EnergyVerdict.Over : EnergyVerdict.Under;
    }

    public long ObligationW(int index) => market.DayAhead[index / 12].SpinAwardW + (market.FifteenMinute[index / 3]?.SpinAwardW ?? 0);

    /// <summary>SRavail of an interval.</summary>
    public decimal Shown(int index) => Enumerable.Range(0, market.Sites.Length).Where(site => market.Sites[site].Aggregator == 0).Sum(site => Shown(site, index));

    private decimal Shown(int site, int index)
    {
        decimal sum = Enumerable.Range(0, market.Sites[site].Devices.Length).Sum(device => Shown(site, device, index));
        if (CallIn(index) is not null) return sum;
        foreach ((int _, int meter) in DevicesOf(ResourceKind.Meter).Where(pair => pair.Site == site))
            if (market.Sites[site].Devices[meter].Parameters is MeterParameters { ExportLimitW: var limitW })
                sum = Math.Min(sum, Math.Max(0, limitW - DevicesOf(ResourceKind.Meter).Where(pair => pair.Site == site).Sum(pair => Metered(site, pair.Device, index).Watts)));
        return sum;
    }

    private decimal Shown(int site, int device, int index)
    {
        ResourceKind kind = market.Sites[site].Devices[device].Kind;
        if (kind == ResourceKind.Meter) return 0;
        (MarketInterval Interval, TelemetryRow Row)[] all = Evidence(site, device, index);
        var free = all.Where(reading => !IsActive(reading.Interval.StartUnixSeconds)).ToArray();
        decimal shown = Headroom(kind, all, free);
        if (CallIn(index) is not { } call || kind == ResourceKind.Solar) return shown;
        long before = (call.Period.StartUnixSeconds - Samples.Noon) / 300 - 1;
        if (before < 0 || Evidence(site, device, (int)before) is not { Length: > 0 } reference) return shown;
        decimal level = reference.Sum(static reading => Level(reading.Row) * reading.Interval.DurationSeconds)
            / reference.Sum(static reading => reading.Interval.DurationSeconds);
        return shown + all.Except(free).Sum(reading => (Level(reading.Row) - level) * reading.Interval.DurationSeconds) / 300;
    }

    // Of two vehicles in one interval the one at its end stands for both.
    private static decimal Headroom(
        ResourceKind kind, (MarketInterval Interval, TelemetryRow Row)[] all, (MarketInterval Interval, TelemetryRow Row)[] free)
    {
        if (kind != ResourceKind.ChargingStation || all.Length == 0)
            return free.Sum(static reading => Headroom(reading.Row, reading.Interval.StartUnixSeconds) * reading.Interval.DurationSeconds) / 300;
        uint? last = SessionOf(all.MaxBy(static reading => reading.Interval.StartUnixSeconds).Row);
        var ofLast = free.Where(reading => SessionOf(reading.Row) == last).ToArray();
        if (ofLast.Length == 0) return 0;
        decimal mean = ofLast.Sum(static reading => Headroom(reading.Row, reading.Interval.StartUnixSeconds) * reading.Interval.DurationSeconds)
            / ofLast.Sum(static reading => reading.Interval.DurationSeconds);
        return mean * free.Sum(static reading => reading.Interval.DurationSeconds) / 300;
    }

    private static uint? SessionOf(TelemetryRow row) => ((ChargingStationReading)row).Vehicle?.SessionId;

    private static decimal Level(TelemetryRow row) => row switch
    {
        BatteryReading battery => battery.PowerW,
        ChargingStationReading station => station.PowerW,
        AirConditionerReading ac => -ac.ElectricPowerW,
        _ => throw new ArgumentException("No response is taken of this device.", nameof(row)),
    };

    private static decimal Headroom(TelemetryRow row, long start) => row switch
    {
        BatteryReading battery => Store(
            battery.MaxDischargeW, battery.PowerW, battery.OneWayEfficiencyPpm * Math.Max(0m, battery.SocPpm - battery.SocMinPpm) * battery.CapacityWh / 1e12m),
        ChargingStationReading { Vehicle: { } vehicle } station => Station(station, vehicle, start),
        AirConditionerReading { IsOn: true } ac => Math.Max(0, ac.ElectricPowerW - LowestW(ac)),
        SolarReading { AvailablePowerW: { } available } solar => Math.Max(0, available * 0.9m - solar.PowerW),
        _ => 0,
    };

    private static decimal Store(decimal dischargeW, decimal powerW, decimal usableWh) => Math.Max(0, Math.Min(dischargeW, usableWh / 0.5m) - powerW);

    private static decimal Station(ChargingStationReading station, VehicleState vehicle, long start)
    {
        if (vehicle.ExpectedDepartureUnixSeconds < start + 600 + 1_800) return 0;
        decimal floor = vehicle.SocMinPpm / 1e6m;
        if (vehicle is { TargetSocPpm: { } target, ExpectedDepartureUnixSeconds: { } departure })
        {
            decimal hours = Math.Max(0, departure - start - 1_800) / Hour;
            floor = Math.Max(floor, target / 1e6m - vehicle.OneWayEfficiencyPpm / 1e6m * station.MaxChargeW * hours / vehicle.CapacityWh);
        }
        return Store(
            station.MaxDischargeW, station.PowerW, vehicle.OneWayEfficiencyPpm / 1e6m * Math.Max(0, vehicle.SocPpm / 1e6m - floor) * vehicle.CapacityWh);
    }

    private static decimal LowestW(AirConditionerReading ac)
    {
        decimal beta = 1;
        for (int power = 0; power < 1_800 / ac.BetaIntervalSeconds; power++) beta *= ac.BetaPpm / 1e6m;
        decimal above = beta * ac.IndoorMilliC + (1 - beta) * ac.AmbientMilliC - ac.ComfortUpperMilliC;
        return Math.Clamp(above / ((1 - beta) * ac.CopMilli * ac.ThermalResistanceMilliCPerKw / 1e6m), 0, ac.MaxElectricPowerW);
    }

    private (decimal Watts, bool IsEstimated) Metered(int site, int device, int index)
    {
        for (int back = 0; back <= Math.Min(2, index); back++)
        {
            Report[] reports = EnergyReports(site, device, index - back);
            if (reports.Length == 0) continue;
            decimal seconds = reports.Sum(static report => report.Interval.DurationSeconds);
            decimal energy = reports.Sum(report => report.Interval.DurationSeconds * (decimal)((MeterReading)RowOf(report, device)!).NetPowerW);
            bool isWhole = back == 0 && seconds == 300;
            // What is missing is taken at whole watts.
            decimal level = decimal.Truncate(energy / seconds);
            return isWhole ? (energy / 300, false) : (back == 0 ? (energy + (300 - seconds) * level) / 300 : level, true);
        }
        return (0, false);
    }

    private Report[] EnergyReports(int site, int device, int index) =>
        [.. In(_energy, site, index).Where(report => RowOf(report, device) is not null)];

    private (MarketInterval Interval, TelemetryRow Row)[] Evidence(int site, int device, int index) =>
    [
        .. In(_evidence, site, index)
            .Where(report => RowOf(report, device) is not null)
            .Select(report => (report.Interval, RowOf(report, device)!)),
    ];

    private static IEnumerable<Report> In(IEnumerable<Report> reports, int site, int index) =>
        reports.Where(report => report.Site == site && MiniDay.Interval(index).Contains(report.Interval.StartUnixSeconds));

    // The highest revision that came in time.
    private static IEnumerable<Report> InForce(RandomMarket market, Func<Report, bool> isInTime) => market.Reports
        .Where(report => market.Sites[report.Site].Aggregator == 0 && isInTime(report))
        .GroupBy(static report => (report.Site, report.Interval)).Select(static revisions => revisions.MaxBy(static report => report.Revision)!);

    private static Report Only(RandomMarket market, Report report, ResourceKind kind) => report with
    {
        Readings = [.. report.Readings.Where(reading => market.Sites[report.Site].Devices[reading.Device].Kind == kind)],
    };

    private static TelemetryRow? RowOf(Report report, int device) => report.Readings.FirstOrDefault(reading => reading.Device == device)?.Row;

    private IEnumerable<(int Site, int Device)> DevicesOf(ResourceKind kind) =>
        from site in Enumerable.Range(0, market.Sites.Length)
        where market.Sites[site].Aggregator == 0
        from device in Enumerable.Range(0, market.Sites[site].Devices.Length)
        where market.Sites[site].Devices[device].Kind == kind
        select (site, device);

    private bool IsActive(long unixSeconds) => market.Activations.Any(call => call.Period.Contains(unixSeconds));

    private ReserveActivation? CallIn(int index) => market.Activations.FirstOrDefault(call => call.Period.OverlapSeconds(MiniDay.Interval(index)) > 0);
}
