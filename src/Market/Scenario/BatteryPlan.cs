namespace DerChain.Market.Scenario;

/// <summary>The fixed daily schedule of a battery: charge by day, discharge in the evening, recharge slowly by night.</summary>
/// <remarks>Source: docs/spec/market.md, 5.2 and 5.3.</remarks>
internal static class BatteryPlan
{
    private const double NightSoc = 0.45;
    private const double DischargeFloorSoc = 0.20;
    private const double RestoreFraction = 0.5;

    /// <summary>Scheduled power in kW, + discharges, within what the state of charge allows. Below <paramref name="restoreToSoc"/>, where
    /// it is not null, the battery recharges because reserve was short.</summary>
    public static double Power(Battery battery, double soc, int hour, double? restoreToSoc)
    {
        var kw = Fraction(hour, soc) * battery.RatedKw;
        if (soc < restoreToSoc)
        {
            kw = Math.Min(kw, -RestoreFraction * battery.RatedKw);
        }

        return Math.Clamp(kw, -LargestCharge(battery, soc), LargestDischarge(battery, soc));
    }

    private static double Fraction(int hour, double soc) => hour switch
    {
        >= 1 and < 6 when soc < NightSoc => -0.08,
        >= 21 when soc < NightSoc => -0.1,
        >= 9 and < 14 => -0.24,
        >= 18 and < 21 => 0.12,
        _ => 0.0,
    };

    private static double LargestCharge(Battery battery, double soc) =>
        Math.Max(0.0, Battery.SocMax - soc) * battery.CapacityKwh / Battery.OneWayEfficiency / DayGrid.StepHours;

    private static double LargestDischarge(Battery battery, double soc) =>
        Math.Max(0.0, soc - DischargeFloorSoc) * battery.CapacityKwh * Battery.OneWayEfficiency / DayGrid.StepHours;
}
