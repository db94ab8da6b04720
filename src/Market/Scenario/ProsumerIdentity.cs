using System.Collections.Immutable;
using System.Globalization;
using DerChain.Market.Quantities;

namespace DerChain.Market.Scenario;

/// <summary>Names of a prosumer and its devices: DP001, DP001.METER, DP001.PV, DP001.AC, DP001.BESS, DP001.EV1 and so on.</summary>
internal sealed class ProsumerIdentity
{
    private const int FewestDigits = 3;

    private readonly Prosumer _prosumer;

    private ProsumerIdentity(Prosumer prosumer, string name)
    {
        _prosumer = prosumer;
        Id = new ParticipantId(name);
        Meter = new ResourceId($"{name}.METER");
        Solar = new ResourceId($"{name}.PV");
        AirConditioner = new ResourceId($"{name}.AC");
        Battery = new ResourceId($"{name}.BESS");
        Stations = [.. Enumerable.Range(1, prosumer.Stations.Length).Select(number => new ResourceId($"{name}.EV{number}"))];
    }

    public ParticipantId Id { get; }
    public ResourceId Meter { get; }
    public ResourceId Solar { get; }
    public ResourceId AirConditioner { get; }
    public ResourceId Battery { get; }
    public ImmutableArray<ResourceId> Stations { get; }

    /// <summary>Names a fleet, with as many digits as its size needs.</summary>
    public static ImmutableArray<ProsumerIdentity> Name(ImmutableArray<Prosumer> fleet)
    {
        var digits = Math.Max(FewestDigits, fleet.Length.ToString(CultureInfo.InvariantCulture).Length);
        var format = "D" + digits.ToString(CultureInfo.InvariantCulture);
        return [.. fleet.Select(prosumer =>
            new ProsumerIdentity(prosumer, "DP" + (prosumer.Index + 1).ToString(format, CultureInfo.InvariantCulture)))];
    }

    /// <summary>The devices the prosumer has, by resource kind, then id.</summary>
    public IEnumerable<ScenarioResource> Resources()
    {
        yield return new ScenarioResource(Meter, ResourceKind.Meter, Id, 0);
        if (_prosumer.SolarKw > 0.0)
        {
            yield return new ScenarioResource(Solar, ResourceKind.Solar, Id, ScaledInteger.Thousandths(_prosumer.SolarKw));
        }

        var stationRatedW = ScaledInteger.Thousandths(ChargingStation.RatedKw);
        var airConditionerRatedW = ScaledInteger.Thousandths(_prosumer.AirConditioner.RatedKw);
        yield return new ScenarioResource(AirConditioner, ResourceKind.AirConditioner, Id, airConditionerRatedW);
        if (_prosumer.Battery is { } battery)
        {
            yield return new ScenarioResource(Battery, ResourceKind.Battery, Id, ScaledInteger.Thousandths(battery.RatedKw));
        }

        foreach (var station in Stations)
        {
            yield return new ScenarioResource(station, ResourceKind.ChargingStation, Id, stationRatedW);
        }
    }
}
