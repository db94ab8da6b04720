using System.Collections.Immutable;

namespace DerChain.Market.Scenario;

/// <summary>Batteries cover a shortage against the day-ahead position.</summary>
/// <remarks>Source: docs/spec/market.md, 5.3, point 3.</remarks>
internal static class EnergyTracking
{
    private const double Coverage = 0.9;
    private const double LowestFloorSoc = 0.12;
    private const double BelowPlanSoc = 0.55;

    /// <summary>Raises the batteries' planned power, each by the same part of what it has left above the floor.</summary>
    public static void Apply(ImmutableArray<ProsumerState> prosumers, double positionKw, double plannedSoc)
    {
        var shortageKw = Coverage * (positionKw - prosumers.Sum(prosumer => prosumer.PlannedNetKw));
        var floorSoc = Math.Max(LowestFloorSoc, plannedSoc - BelowPlanSoc);
        var roomKw = prosumers.Sum(prosumer => prosumer.Battery?.RoomAbove(floorSoc) ?? 0.0);
        if (shortageKw <= 0.0 || roomKw <= 0.0)
        {
            return;
        }

        var part = Math.Min(1.0, shortageKw / roomKw);
        foreach (var prosumer in prosumers)
        {
            prosumer.Battery?.DischargeMore(part * prosumer.Battery.RoomAbove(floorSoc));
        }
    }
}
