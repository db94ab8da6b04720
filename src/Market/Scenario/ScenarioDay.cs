using System.Collections.Immutable;
using System.Globalization;
using DerChain.Market.Quantities;
using DerChain.Market.Records;
using static DerChain.Market.Scenario.ScenarioNames;

namespace DerChain.Market.Scenario;

/// <summary>Puts a generated day into the form users see.</summary>
internal static class ScenarioDay
{
    private static readonly TimeOnly Noon = new(12, 0);

    /// <summary>The trading day of a date in the scenario's zone.</summary>
    /// <exception cref="ArgumentException">The date has not 24 hours.</exception>
    public static TradingDay Of(DateOnly date)
    {
        var day = new TradingDay(date, CaseStudy.TimeZone);
        return day.Hours.Length == DayGrid.Hours
            ? day
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{date:yyyy-MM-dd} has {day.Hours.Length} hours in {CaseStudy.TimeZone}; the scenario needs a day of {DayGrid.Hours}."));
    }

    /// <summary>Where the sun stands on a day.</summary>
    public static DaySky SkyOf(TradingDay day)
    {
        var noonUtc = DateTimeOffset.FromUnixTimeSeconds(day.InstantAt(day.Date, Noon)).DateTime;
        return new DaySky(day.Date.DayOfYear, (day.Date.ToDateTime(Noon) - noonUtc).TotalHours);
    }

    public static MarketDay Create(ScenarioInputs inputs, ImmutableArray<string> origin)
    {
        var identities = ProsumerIdentity.Name(inputs.Fleet);
        return new MarketDay
        {
            Day = inputs.Day,
            Aggregation = Aggregation,
            SystemOperator = SystemOperator,
            Aggregator = Aggregator,
            Participants =
            [
                new ScenarioParticipant(SystemOperator, ParticipantRole.SystemOperator, Aggregator: null),
                new ScenarioParticipant(Aggregator, ParticipantRole.Aggregator, Aggregator: null),
                .. identities.Select(identity => new ScenarioParticipant(identity.Id, ParticipantRole.Prosumer, Aggregator)),
            ],
            Resources = [.. identities.SelectMany(identity => identity.Resources())],
            Messages = new MessageStream(inputs, identities),
            FleetDescription = Describe(inputs.Fleet),
            Origin = origin,
        };
    }

    private static string Describe(ImmutableArray<Prosumer> fleet)
    {
        var batteries = fleet.Select(prosumer => prosumer.Battery).OfType<Battery>().ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{DescribeBuildings(fleet)} with {fleet.Sum(prosumer => prosumer.SolarKw):N0} kW of PV, {Counted(batteries.Length, "battery", "batteries")} of "
            + $"{batteries.Sum(battery => battery.RatedKw):N0} kW and {batteries.Sum(battery => battery.CapacityKwh):N0} kWh, "
            + $"{Counted(fleet.Sum(prosumer => prosumer.Stations.Length), "EV charging station", "EV charging stations")} and "
            + $"{Counted(fleet.Length, "air conditioner", "air conditioners")}.");
    }

    private static string DescribeBuildings(ImmutableArray<Prosumer> fleet)
    {
        (int Count, string One, string Many)[] buildings =
        [
            (fleet.Count(prosumer => prosumer.Kind == BuildingKind.Residential), "home", "homes"),
            (fleet.Count(prosumer => prosumer.Kind == BuildingKind.Office), "office", "offices"),
            (fleet.Count(prosumer => prosumer.Kind == BuildingKind.Retail), "shop", "shops"),
        ];
        return string.Join(", ", buildings.Where(building => building.Count > 0).Select(building => Counted(building.Count, building.One, building.Many)));
    }

    private static string Counted(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
