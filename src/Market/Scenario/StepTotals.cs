namespace DerChain.Market.Scenario;

/// <summary>Sums over the fleet of one step. Powers in kW, + injection.</summary>
/// <param name="NetKw">Power at the meters.</param>
/// <param name="ControlledKw">Power of batteries, vehicles and air conditioners.</param>
/// <param name="BaseLoadKw">Inflexible load, as a magnitude.</param>
/// <param name="ShownReserveKw">Reserve shown: headroom, or in a step under an activation the response against the last step before
/// it.</param>
/// <param name="Headroom">Headroom by kind of device.</param>
/// <param name="MeanSoc">Mean state of charge of the batteries at the step's end.</param>
internal readonly record struct StepTotals(
    double NetKw, double ControlledKw, double BaseLoadKw, double ShownReserveKw, Headroom Headroom, double MeanSoc);

/// <summary>Headroom in kW by kind of device (docs/spec/market.md, 2.3).</summary>
internal readonly record struct Headroom(double BatteriesKw, double VehiclesKw, double AirConditionersKw)
{
    public double TotalKw => BatteriesKw + VehiclesKw + AirConditionersKw;
}
