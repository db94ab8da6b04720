namespace DerChain.Market.Scenario;

/// <summary>A prosumer through the day: its devices, its sun and its inflexible load. Powers in kW.</summary>
internal sealed class ProsumerState
{
    private const double FirstBatterySoc = 0.45;
    private const double NoiseMemory = 0.8;
    private const double NoiseDeviation = 0.25;
    private const double LeastLoadFactor = 0.3;

    private double _loadNoise;

    /// <summary>Draws the state at midnight. A battery's is drawn also where there is none, so that the sequence does not depend on
    /// it.</summary>
    public ProsumerState(Prosumer prosumer, double attendance, SplitMix64 random)
    {
        Prosumer = prosumer;
        var soc = FirstBatterySoc + random.Uniform(-0.05, 0.05);
        Battery = prosumer.Battery is { } battery ? new BatteryState(battery, soc) : null;
        AirConditioner = new AirConditionerState(prosumer.AirConditioner, prosumer.SetpointC);
        Stations = new StationState[prosumer.Stations.Length];
        for (var i = 0; i < Stations.Length; i++)
        {
            Stations[i] = new StationState(prosumer.Stations[i], VehicleHabits.Draw(prosumer.Kind, attendance, random));
        }
    }

    public Prosumer Prosumer { get; }
    public BatteryState? Battery { get; }
    public AirConditionerState AirConditioner { get; }
    public StationState[] Stations { get; }
    public double SolarKw { get; private set; }
    public double BaseLoadKw { get; private set; }

    /// <summary>Power at the meter in the step, + export.</summary>
    public double NetKw { get; private set; }

    /// <summary>Power of battery, vehicles and air conditioner in the step, + injection.</summary>
    public double ControlledKw { get; private set; }

    /// <summary>Power at the meter if every device does as planned.</summary>
    public double PlannedNetKw =>
        SolarKw - BaseLoadKw - AirConditioner.PlannedKw + Stations.Sum(station => station.PlannedKw) + (Battery?.PlannedKw ?? 0.0);

    public void Plan(DayProfiles profiles, int step, double solarTransmission, double? restoreToSoc, SplitMix64 random)
    {
        var hour = DayGrid.HourOf(step);
        _loadNoise = (NoiseMemory * _loadNoise) + ((1.0 - NoiseMemory) * random.Normal(0.0, NoiseDeviation));
        var loadFactor = profiles.LoadIsNoisy ? Math.Max(LeastLoadFactor, 1.0 + _loadNoise) : 1.0;
        SolarKw = Prosumer.SolarKw * profiles.SolarYield[Prosumer.Index][step] * solarTransmission;
        BaseLoadKw = profiles.BaseLoadKw[Prosumer.Index][step] * Prosumer.BaseLoadScale * loadFactor;
        AirConditioner.Plan(Prosumer.SetpointAt(hour), Prosumer.ComfortMarginC, profiles.AmbientC[step]);
        foreach (var station in Stations)
        {
            station.Plan(DayGrid.Midpoint(step));
        }

        Battery?.Plan(hour, restoreToSoc);
    }

    /// <summary>Fixes the level of every device for an activation: its plan, and a share of its headroom on top.</summary>
    public void Hold(double share)
    {
        AirConditioner.HeldKw = AirConditioner.PlannedKw - (share * AirConditioner.HeadroomKw);
        if (Battery is not null)
        {
            Battery.HeldKw = Battery.PlannedKw + (share * Battery.HeadroomKw);
        }

        foreach (var station in Stations)
        {
            station.HeldKw = station.PlannedKw + (share * station.HeadroomKw);
        }
    }

    /// <summary>Runs the step as planned, or at the held levels.</summary>
    public void Run(bool held)
    {
        AirConditioner.Run(held);
        Battery?.Run(held);
        ControlledKw = (Battery?.PowerKw ?? 0.0) - AirConditioner.PowerKw;
        foreach (var station in Stations)
        {
            station.Run(held);
            ControlledKw += station.PowerKw;
        }

        NetKw = SolarKw - BaseLoadKw + ControlledKw;
    }
}
