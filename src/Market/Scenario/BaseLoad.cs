using static DerChain.Market.Scenario.DeterministicMath;

namespace DerChain.Market.Scenario;

/// <summary>Inflexible load of a building of average size, in kW.</summary>
/// <remarks>Source: docs/spec/market.md, 5.2.</remarks>
internal static class BaseLoad
{
    /// <summary>Load at an hour of local time.</summary>
    public static double Kw(BuildingKind kind, double hour) => kind switch
    {
        BuildingKind.Residential => 0.35 + (0.35 * Peak(hour, 7.5, 1.3)) + (0.9 * Peak(hour, 19.5, 2.2)),
        BuildingKind.Office => 1.5 + (6.0 * Opening(hour, 8.0, 2.2) * Closing(hour, 18.0, 2.0)),
        _ => 1.8 + (4.5 * Opening(hour, 9.0, 2.0) * Closing(hour, 21.0, 2.0)),
    };

    private static double Peak(double hour, double centre, double width)
    {
        var distance = (hour - centre) / width;
        return Exp(-(distance * distance));
    }

    private static double Opening(double hour, double opens, double steepness) => 1.0 / (1.0 + Exp(-(hour - opens) * steepness));

    private static double Closing(double hour, double closes, double steepness) => 1.0 / (1.0 + Exp((hour - closes) * steepness));
}
